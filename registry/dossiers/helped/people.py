"""Who takes part in a dossier besides its party's people: somebody who helps, and a founder who has only a key.

A founder without an account is nobody in the table of accounts, and none is made up for them. Their acts carry no account
(`Event.actor` is empty, the role says `founder`); what says who it was is the `Pass` they used, with the name that the
helper wrote down, the way and the moment, which the snapshot repeats. `Submission.submitted_by`, which must name an
account, names the helper's, at whose hands it came in; pages write `Submission.sender`.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _

from accounts import roles
from registry.core import clock
from registry.core.lifecycle import NotAllowed
from registry.dossiers.helped.models import Help, Pass, Purpose

HELPER: Final = "helper"
FOUNDER: Final = "founder"


@dataclass(frozen=True, slots=True)
class Founder:
    """Whoever holds the key by which a dossier is confirmed: an actor without an account."""

    key: Pass
    help: Help
    pk: ClassVar[None] = None
    is_authenticated: ClassVar[bool] = False

    def role_in(self, dossier: Any) -> str:
        """Asks the database again, so that of two phones, or of a phone and a helper who takes it back, one wins."""
        if dossier.pk != self.key.dossier_id or not _unused(dossier).filter(pk=self.key.pk).exists():
            raise NotAllowed(_("Mã này không còn dùng được. Hỏi người nhập hộ để có mã mới."))
        return FOUNDER


def _unused(dossier: Any) -> Any:
    return Pass.objects.filter(
        dossier_id=dossier.pk, purpose=Purpose.CONFIRM, used_at=None, ended_at=None, expires_at__gt=clock.now()
    )


def is_held_back(dossier: Any) -> bool:
    """It waits for the founder's word: what they are reading must not change under their eyes."""
    return bool(_unused(dossier).exists())


def helps_now(user: Any, dossier: Any) -> bool:
    """They began to, it has not ended, and the department still lets them."""
    if not roles.may_help(user):
        return False
    return Help.objects.filter(dossier_id=dossier.pk, helper_id=user.pk, until=None).exists()


def help_of(dossier: Any) -> Help | None:
    """Who helps with it now, or who did last."""
    return Help.objects.filter(dossier_id=dossier.pk).select_related("helper").order_by("since", "id").last()


def account_of(actor: Any) -> Any:
    """The account at whose hands something came in."""
    return actor.help.helper if isinstance(actor, Founder) else actor


def told_in_snapshot(dossier: Any, actor: Any) -> dict[str, Any] | None:
    """What a submission says for ever of who filled it in and who confirmed it; None where nobody helped."""
    found = actor.help if isinstance(actor, Founder) else help_of(dossier)
    if found is None:
        return None
    by_key = isinstance(actor, Founder)
    return {
        "by": found.helper.full_name,
        "of": found.organisation,
        "since": clock.local(found.since).isoformat(timespec="seconds"),
        "confirmed": {
            "by": found.founder_name,
            "way": "link",
            "at": clock.now().isoformat(timespec="seconds"),
        }
        if by_key
        else None,
    }
