"""The goals of the demo: one a step away from the certificate, one of which not everything is known, one that meets every condition."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from portal.demo.ideas import DATA
from portal.demo.moments import evening
from portal.demo.replay import Story
from registry.core import clock
from registry.goals.models import Goal
from registry.goals.services import keep
from registry.parties.models import MemberRole, Party

YEARS: Final = ("net_revenue", "total_revenue", "sti_spending", "sti_product_revenue")


@dataclass(frozen=True, slots=True)
class Kept:
    """One of data/goals.toml: kept `days` ago. `years` are million đồng of the last closed years, the newest first."""

    party: str
    days: int
    years: list[list[int]]
    answers: dict[str, list[str]]

    def told(self) -> dict[str, Any]:
        last = clock.today().year - 1
        figures = {
            f"y{last - back}-{name}": [str(amount * 1_000_000)]
            for back, row in enumerate(self.years)
            for name, amount in zip(YEARS, row, strict=True)
        }
        return {**self.answers, **figures}


def rows() -> list[Kept]:
    told = tomllib.loads((DATA / "goals.toml").read_text(encoding="utf-8"))["goal"]
    return [Kept(**row) for row in told]


def stories() -> list[Story]:
    """Of those goals that are not here yet."""
    here = set(Goal.objects.values_list("party__name", flat=True))
    return [story(one) for one in rows() if one.party not in here]


def story(one: Kept) -> Story:
    yield evening(f"goal {one.party}", clock.today() - timedelta(days=one.days))
    party = Party.objects.get(name=one.party)
    owner = party.memberships.get(role=MemberRole.OWNER, until=None).user
    keep(party, one.told(), actor=owner, expected_version=0)
