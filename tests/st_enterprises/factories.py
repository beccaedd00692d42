"""Profiles that read as a story; the day of the question is that of the worked table."""

from datetime import date
from typing import Any

from registry.st_enterprises.findings import Finding
from registry.st_enterprises.profile import Effect, Product, Profile, Result, ResultKind, Sector, Year

BN, M = 10**9, 10**6
AS_OF = date(2026, 11, 22)
FIRST = 2023


def years(
    net: list[int | None],
    spending: list[int | None] | None = None,
    *,
    total: list[int | None] | None = None,
    products: list[int | None] | None = None,
    first: int = FIRST,
) -> tuple[Year, ...]:
    """Adjacent full years from `first`; total revenue is net revenue unless told."""
    spending, total, products = spending or [0] * len(net), total or net, products or [0] * len(net)
    rows = zip(net, total, spending, products, strict=True)
    return tuple(Year(first + number, True, *row) for number, row in enumerate(rows))


def small(**facts: Any) -> Profile:
    """A small enterprise of industry that meets every condition, but for what is told otherwise."""
    return Profile(
        **{
            "as_of": AS_OF,
            "sector": Sector.INDUSTRY,
            "insured_workers": 20,
            "capital": 5 * BN,
            "years": years([10 * BN] * 3, [200 * M] * 3),
            "founded_on": date(2019, 5, 6),
            "rd_unit_graduates": 0,
            "rd_unit_vietnamese": 0,
            "sti_people": 2,
            "sti_people_vietnamese": 1,
            "hired_experts": 0,
            "results": (Result(ResultKind.PATENT, True),),
            "products": (Product("Trà đông lạnh", True),),
            "effects": frozenset(),
        }
        | facts
    )


def medium(**facts: Any) -> Profile:
    return small(
        **{
            "insured_workers": 150,
            "capital": 60 * BN,
            "years": years([100 * BN] * 3, [2 * BN] * 3, products=[20 * BN] * 3),
            "rd_unit_graduates": 5,
            "rd_unit_vietnamese": 1,
        }
        | facts
    )


def large(**facts: Any) -> Profile:
    return small(
        **{
            "insured_workers": 500,
            "capital": 900 * BN,
            "years": years([90 * BN] * 3, [2 * BN] * 3, products=[27 * BN] * 3),
            "rd_unit_graduates": 10,
            "rd_unit_vietnamese": 5,
            "effects": frozenset({Effect.EXPORT}),
        }
        | facts
    )


def one(findings: tuple[Finding, ...], condition: str) -> Finding:
    return next(finding for finding in findings if finding.condition == condition)
