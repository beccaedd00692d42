"""The same law once more: slow, naive, without a line of the rules. Every possible value of what is not known is tried."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from types import SimpleNamespace
from typing import Any

SOME_MONEY = (0, 1, 10**9, 200 * 10**9, 10**20, 10**40)
SOME_REVENUE = (0, 1, 10**10, 10**25)
SOME_HEADS = (0, 1, 2, 4, 5, 9, 10, 500)
BN = 10**9

TABLE = {
    "goods": [(10, 3 * BN, 3 * BN), (100, 50 * BN, 20 * BN), (200, 200 * BN, 100 * BN)],
    "trade": [(10, 10 * BN, 3 * BN), (50, 100 * BN, 50 * BN), (100, 300 * BN, 100 * BN)],
}
CLASSES = ["micro", "small", "medium", "large"]


def figures_of(profile: Any) -> dict[int, Any]:
    return {y.year: y for y in profile.years or ()}


def get(profile: Any, year: int, name: str) -> int | None:
    row = figures_of(profile).get(year)
    return getattr(row, name) if row else None


def try_all(values: list[tuple[Any, ...]], verdict: Callable[..., str]) -> str:
    """The verdict whatever the values are, else “unknown”."""
    seen: set[str] = set()
    for case in product(*values):
        answer = verdict(*case)
        if answer != "impossible":
            seen.add(answer)
        if len(seen) > 1:
            return "unknown"
    return seen.pop()


def or_all(value: Any, others: tuple[Any, ...]) -> tuple[Any, ...]:
    return others if value is None else (value,)


def sizes(p: Any) -> list[str]:
    sectors = ["agriculture", "industry", "services"] if p.sector is None else [p.sector.value]
    workers = or_all(p.insured_workers, (0, 11, 51, 101, 201))
    revenues = or_all(
        get(p, p.as_of.year - 1, "total_revenue"), (0, 4 * BN, 11 * BN, 60 * BN, 101 * BN, 201 * BN, 301 * BN)
    )
    capitals = or_all(p.capital, (0, 4 * BN, 21 * BN, 51 * BN, 101 * BN))
    found = set()
    for sector, w, r, c in product(sectors, workers, revenues, capitals):
        rows = TABLE["trade" if sector == "services" else "goods"]
        fits = [i for i, (most_w, most_r, most_c) in enumerate(rows) if w <= most_w and (r <= most_r or c <= most_c)]
        found.add(CLASSES[fits[0] if fits else 3])
    return [name for name in CLASSES if name in found]


def three_years_later(day: date) -> date:
    try:
        return date(day.year + 3, day.month, day.day)
    except ValueError:
        return date(day.year + 3, 2, 28)


def founding_days(p: Any) -> Iterator[date]:
    if p.founded_on is not None:
        yield p.founded_on
        return
    told = [
        y.year
        for y in p.years or ()
        if (y.full, y.net_revenue, y.total_revenue, y.sti_spending, y.sti_product_revenue) != (None,) * 5
    ]
    last = min([*told, p.as_of.year])
    yield date(p.as_of.year - 9, 3, 3)
    for year in range(p.as_of.year - 3, last + 1):
        for day in (date(year, 1, 1), date(year, 1, 2), date(year, 7, 1), date(year, 12, 31)):
            if day <= p.as_of:
                yield day
    for day in (p.as_of, p.as_of - timedelta(days=1000)):
        if day.year <= last:
            yield day


def without_running_year(p: Any) -> Any:
    return SimpleNamespace(
        **{name: getattr(p, name) for name in vars(type(p))["__dataclass_fields__"]}
        | {"years": p.years and [y for y in p.years if y.year != p.as_of.year]}
    )


def counted_years(p: Any, founded: date) -> tuple[bool, list[int], int]:
    """Young or not, the years that count, how many of them are full."""
    now = p.as_of.year
    if three_years_later(founded) <= p.as_of:
        return False, [now - 3, now - 2, now - 1], 3
    numbers, full = [], 0
    for year in range(founded.year, now):
        numbers.append(year)
        said = get(p, year, "full")
        if said is True or (said is None and founded <= date(year, 1, 1)):
            full += 1
    names = ("net_revenue", "total_revenue", "sti_spending", "sti_product_revenue")
    if p.founded_on is not None and all(get(p, n, name) is not None for name in names for n in (*numbers, now)):
        numbers.append(now)
    return True, numbers, full


def by_readings(answers: list[bool]) -> str:
    if all(answers):
        return "met"
    return "department_decides" if any(answers) else "not_met"


def money_verdict(p: Any, part: str, whole: str, least: Fraction, a_year: int | None, second: str) -> str:
    seen = set()
    for founded in founding_days(p):
        young, numbers, full = counted_years(p, founded)
        if young and full == 0:
            seen.add("not_met")
            continue
        parts = [or_all(get(p, n, part), SOME_MONEY) for n in numbers]
        wholes = [or_all(get(p, n, whole), SOME_REVENUE) for n in numbers]
        size = len(numbers)

        def verdict(*values: int, young: bool = young, size: int = size) -> str:
            a, b = values[:size], values[size:]
            if a_year is not None:
                if young and Fraction(sum(a), size) >= a_year:
                    return "met"
                if not young and min(a) >= a_year:
                    return "met"
            if sum(b) == 0:
                return "department_decides"
            answers = [Fraction(sum(a), sum(b)) >= least]
            ratios = [Fraction(x, y) for x, y in zip(a, b, strict=True) if y > 0]
            if second == "mean":
                answers.append(sum(ratios) / len(ratios) >= least)
            elif not young:
                answers.append(min(ratios) >= least)
            return by_readings(answers)

        seen.add(try_all([*parts, *wholes], verdict))
        if len(seen) > 1:
            return "unknown"
    return seen.pop() if len(seen) == 1 else "unknown"


def heads(total: int | None, vietnamese: int | None, least: int, least_vietnamese: int) -> set[bool]:
    return {
        t >= least and v >= least_vietnamese
        for t in or_all(total, (*SOME_HEADS, vietnamese or 0))
        for v in or_all(vietnamese, (*SOME_HEADS, total or 0))
        if v <= t or (total is not None and vietnamese is not None)
    }


def said(possible: set[bool]) -> str:
    return "unknown" if len(possible) == 2 else "met" if possible == {True} else "not_met"


def conditions(p: Any, size: str) -> dict[str, str]:
    answers = {}
    answers["enterprise"] = "unknown" if p.founded_on is None else "met"
    results = (
        [None] if p.results is None else [None if r.in_force and r.kind is None else r.in_force for r in p.results]
    )
    has_result = {any(case) for case in product(*[or_all(r, (True, False)) for r in results])}
    has_product = {True, False} if p.products is None else {len(p.products) > 0}
    answers["sti_results"] = said({r and q for r in has_result for q in has_product})
    limb = 200 * BN if size == "large" else None
    answers["sti_spending"] = money_verdict(p, "sti_spending", "net_revenue", Fraction(2, 100), limb, "mean")
    if size == "large":
        answers["people"] = said(heads(p.rd_unit_graduates, p.rd_unit_vietnamese, 10, 5))
        answers["sti_products"] = money_verdict(
            p, "sti_product_revenue", "total_revenue", Fraction(30, 100), 90 * BN, "each"
        )
        answers["effect"] = "unknown" if p.effects is None else "met" if p.effects else "not_met"
    elif size == "medium":
        answers["people"] = said(heads(p.rd_unit_graduates, p.rd_unit_vietnamese, 5, 1))
        answers["sti_products"] = money_verdict(
            p, "sti_product_revenue", "total_revenue", Fraction(20, 100), None, "each"
        )
    else:
        own = heads(p.sti_people, p.sti_people_vietnamese, 2, 1)
        hired = {e >= 2 for e in or_all(p.hired_experts, SOME_HEADS)}
        answers["people"] = said({o or h for o in own for h in hired})
        sold = [None] if p.products is None else [q.commercialised for q in p.products]
        answers["sti_products"] = said({any(case) for case in product(*[or_all(s, (True, False)) for s in sold])})
    return answers


def verdict_of(answers: dict[str, str]) -> str:
    for word in ("not_met", "unknown", "department_decides"):
        if word in answers.values():
            return word
    return "met"


def assess(p: Any) -> tuple[list[str], str, dict[str, str]]:
    """The possible sizes, the verdict, and each condition that some possible size asks for."""
    possible, verdict, merged = assess_once(without_running_year(p), sizes(p))
    if len({"small" if size == "micro" else size for size in possible}) > 1 or "unknown" in merged.values():
        return possible, verdict, merged
    return assess_once(p, possible)


def assess_once(p: Any, possible: list[str]) -> tuple[list[str], str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {}
    for size in possible:
        key = "small" if size == "micro" else size
        if key not in known:
            known[key] = conditions(p, key)
    verdicts = {verdict_of(answers) for answers in known.values()}
    names = {name for answers in known.values() for name in answers}
    merged = {}
    for name in names:
        outcomes = {answers.get(name, "met") for answers in known.values()}
        merged[name] = outcomes.pop() if len(outcomes) == 1 else "unknown"
    return possible, verdicts.pop() if len(verdicts) == 1 else "unknown", merged
