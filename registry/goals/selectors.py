"""How goals are read: by those who act for the enterprise, and by the job that looks again."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from registry.goals.figures import CODES
from registry.goals.models import Goal, GoalFigures
from registry.parties.models import Fact, Membership, PartyKind
from registry.parties.selectors import EDITING_ROLES, memberships_of
from registry.st_enterprises.conditions import EDITION


def visible_to(user: Any) -> QuerySet[Goal]:
    """The goals of the parties that `user` acts for today; the department sees none, and counts them (`counting`)."""
    mine = Membership.objects.filter(user=user, until=None).values("party")
    current = Prefetch("figures", GoalFigures.objects.filter(number=F("goal__version")), to_attr="current")
    rows = Goal.objects.filter(party__in=mine).select_related("party").order_by("party__name")
    return rows.prefetch_related(current)  # type: ignore[no-redef]  # the plugin takes the declared attribute for a second one


def may_keep(user: Any) -> list[Membership]:
    """The memberships by which `user` may keep a goal: an enterprise's, for which they may write."""
    held = memberships_of(user).filter(role__in=EDITING_ROLES, party__kind=PartyKind.ENTERPRISE)
    return list(held.select_related("party__goal"))


def saved(goal: Goal) -> GoalFigures:
    """Its figures of today's version."""
    return goal.figures.get(number=goal.version)


def facts_of(parties: Collection[int]) -> dict[int, list[Fact]]:
    """The newest figure of each kind and year of these parties, as far as the assessment asks for it."""
    rows = Fact.objects.filter(party__in=parties, code__in=CODES).order_by("recorded_at", "id")
    newest: dict[int, dict[tuple[str, str], Fact]] = defaultdict(dict)
    for fact in rows:
        newest[fact.party_id][fact.code, fact.period] = fact
    return {party: list(found.values()) for party, found in newest.items()}


def to_look_at(today: date) -> Iterator[int]:
    """Keys of the goals whose answer may be another one today: not looked at yet, other rules, newer facts."""
    newer = Fact.objects.filter(
        party=OuterRef("party"), code__in=CODES, recorded_at__gt=OuterRef("answered_at")
    ).order_by()
    rows = Goal.objects.filter(Q(answered_on__lt=today) | ~Q(edition=EDITION) | Exists(newer))
    return rows.order_by("pk").values_list("pk", flat=True).iterator()
