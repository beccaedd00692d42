"""When a person closes their account: organisations that would stand without an owner come first, the other memberships end."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.closing import NOWHERE, Obstacle
from registry.core import clock
from registry.parties.models import Invitation, JoinRequest, MemberRole, Membership, Party


def obstacles(user: Any) -> list[Obstacle]:
    """The last owner of an organisation in which others act hands it over first."""
    return [
        Obstacle(
            _(
                "Bạn là người chủ quản duy nhất của %(name)s, nơi còn người khác. Giao vai chủ quản cho một người trong đó."
            )
            % {"name": one.party.name},
            reverse("party", args=[one.party.public_id]),
            _("Mở tổ chức"),
        )
        for one in held(user)
        if one.role == MemberRole.OWNER
        and others(one).exists()
        and not others(one).filter(role=MemberRole.OWNER).exists()
    ]


def alone_in(user: Any) -> list[Party]:
    """Parties for which nobody else acts."""
    return [one.party for one in held(user) if not others(one).exists()]


def held(user: Any) -> QuerySet[Membership]:
    """The memberships in force, each party locked: of two owners who go at once, the second is found to be the last."""
    mine = Membership.objects.filter(user=user, until=None)
    list(Party.objects.select_for_update().filter(pk__in=mine.values("party")).order_by("pk").values("pk"))
    return mine.select_related("party").order_by("party__name")


def others(one: Membership) -> QuerySet[Membership]:
    return Membership.objects.filter(party=one.party_id, until=None).exclude(pk=one.pk)


def leave(user: Any) -> None:
    """End what the person holds, take back what waits for them or from them, and remove their address from invitations."""
    now = clock.now()
    Invitation.objects.filter(party__in=alone_in(user), accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    Membership.objects.filter(user=user, until=None).update(until=clock.today())
    JoinRequest.objects.filter(user=user, answered_at=None).update(answered_at=now, answered_by=user, accepted=False)
    received = Invitation.objects.filter(email=user.email)
    received.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    received.update(email=f"tai-khoan-{user.pk}@{NOWHERE}")
