"""What becomes of a certificate is told to its enterprise: the notice before a withdrawal (Art. 53(2)) and every decision."""

from typing import Final

from django.utils.translation import get_language

from notifications.services import notify
from portal.dossier_mail import applicants, written
from registry.certificates.models import Certificate
from registry.certificates.selectors import url_of, version_of
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Moved
from registry.core.models.history import Decision

TOLD: Final = frozenset({"maintain", "notify", "withdraw", "cancel"})


def tell(moved: Moved) -> None:
    certificate = moved.record
    if not isinstance(certificate, Certificate) or moved.action not in TOLD:
        return
    version = version_of(certificate)
    assert version is not None
    decision = Decision.objects.get(position=moved.event.data["decision"])
    context = {
        "number": certificate.number,
        "title": version.name_vi,
        "outcome": moved.action,
        "decision": decision.number,
        "decided_on": decision.signed_on,
        "ground": written(lambda: ground_in_words(decision.ground, get_language() or "vi")),
        "reason": moved.event.note,
        "url": written(lambda: url_of(version, get_language() or "vi")),
    }
    notify(
        "certificate_decided", applicants(certificate), f"certificate/{certificate.pk}/{moved.event.version}", context
    )
