"""Shares of revenue over several years: the readings of (a) and (c), in integers, and what no unknown figure can change."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import NamedTuple

from registry.st_enterprises.findings import UNENDING, Outcome, agreed
from registry.st_enterprises.profile import Period, Profile

NO_FULL_YEAR = "no_full_year"


class Pair(NamedTuple):
    """A part and the revenue it is a part of, in one year."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Row:
    """The same while either may be unknown."""

    year: int
    part: int | None
    whole: int | None


@dataclass(frozen=True, slots=True)
class Least:
    """A share of at least `percent`, or so many đồng a year where the article has a second limb."""

    percent: int
    a_year: int | None = None


Reading = Callable[[Sequence[Pair], int], bool]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Which fact of a year is the part and which the revenue it is a part of."""

    part: str
    whole: str

    def rows(self, period: Period) -> list[Row]:
        return [Row(year.year, getattr(year, self.part), getattr(year, self.whole)) for year in period.years]

    def pairs(self, period: Period) -> list[Pair] | None:
        """The figures of the period, if all of them are known."""
        rows = self.rows(period)
        found = [Pair(row.part, row.whole) for row in rows if row.part is not None and row.whole is not None]
        return found if len(found) == len(rows) else None

    def missing(self, profile: Profile, periods: Sequence[Period]) -> tuple[str, ...]:
        if profile.founded_on is None:
            return ("founded_on",)
        return tuple(
            f"{fact}:{year.year}"
            for year in periods[0].years
            for fact in (self.part, self.whole)
            if getattr(year, fact) is None
        )

    def outcomes(self, period: Period, least: Least, readings: Sequence[Reading]) -> Iterator[Outcome]:
        """Every verdict that unknown figures leave open; before one full financial year there is but one."""
        if period.young and not period.full_years:
            yield Outcome.NOT_MET
            return
        for pairs in extremes(self.rows(period)):
            yield judged(pairs, least, readings, averages=period.young)


def of_sums(pairs: Sequence[Pair], percent: int) -> bool:
    """Σ part / Σ whole."""
    return 100 * sum(p.part for p in pairs) >= percent * sum(p.whole for p in pairs)


def mean_of_years(pairs: Sequence[Pair], percent: int) -> bool:
    """The mean of the yearly shares, of the years that have revenue."""
    earning = [p for p in pairs if p.whole]
    everything = prod(p.whole for p in earning)
    return 100 * sum(p.part * (everything // p.whole) for p in earning) >= percent * len(earning) * everything


def each_year(pairs: Sequence[Pair], percent: int) -> bool:
    """The share of each year that has revenue."""
    return all(100 * p.part >= percent * p.whole for p in pairs if p.whole)


def judged(pairs: Sequence[Pair], least: Least, readings: Sequence[Reading], *, averages: bool) -> Outcome:
    """The verdict on known figures. The đồng limb holds in each year, or on average over the whole life (`averages`).

    Without any revenue there is no share, so no reading has an answer.
    """
    if least.a_year is not None and reaches(pairs, least.a_year, averages=averages):
        return Outcome.MET
    if not any(p.whole for p in pairs):
        return Outcome.DEPARTMENT
    return agreed(reading(pairs, least.percent) for reading in readings)


def reaches(pairs: Sequence[Pair], a_year: int, *, averages: bool) -> bool:
    if averages:
        return sum(p.part for p in pairs) >= a_year * len(pairs)
    return all(p.part >= a_year for p in pairs)


def extremes(rows: Sequence[Row]) -> Iterable[list[Pair]]:
    """The best and the worst that unknown figures can be, for every choice of which unknown revenues are nothing.

    Each reading rises with the part and falls with a revenue above nothing, so what these agree on holds for all between.
    """
    known = [Pair(row.part, row.whole) for row in rows if row.part is not None and row.whole is not None]
    if len(known) == len(rows):
        yield known
        return
    unknown = [number for number, row in enumerate(rows) if row.whole is None]
    for zero in product((False, True), repeat=len(unknown)):
        nothing = {number for number, is_zero in zip(unknown, zero, strict=True) if is_zero}
        for part, whole in ((UNENDING**2, 1), (0, UNENDING)):
            yield [
                Pair(
                    part if row.part is None else row.part,
                    (0 if number in nothing else whole) if row.whole is None else row.whole,
                )
                for number, row in enumerate(rows)
            ]


def share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def mean_share(pairs: Sequence[Pair]) -> Fraction | None:
    shares = [Fraction(p.part, p.whole) for p in pairs if p.whole]
    return sum(shares, Fraction(0)) / len(shares) if shares else None


def ceiling(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def hundredths(share: Fraction) -> Fraction:
    """A share in percent, cut off after two places."""
    return Fraction(share.numerator * 10_000 // share.denominator, 100)
