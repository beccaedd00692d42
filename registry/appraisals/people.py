"""Who acts in an appraisal: the department's officers, and an assessor by the link that they were given."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.core import signing
from django.utils.translation import gettext as _

from registry.appraisals.models import Appraisal, Assessor
from registry.core import clock
from registry.core.lifecycle import NotAllowed
from registry.dossiers.lifecycle import officer

ASSESSOR: Final = "assessor"
SALT: Final = "registry.appraisals.sheet"
LINK_HOLDS_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Whoever holds the link of an assessor: an actor without an account."""

    assessor_id: int
    turn: int
    pk: ClassVar[None] = None
    is_authenticated: ClassVar[bool] = False

    def assessor(self) -> Assessor | None:
        """Asks the database: a link that is past its day, was given anew, or whose holder was replaced opens nothing."""
        rows = Assessor.objects.filter(pk=self.assessor_id, until=None, link_turn=self.turn)
        rows = rows.filter(link_turn__gt=0, link_until__gte=clock.today())
        return rows.select_related("appraisal__party", "appraisal__dossier", "appraisal__certificate").first()


def token_of(assessor: Assessor) -> str:
    return signing.dumps([assessor.pk, assessor.link_turn], salt=SALT)


def read_token(token: str) -> LinkHolder | None:
    """None for what is not ours."""
    try:
        assessor_id, turn = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return LinkHolder(assessor_id, turn)


def assessor_or_officer(actor: Any, appraisal: Appraisal) -> str:
    """Who declares and hands in: the assessor by their link, or an officer from the signed paper."""
    if not isinstance(actor, LinkHolder):
        return officer(actor, appraisal)
    found = actor.assessor()
    if found is None or found.appraisal_id != appraisal.pk:
        raise NotAllowed(_("Liên kết này không còn dùng được. Hỏi Sở để có liên kết mới."))
    return ASSESSOR
