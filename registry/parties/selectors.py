"""How others read parties. Scope is in the query: what a user may see is asked with the user."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import NegatedExpression

from registry.core import clock
from registry.parties.models import (
    Fact,
    Invitation,
    JoinRequest,
    MemberRole,
    Membership,
    NameKind,
    Party,
    PartyIdentifier,
)
from registry.parties.rules import Identifier

EDITING_ROLES = frozenset({MemberRole.OWNER, MemberRole.EDITOR})


def parties_of(user: Any) -> QuerySet[Party]:
    """The parties that `user` acts for today."""
    return Party.objects.filter(memberships__user=user, memberships__until=None).order_by("name")


def memberships_of(user: Any) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user, until=None).select_related("party").order_by("party__name")


def role_of(user: Any, party: Party) -> str:
    """owner | editor | viewer, or "" for a stranger."""
    if not getattr(user, "pk", None):
        return ""
    return Membership.objects.filter(party=party, user=user, until=None).values_list("role", flat=True).first() or ""


def members(party: Party) -> QuerySet[Membership]:
    return Membership.objects.filter(party=party, until=None).select_related("user").order_by("since", "id")


def owners(party: Party) -> QuerySet[Membership]:
    return members(party).filter(role=MemberRole.OWNER)


def has_nobody(party: Party) -> bool:
    """Nobody acts for it yet, or any more: the department answers who asks to join."""
    return not members(party).exists()


def party_with(identifier: Identifier) -> Party | None:
    """The party that bears an identifier now."""
    rows = PartyIdentifier.objects.filter(scheme=identifier.scheme, value=identifier.value, until=None)
    found = rows.select_related("party").first()
    return found.party if found else None


def _open(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    return invitations.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now()).order_by("created_at")


def open_invitations(party: Party) -> QuerySet[Invitation]:
    return _open(party.invitations.all())


def invitations_for(user: Any) -> QuerySet[Invitation]:
    """Invitations to the user's own address that wait for an answer: the way back to a letter that got lost."""
    return _open(Invitation.objects.filter(email=user.email.lower())).select_related("party", "invited_by")


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a link carries, while it can be taken up."""
    return _open(Invitation.objects.filter(token=token)).select_related("party", "invited_by").first()


def open_requests(party: Party) -> QuerySet[JoinRequest]:
    return party.join_requests.filter(answered_at=None).select_related("user").order_by("created_at")


def _of_nobody() -> NegatedExpression:
    """`has_nobody` of the party that a row is about."""
    return ~Exists(Membership.objects.filter(party=OuterRef("party"), until=None))


def ownerless_requests() -> QuerySet[JoinRequest]:
    """Requests to join a party for which nobody acts yet: a list of the department brought it. The department answers."""
    found = JoinRequest.objects.filter(_of_nobody(), answered_at=None)
    return found.select_related("party", "user").order_by("created_at", "pk")


def asked_by(user: Any) -> QuerySet[JoinRequest]:
    """The user's own requests that nobody has answered yet, each with `department_answers`: no owner is there to."""
    found = JoinRequest.objects.filter(user=user, answered_at=None).annotate(department_answers=_of_nobody())
    return found.select_related("party").order_by("created_at")


def tax_code(party: Party, on: date | None = None) -> str:
    """The public tax code in force today or on a day, or "" (a household's code is personal and never given here)."""
    found = _held(party.identifiers.filter(scheme="tax_code"), on)
    return found.values_list("value", flat=True).first() or ""


def name_on(party: Party, on: date) -> str:
    """The party's name on a day; of a day before its names were kept, the name it has."""
    found = _held(party.names.filter(kind=NameKind.VIETNAMESE), on)
    return found.values_list("text", flat=True).first() or party.name


def _held(rows: QuerySet, on: date | None) -> QuerySet:
    if on is None:
        return rows.filter(until=None)
    return rows.filter(Q(until=None) | Q(until__gt=on), since__lte=on).order_by("-since")


def tax_codes(parties: Collection[int]) -> dict[int, str]:
    """`tax_code` of several parties, by key; those without one are left out."""
    found = PartyIdentifier.objects.filter(party__in=parties, until=None, scheme="tax_code")
    return dict(found.values_list("party_id", "value"))


def identifier(party: Party) -> PartyIdentifier | None:
    return party.identifiers.filter(until=None).first()


def facts_in_force(party: Party, codes: set[str] | None = None) -> list[Fact]:
    """The newest row of each (code, period, label), oldest period first."""
    rows = party.facts.filter(Q(code__in=codes) if codes else Q()).order_by(
        "code", "period", "label", "recorded_at", "id"
    )
    newest = {(fact.code, fact.period, fact.label): fact for fact in rows}
    return list(newest.values())
