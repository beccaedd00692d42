"""When a person closes their account: what the department has on its desk is withdrawn or handed over first; drafts end."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.closing import Obstacle
from registry.core.lifecycle import perform
from registry.dossiers.helped import passes
from registry.dossiers.helped.models import Pass, Purpose
from registry.dossiers.lifecycle import DRAFT
from registry.dossiers.models import Dossier
from registry.dossiers.selectors import open_states
from registry.dossiers.showing import url
from registry.parties.models import Membership
from registry.parties.selectors import EDITING_ROLES


def obstacles(user: Any) -> list[Obstacle]:
    """Dossiers on the desk that nobody else could answer for."""
    return [
        Obstacle(
            _(
                "Hồ sơ %(reference)s của %(name)s đang ở Sở, và chỉ bạn trả lời được. Rút hồ sơ, hoặc mời một người cùng làm."
            )
            % {"reference": dossier.reference, "name": dossier.party.name},
            url(dossier),
            _("Mở hồ sơ"),
        )
        for dossier in of_user_alone(user).filter(state__in=open_states())
    ]


def of_user_alone(user: Any) -> QuerySet[Dossier]:
    """Dossiers of parties in which the person writes and nobody else does."""
    writing = Membership.objects.filter(until=None, role__in=EDITING_ROLES)
    shared = writing.exclude(user=user).values("party")
    mine = writing.filter(user=user).exclude(party__in=shared).values("party")
    return Dossier.objects.filter(party__in=mine).select_related("party").order_by("pk")


def leave(user: Any) -> None:
    """Drafts that were never sent end by their own lifecycle, and what was typed in them goes; another device stops."""
    passes.end(Pass.objects.filter(issued_by=user, purpose=Purpose.DEVICE))
    for dossier in of_user_alone(user).filter(state=DRAFT.code):
        ended = perform(dossier, "withdraw", user, expected_version=dossier.version)
        ended.answers = {}
        ended.retell()
        ended.save(update_fields=["answers", "title", "ward"])
