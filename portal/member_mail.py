"""What people are told about acting for an organisation: an invitation, a request to join, its answer."""

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from accounts import roles
from notifications.services import Recipient, notify
from registry.parties.models import MemberRole, Party, PartyKind
from registry.parties.selectors import ownerless_requests, owners
from registry.parties.services import JoinAnswered, JoinRequested, MemberInvited


def person(user: Any) -> Recipient:
    return Recipient(user.email, user.pk, user.language, user.full_name)


def invite(event: MemberInvited) -> None:
    """To the invited address, in the language of its account; a stranger gets that of the inviter's page."""
    invitation = event.invitation
    user = get_user_model().objects.filter(email=invitation.email).first()
    stranger = Recipient(invitation.email, None, "en" if (get_language() or "vi").startswith("en") else "vi")
    context = {
        "organisation": invitation.party.name,
        "inviter": str(invitation.invited_by),
        "role": MemberRole(invitation.role).label,
        "url": reverse_lazy("invitation", args=[invitation.token]),
        "expires_at": invitation.expires_at,
    }
    notify("member_invited", [person(user) if user else stranger], f"invitation/{invitation.pk}", context)


def ask(event: JoinRequested) -> None:
    """To every owner; where nobody acts for the party yet, to the department's officers."""
    request = event.request
    told = [person(one.user) for one in owners(request.party)]
    waits_for_department = not told and ownerless_requests().filter(pk=request.pk).exists()
    if waits_for_department:
        handlers = get_user_model().objects.filter(groups__name__in=(roles.CASE_OFFICER, roles.LEADER), is_active=True)
        told = [person(user) for user in handlers.exclude(pk=request.user_id).distinct().order_by("pk")]
    url = (
        reverse_lazy("desk_joining") if waits_for_department else reverse_lazy("party", args=[request.party.public_id])
    )
    context = {
        "organisation": request.party.name,
        "asker": request.user.full_name,
        "email": request.user.email,
        "url": url,
    }
    notify("join_requested", told, f"join/{request.pk}", context)


def answer(event: JoinAnswered) -> None:
    """To whoever asked. Who was turned away from a household or a person is not told whose it is."""
    request = event.request
    context = {
        "organisation": request.party.name if request.accepted else outside_name(request.party),
        "accepted": bool(request.accepted),
        "by_department": event.by_department,
        "url": reverse_lazy("party", args=[request.party.public_id]) if request.accepted else reverse_lazy("parties"),
    }
    notify("join_answered", [person(request.user)], f"join/{request.pk}/answer", context)


def outside_name(party: Party) -> str | Promise:
    kinds = {
        PartyKind.HOUSEHOLD.value: gettext_lazy("một hộ kinh doanh"),
        PartyKind.GROUP.value: gettext_lazy("một nhóm cá nhân"),
    }
    return party.name if party.has_public_name else kinds.get(party.kind, gettext_lazy("một cá nhân"))
