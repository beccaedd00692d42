"""Made-up profiles that crowd round the thresholds, from a seed."""

from dataclasses import fields, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from registry.st_enterprises.profile import Effect, Product, Profile, Result, ResultKind, Sector, Year

BN = 10**9
WORKERS = (0, 5, 10, 11, 50, 51, 100, 101, 200, 201, 900)
CAPITAL = tuple(n + d for n in (3 * BN, 20 * BN, 50 * BN, 100 * BN) for d in (0, 1)) + (0, 900 * BN)
REVENUE = tuple(
    n + d for n in (BN, 3 * BN, 10 * BN, 50 * BN, 100 * BN, 200 * BN, 300 * BN, 400 * BN) for d in (-1, 0, 1)
) + (0, 0)
FLAGS = (True, True, False)


def profile(random: Random) -> Profile:
    gaps = random.choice((0, 0, 0.05, 0.15, 0.5))

    def maybe(value: Any) -> Any:
        return None if random.random() < gaps else value

    as_of = date(2026, 1, 1) + timedelta(days=random.randrange(365))
    founded = as_of - timedelta(days=random.choice((random.randrange(1500), 1095, 1096, 4000, 4000, 4000, 4000)))
    if random.random() < 0.1:
        founded = date(max(founded.year, 2020), 1, 1)
    big = random.random() < 0.5
    graduates, people = random.choice((0, 1, 4, 5, 9, 10, 12)), random.choice((0, 1, 2, 3))
    return Profile(
        as_of=as_of,
        sector=maybe(random.choice(list(Sector))),
        insured_workers=maybe(random.choice(WORKERS[5:] if big else WORKERS)),
        capital=maybe(random.choice(CAPITAL)),
        years=maybe(
            tuple(
                year(number, random, maybe)
                for number in range(max(2022, founded.year), 2027 if random.random() < 0.2 else 2026)
                if random.random() > gaps / 3
            )
        ),
        founded_on=maybe(founded),
        rd_unit_graduates=maybe(graduates),
        rd_unit_vietnamese=maybe(random.randint(0, graduates)),
        sti_people=maybe(people),
        sti_people_vietnamese=maybe(random.randint(0, people)),
        hired_experts=maybe(random.choice((0, 1, 2, 3))),
        results=maybe(tuple(result(random, maybe) for _ in range(random.choice((0, 1, 1, 2))))),
        products=maybe(tuple(Product("", maybe(random.choice(FLAGS))) for _ in range(random.choice((0, 1, 1, 2))))),
        effects=maybe(frozenset(random.sample(list(Effect), random.choice((0, 1, 1, 2))))),
    )


def result(random: Random, maybe: Any) -> Result:
    return Result(maybe(random.choice(list(ResultKind))), maybe(random.choice(FLAGS)))


def year(number: int, random: Random, maybe: Any) -> Year:
    total = random.choice(REVENUE)
    net = max(total - random.choice((0, 0, 1, total // 10)), 0)
    spending = random.choice((0, net // 50, -(-net // 50), net // 50 + 1, net // 25, 200 * BN, 200 * BN - 1))
    products = random.choice(
        (0, total // 5, total * 3 // 10, -(-total * 3 // 10), total // 2, 90 * BN, max(total // 5 - 1, 0))
    )
    full = random.choice((None, True, True, False)) if random.random() < 0.3 else None
    return Year(number, full, maybe(net), maybe(total), maybe(spending), maybe(products))


def with_one_fact_more(known: Profile, random: Random) -> Profile:
    """The profile with one of its unknown facts filled in; the same profile if nothing is unknown."""
    drawn = profile(random)
    gaps = [field.name for field in fields(known) if getattr(known, field.name) is None and field.name != "years"]
    in_years = [
        (row.year, name)
        for row in known.years or ()
        for name in ("net_revenue", "total_revenue", "sti_spending", "sti_product_revenue")
        if getattr(row, name) is None
    ]
    choices: list[Any] = [*gaps, *in_years, *(["absent"] * (known.years is None))]
    if not choices:
        return known
    chosen = random.choice(choices)
    if chosen == "absent":
        first = known.founded_on.year if known.founded_on else 2022
        rows = (year(n, random, lambda v: v) for n in range(max(2022, first), 2026))
        return replace(
            known, years=tuple(replace(row, full=None) for row in rows)
        )  # the founding day has said which are
    if isinstance(chosen, tuple):
        number, name = chosen
        value = getattr(year(number, random, lambda v: v), name)
        rows = tuple(replace(row, **{name: value}) if row.year == number else row for row in known.years or ())
        return replace(known, years=rows)
    value = getattr(drawn, chosen)
    if chosen == "founded_on" and value is not None:
        earliest = min([known.as_of.year, *(row.year for row in known.years or ())])
        value = date(earliest, 1, 1) if value > known.as_of or value.year > earliest else value
    if chosen == "rd_unit_graduates" and value is not None:
        value = max(value, known.rd_unit_vietnamese or 0)
    if chosen == "sti_people" and value is not None:
        value = max(value, known.sti_people_vietnamese or 0)
    if chosen == "rd_unit_vietnamese" and value is not None and known.rd_unit_graduates is not None:
        value = min(value, known.rd_unit_graduates)
    if chosen == "sti_people_vietnamese" and value is not None and known.sti_people is not None:
        value = min(value, known.sti_people)
    return replace(known, **{chosen: value})
