"""What an enterprise says of itself. Amounts are whole đồng, people are heads; None is “not known”, an empty tuple “there are none”.

A financial year is taken to be the calendar year and is named by it.
"""

from calendar import isleap
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

WINDOW: Final = 3
"""Financial years that Art. 49(2)-(4) looks at; an enterprise younger than so many years is looked at over its whole life."""


class Sector(StrEnum):
    AGRICULTURE = "agriculture"
    INDUSTRY = "industry"
    SERVICES = "services"


class ResultKind(StrEnum):
    """The kinds of results of Art. 49(1)(b)."""

    PATENT = "patent"
    UTILITY_SOLUTION = "utility_solution"
    DESIGN = "design"
    LAYOUT = "layout"
    SOFTWARE = "software"
    VARIETY = "variety"
    TECHNICAL_ADVANCE = "technical_advance"
    TASK_RESULT = "task_result"
    TECHNOLOGY_TRANSFER = "technology_transfer"


class Effect(StrEnum):
    """The effects of Art. 49(2)(d)."""

    EXPORT = "export"
    ENCOURAGED_TECHNOLOGY = "encouraged_technology"
    AWARD = "award"


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of one financial year. `full`: whether it was a whole one; None leaves that to the founding day.

    Net revenue is what the article decides on, total revenue what forms V.2 and V.3 ask for: both are kept.
    """

    year: int
    full: bool | None = None
    net_revenue: int | None = None
    total_revenue: int | None = None
    sti_spending: int | None = None
    sti_product_revenue: int | None = None

    @property
    def is_told(self) -> bool:
        """Whether each of its four figures is."""
        return None not in (self.net_revenue, self.total_revenue, self.sti_spending, self.sti_product_revenue)

    @property
    def has_figures(self) -> bool:
        """Whether anything is told of it: then the enterprise was there that year."""
        told = (self.full, self.net_revenue, self.total_revenue, self.sti_spending, self.sti_product_revenue)
        return any(figure is not None for figure in told)


@dataclass(frozen=True, slots=True)
class Result:
    """`in_force`: protected, registered, accepted or recognised, as its kind asks, on the day of the question."""

    kind: ResultKind | None
    in_force: bool | None = None

    @property
    def counts(self) -> bool | None:
        """Whether it is one of the kinds of Art. 49(1)(b), in force; None where that is not known."""
        if self.in_force is False:
            return False
        return True if self.in_force and self.kind else None


@dataclass(frozen=True, slots=True)
class Product:
    name: str = ""
    commercialised: bool | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    as_of: date
    sector: Sector | None = None
    insured_workers: int | None = None
    capital: int | None = None
    years: tuple[Year, ...] | None = None
    founded_on: date | None = None
    rd_unit_graduates: int | None = None
    rd_unit_vietnamese: int | None = None
    sti_people: int | None = None
    sti_people_vietnamese: int | None = None
    hired_experts: int | None = None
    results: tuple[Result, ...] | None = None
    products: tuple[Product, ...] | None = None
    effects: frozenset[Effect] | None = None

    def year(self, number: int) -> Year:
        """That year; one that was not told has no figures."""
        return next((year for year in self.years or () if year.year == number), Year(number))

    def without_running_year(self) -> "Profile":
        return replace(self, years=self.years and tuple(year for year in self.years if year.year != self.as_of.year))

    @property
    def last_year(self) -> Year:
        """The financial year before that of the question."""
        return self.year(self.as_of.year - 1)


@dataclass(frozen=True, slots=True)
class Period:
    """The financial years that count. `young`: averages over the whole life; `full_years`: how many whole ones it has."""

    years: tuple[Year, ...]
    young: bool
    full_years: int


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28 in a year without it (Civil Code 2015, Art. 148)."""
    year = day.year + years
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) and not isleap(year) else day.replace(year=year)


def period_of(profile: Profile, founded_on: date) -> Period:
    """The years that Art. 49(2)-(4)(a) and (c) count for an enterprise founded on that day.

    Three years or older: the last three closed financial years. Younger: every closed financial year since it was
    founded, whole or not; and the running one once nothing is missing, neither the founding day nor a figure of those years or
    its own. No one is asked for accounts that are not closed.
    """
    this = profile.as_of.year
    young = anniversary(founded_on, WINDOW) > profile.as_of
    first = founded_on.year if young else this - WINDOW
    years = [profile.year(number) for number in range(first, this)]
    full = sum(1 for year in years if _is_full(year, founded_on))
    running = profile.year(this)
    if young and profile.founded_on and all(year.is_told for year in (*years, running)):
        years.append(running)
    return Period(tuple(years), young, full)


def possible_periods(profile: Profile) -> tuple[Period, ...]:
    """One where the founding day is known; else one for every age that what was told leaves open."""
    if profile.founded_on is not None:
        return (period_of(profile, profile.founded_on),)
    this = profile.as_of.year
    earliest = min([this, *(year.year for year in profile.years or () if year.has_figures)])
    days = [date(this - WINDOW - 1, 1, 1)]
    for year in range(this - WINDOW, earliest + 1):
        days += [date(year, 1, 1), min(date(year, 12, 31), profile.as_of)]
    return tuple(period_of(profile, day) for day in days)


def _is_full(year: Year, founded_on: date) -> bool:
    return founded_on <= date(year.year, 1, 1) if year.full is None else year.full
