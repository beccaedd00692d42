"""The sheet that a helper prints for the founder: a QR, the code, and what to do, in plain words.

It is Vietnamese, as the department's papers are. It says whose dossier it opens and nothing that stands in it.
"""

from django.utils import translation

from registry.core import clock
from registry.core.typesetting import typeset
from registry.dossiers.helped.models import Help, Pass
from registry.dossiers.helped.showing import Given
from registry.dossiers.models import Dossier


def of_pass(dossier: Dossier, help_row: Help, key: Pass, given: Given) -> bytes:
    with translation.override("vi"):
        title = str(dossier.kind.title)
    words = {
        "procedure": title,
        "reference": dossier.reference,
        "title": dossier.title,
        "founder": help_row.founder_name,
        "helper": help_row.helper.full_name,
        "organisation": help_row.organisation,
        "until": f"{clock.local(key.expires_at):%d/%m/%Y}",
        "code": given.code,
        "door": given.door_in_words,
        "qr": given.svg(),
    }
    return typeset("confirm_sheet", words, key.issued_at)
