"""Products of science, technology and innovation: point c of Art. 49(2), (3) and (4), and the effects of 49(2)(d)."""

from collections.abc import Sequence
from itertools import chain
from typing import Final

from registry.st_enterprises.findings import Change, Figure, Finding, Outcome, settled
from registry.st_enterprises.profile import Period, Profile, possible_periods
from registry.st_enterprises.shares import Least, Pair, Ratio, Reading, each_year, of_sums, reaches, share
from registry.st_enterprises.size import BILLION, Size
from registry.st_enterprises.spending import to_each_year

CONDITION: Final = "sti_products"
REVENUE: Final = "sti_product_revenue"
OF: Final = Ratio(REVENUE, "total_revenue")
LEAST_OF_LARGE: Final = Least(30, 90 * BILLION)
LEAST_OF_MEDIUM: Final = Least(20)


def sti_products(profile: Profile, size: Size) -> Finding:
    """Large and medium: by revenue; small and micro: one such product is on the market."""
    if size is Size.LARGE:
        return of_revenue(profile, LEAST_OF_LARGE, "nd268:49.2.c")
    if size is Size.MEDIUM:
        return of_revenue(profile, LEAST_OF_MEDIUM, "nd268:49.3.c")
    return commercialised(profile)


def of_revenue(profile: Profile, least: Least, basis: str) -> Finding:
    """The products make 30 % (large) or 20 % (medium) of total revenue over three years; large: or 90 bn đồng in each.

    The text has no “bình quân” for an enterprise of three years or more, so it bears two readings: Σ product revenue /
    Σ total revenue, and the share of each year. Where they disagree the department decides. Younger than three years: Σ / Σ
    over the whole life, the đồng limb on average, and not met before one full financial year.
    """
    periods = possible_periods(profile)
    outcome = settled(chain.from_iterable(OF.outcomes(period, least, _readings(period)) for period in periods))
    if outcome is Outcome.UNKNOWN or len(periods) > 1:
        missing = OF.missing(profile, periods) if outcome is Outcome.UNKNOWN else ()
        return Finding(CONDITION, outcome, (basis,), missing=missing)
    period = periods[0]
    return Finding(
        CONDITION,
        outcome,
        (basis,),
        figures=figures(period, least),
        least_change=() if outcome is Outcome.MET else least_change(period, least),
    )


def commercialised(profile: Profile) -> Finding:
    """At least one such product is being commercialised (49(4)(c)); no share of revenue is asked."""
    basis = ("nd268:49.4.c",)
    if profile.products is None:
        return Finding(CONDITION, Outcome.UNKNOWN, basis, missing=("products",))
    sold = sum(1 for product in profile.products if product.commercialised)
    figures = (Figure("commercialised", sold),)
    if sold:
        return Finding(CONDITION, Outcome.MET, basis, figures)
    if any(product.commercialised is None for product in profile.products):
        return Finding(CONDITION, Outcome.UNKNOWN, basis, figures, missing=("commercialised",))
    return Finding(CONDITION, Outcome.NOT_MET, basis, figures, least_change=(Change("products", 1),))


def effect(profile: Profile) -> Finding:
    """Large only: exported, made from technology encouraged for transfer, or a prize for quality or environment (49(2)(d))."""
    basis = ("nd268:49.2.d",)
    if profile.effects is None:
        return Finding("effect", Outcome.UNKNOWN, basis, missing=("effects",))
    figures = (Figure("effects", len(profile.effects)),)
    if profile.effects:
        return Finding("effect", Outcome.MET, basis, figures)
    return Finding("effect", Outcome.NOT_MET, basis, figures, least_change=(Change("effects", 1),))


def _readings(period: Period) -> tuple[Reading, ...]:
    return (of_sums,) if period.young else (of_sums, each_year)


def figures(period: Period, least: Least) -> tuple[Figure, ...]:
    """The full years, the share of the sums, that of each year, and the least product revenue of a year."""
    found: list[Figure] = [Figure("full_years", period.full_years)] if period.young else []
    pairs = OF.pairs(period)
    if not pairs:
        return tuple(found)
    of_products = sum(pair.part for pair in pairs)
    of_all = sum(pair.whole for pair in pairs)
    found += [Figure("product_revenue", of_products), Figure("total_revenue", of_all)]
    together = share(of_products, of_all)
    if together is not None:
        found.append(Figure("of_sums", together))
    if not period.young:
        for year, pair in zip(period.years, pairs, strict=True):
            that = share(*pair)
            if that is not None:
                found.append(Figure("of_year", that, year.year))
    if least.a_year is not None:
        found.append(Figure("least_in_a_year", min(pair.part for pair in pairs)))
    return tuple(found)


def least_change(period: Period, least: Least) -> tuple[Change, ...]:
    """The fewest đồng more of the total revenue that would have to come from the products, by every reading.

    In each year what is lacking to its share; that meets the share of the sums too. Over the whole life, in the year with
    the most revenue. The limb of a large enterprise is taken where it costs less.
    """
    pairs = OF.pairs(period)
    if not pairs or (period.young and not period.full_years):
        return ()
    ways: list[tuple[Change, ...]] = []
    if any(pair.whole for pair in pairs):
        ways.append(_to_share(period, pairs, least.percent))
    if least.a_year is not None and not reaches(pairs, least.a_year, averages=period.young):
        ways.append(to_each_year(REVENUE, period, pairs, least.a_year))
    return min(ways, key=lambda way: sum(change.amount for change in way), default=())


def _to_share(period: Period, pairs: Sequence[Pair], percent: int) -> tuple[Change, ...]:
    if period.young:
        lacking = -(-percent * sum(pair.whole for pair in pairs) // 100) - sum(pair.part for pair in pairs)
        most = max(range(len(pairs)), key=lambda number: pairs[number].whole)
        return (Change(REVENUE, lacking, period.years[most].year),)
    lacks = [(-(-percent * pair.whole // 100) - pair.part if pair.whole else 0) for pair in pairs]
    return tuple(Change(REVENUE, lack, year.year) for year, lack in zip(period.years, lacks, strict=True) if lack > 0)
