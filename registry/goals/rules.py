"""What a kept assessment says, how far each condition has come, and how one answer differs from another. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from registry.st_enterprises import products, spending
from registry.st_enterprises.conditions import Assessment
from registry.st_enterprises.findings import Finding, Outcome

ASKED_PERCENT: Final[Mapping[str, int]] = {
    **dict.fromkeys(spending.BASIS.values(), spending.PERCENT),
    "nd268:49.2.c": products.LEAST_OF_LARGE.percent,
    "nd268:49.3.c": products.LEAST_OF_MEDIUM.percent,
}
"""The share that a provision asks for, in percent."""


class Cause(StrEnum):
    """Why an answer is another one, the weightiest first: the rules, what the portal knows of the party, or the day."""

    LAW = "law"
    FACTS = "facts"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict, and the outcome of each condition that is asked, in the order of the article."""

    verdict: str
    outcomes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Turned:
    """One condition whose outcome is another one; "" where it was, or is, not asked."""

    condition: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Share:
    """How far a share of revenue has come: `has` by the first reading, of the `wanted` percent."""

    has: Fraction
    wanted: int


def answer_of(found: Assessment) -> Answer:
    return Answer(found.verdict.value, {one.condition: one.outcome.value for one in found.findings})


def turned(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Turned, ...]:
    """The conditions that differ, those of today first, in the order of the article."""
    names = [*now, *(name for name in before if name not in now)]
    rows = [Turned(name, before.get(name, ""), now.get(name, "")) for name in names]
    return tuple(row for row in rows if row.was != row.now)


def cause(*, same_edition: bool, new_facts: bool) -> Cause:
    if not same_edition:
        return Cause.LAW
    return Cause.FACTS if new_facts else Cause.TIME


def met(outcomes: Mapping[str, str]) -> int:
    return sum(outcome == Outcome.MET for outcome in outcomes.values())


def share_of(finding: Finding) -> Share | None:
    """For a condition that asks for a share of revenue, where its figures are known and one provision asks it."""
    wanted = ASKED_PERCENT.get(finding.basis[0]) if len(finding.basis) == 1 else None
    has = next((one.value for one in finding.figures if one.code == "of_sums"), None)
    return Share(Fraction(has), wanted) if wanted is not None and has is not None else None
