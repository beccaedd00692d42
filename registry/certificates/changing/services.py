"""Beginning an application to change a certificate or to have it issued again: one at a time for each certificate."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from registry.certificates import selectors
from registry.certificates.changing.answers import prefill
from registry.certificates.changing.lifecycle import CODE
from registry.certificates.lifecycle import STANDING
from registry.certificates.models import Certificate, CertificateChange
from registry.core import clock
from registry.core.lifecycle import Conflict, NotAllowed
from registry.dossiers.lifecycle import DRAFT
from registry.dossiers.models import Dossier
from registry.dossiers.services import open_dossier
from registry.parties.selectors import EDITING_ROLES, role_of


def begin(certificate: Certificate, *, actor: Any) -> Dossier:
    """The draft of an application, with what the certificate says; the one that is open already where there is one.

    Raises NotAllowed if `actor` does not act for its enterprise, Conflict where the certificate was withdrawn or cancelled.
    """
    with transaction.atomic():
        locked = Certificate.objects.select_for_update(of=("self",)).select_related("party").get(pk=certificate.pk)
        if role_of(actor, locked.party) not in EDITING_ROLES:
            raise NotAllowed(_("Bạn không có quyền lập hồ sơ cho tổ chức này."))
        if locked.state not in STANDING:
            raise Conflict(_("Giấy này không còn hiệu lực nên không thay đổi, cấp lại được."))
        version = locked.versions.select_related("ward", "submission").get(effective_to=None)
        if found := selectors.open_changes([locked]).get(locked.pk):
            return _filled(found, version)
        made = open_dossier(CODE, locked.party, actor=actor, known=prefill(version))
        CertificateChange.objects.create(certificate=locked, dossier=made)
        return made


def _filled(dossier: Dossier, version: Any) -> Dossier:
    """A draft that lay so long that its answers were removed begins with the certificate once more."""
    if dossier.state == DRAFT.code and not dossier.answers:
        dossier.answers = prefill(version)
        dossier.saved_at = clock.now()
        dossier.retell()
        dossier.save(update_fields=["answers", "saved_at", "title", "ward"])
    return dossier
