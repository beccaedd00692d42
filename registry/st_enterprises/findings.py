"""What comes out of a condition: a verdict, where it stands in the law, the figures used, what is missing, the least change."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from registry.st_enterprises.profile import Effect, Product, Profile, Result, ResultKind, Year

UNENDING: Final = 10**30
"""Stands for “as much as you like”: more than any amount of đồng that is told. Its square outweighs it again."""


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    DEPARTMENT = "department_decides"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was used: đồng or heads as int, a share as Fraction. `year` where it is that of one year."""

    code: str
    value: int | Fraction
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """So much more of one fact: đồng of a year, heads, results, products or effects."""

    fact: str
    amount: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition, checked. `basis` names the provisions as “nd268:49.4.a”: several while the size is not known.

    `missing` holds names of facts, those of a year as “sti_spending:2025”. `least_change` is empty where none is needed
    or none can be computed.
    """

    condition: str
    outcome: Outcome
    basis: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    missing: tuple[str, ...] = ()
    least_change: tuple[Change, ...] = ()

    @property
    def met(self) -> bool | None:
        return {Outcome.MET: True, Outcome.NOT_MET: False}.get(self.outcome)


def agreed(verdicts: Iterable[bool]) -> Outcome:
    """What the readings say together: the department decides where they differ, or where none has an answer."""
    said = set(verdicts)
    if said == {True}:
        return Outcome.MET
    return Outcome.NOT_MET if said == {False} else Outcome.DEPARTMENT


def settled(outcomes: Iterable[Outcome]) -> Outcome:
    """What holds whichever of the possible cases is true."""
    possible: set[Outcome] = set()
    for outcome in outcomes:
        possible.add(outcome)
        if len(possible) > 1:
            return Outcome.UNKNOWN
    return possible.pop()


def applied(profile: Profile, changes: Iterable[Change]) -> Profile:
    """The profile after the changes. A change of a year that was not told changes nothing."""
    for change in changes:
        more: dict[str, Any]
        if change.year is not None:
            more = {"years": tuple(_with(row, change) for row in profile.years or ())}
        elif change.fact == "results":
            more = {"results": (*(profile.results or ()), Result(ResultKind.PATENT, in_force=True))}
        elif change.fact == "products":
            more = {"products": (*(profile.products or ()), Product("", commercialised=True))}
        elif change.fact == "effects":
            more = {"effects": (profile.effects or frozenset()) | {Effect.EXPORT}}
        else:
            more = {change.fact: (getattr(profile, change.fact) or 0) + change.amount}
        profile = replace(profile, **more)
    return profile


def _with(row: Year, change: Change) -> Year:
    if row.year != change.year:
        return row
    more: dict[str, Any] = {change.fact: (getattr(row, change.fact) or 0) + change.amount}
    return replace(row, **more)
