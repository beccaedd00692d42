"""Spending on science, technology and innovation: point a of Art. 49(2), (3) and (4)."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain
from typing import Final

from registry.st_enterprises.findings import Change, Figure, Finding, Outcome, settled
from registry.st_enterprises.profile import Period, Profile, possible_periods
from registry.st_enterprises.shares import (
    Least,
    Pair,
    Ratio,
    ceiling,
    mean_of_years,
    mean_share,
    of_sums,
    reaches,
    share,
)
from registry.st_enterprises.size import BILLION, Size

CONDITION: Final = "sti_spending"
BASIS: Final = {
    Size.MICRO: "nd268:49.4.a",
    Size.SMALL: "nd268:49.4.a",
    Size.MEDIUM: "nd268:49.3.a",
    Size.LARGE: "nd268:49.2.a",
}
READINGS: Final = (of_sums, mean_of_years)
OF: Final = Ratio("sti_spending", "net_revenue")
PERCENT: Final = 2
LEAST: Final = Least(PERCENT)
LEAST_OF_LARGE: Final = Least(PERCENT, 200 * BILLION)


def sti_spending(profile: Profile, size: Size) -> Finding:
    """Spending is at least 2 % of average net revenue over three adjacent financial years; large: or 200 bn đồng in each.

    “Bình quân” bears two readings: Σ spending / Σ net revenue, and the mean of the yearly ratios. Where they disagree the
    department decides. Younger than three years: over the whole life, both limbs on average, and not met before the
    enterprise has one full financial year. The ratio of forms V.2 and V.3, over total revenue, is shown and decides nothing.
    """
    least = LEAST_OF_LARGE if size is Size.LARGE else LEAST
    periods = possible_periods(profile)
    outcome = settled(chain.from_iterable(OF.outcomes(period, least, READINGS) for period in periods))
    if outcome is Outcome.UNKNOWN or len(periods) > 1:
        missing = OF.missing(profile, periods) if outcome is Outcome.UNKNOWN else ()
        return Finding(CONDITION, outcome, (BASIS[size],), missing=missing)
    period = periods[0]
    return Finding(
        CONDITION,
        outcome,
        (BASIS[size],),
        figures=figures(period, least),
        least_change=() if outcome is Outcome.MET else least_change(period, least),
    )


def figures(period: Period, least: Least) -> tuple[Figure, ...]:
    """The full years, both readings, the least spending of a year, and the ratio that the forms print."""
    found: list[Figure] = [Figure("full_years", period.full_years)] if period.young else []
    pairs = OF.pairs(period)
    if not pairs:
        return tuple(found)
    spent = sum(pair.part for pair in pairs)
    of_net = sum(pair.whole for pair in pairs)
    totals = [year.total_revenue for year in period.years if year.total_revenue is not None]
    of_total = share(spent, sum(totals)) if len(totals) == len(pairs) else None
    shares = (("of_sums", share(spent, of_net)), ("mean_of_years", mean_share(pairs)), ("of_total_revenue", of_total))
    found += [Figure("spending", spent), Figure("net_revenue", of_net)]
    found += [Figure(code, value) for code, value in shares if value is not None]
    if least.a_year is not None:
        found.append(Figure("least_in_a_year", min(pair.part for pair in pairs)))
    return tuple(found)


def least_change(period: Period, least: Least) -> tuple[Change, ...]:
    """The fewest đồng more that meet the condition by every reading, each with the year it is added to.

    A đồng counts the same in the sum whichever year it falls in, and most for the mean in the year with the least revenue:
    all of it goes there. The limb of a large enterprise is taken where it costs less.
    """
    pairs = OF.pairs(period)
    if not pairs or (period.young and not period.full_years):
        return ()
    ways: list[tuple[Change, ...]] = []
    earning = [number for number, pair in enumerate(pairs) if pair.whole]
    if earning:
        smallest = min(earning, key=lambda number: pairs[number].whole)
        mean = mean_share(pairs) or Fraction(0)
        wanted = max(
            -(-PERCENT * sum(pair.whole for pair in pairs) // 100) - sum(pair.part for pair in pairs),
            ceiling((PERCENT - 100 * mean) * len(earning) * pairs[smallest].whole / 100),
        )
        ways.append((Change(CONDITION, wanted, period.years[smallest].year),))
    if least.a_year is not None and not reaches(pairs, least.a_year, averages=period.young):
        ways.append(to_each_year(CONDITION, period, pairs, least.a_year))
    return min(ways, key=lambda way: sum(change.amount for change in way), default=())


def to_each_year(fact: str, period: Period, pairs: Sequence[Pair], a_year: int) -> tuple[Change, ...]:
    """What is lacking to so many đồng in each year; on average over the whole life, put into its last year."""
    if period.young:
        lacking = a_year * len(pairs) - sum(pair.part for pair in pairs)
        return (Change(fact, lacking, period.years[-1].year),)
    return tuple(
        Change(fact, a_year - pair.part, year.year)
        for year, pair in zip(period.years, pairs, strict=True)
        if pair.part < a_year
    )
