"""The size of an enterprise by the law on support for small and medium-sized enterprises (Decree 80/2021, Art. 5)."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from registry.st_enterprises.findings import Figure
from registry.st_enterprises.profile import Profile, Sector

BASIS: Final = "nd80:5"
BILLION: Final = 10**9


class Size(IntEnum):
    MICRO = 0
    SMALL = 1
    MEDIUM = 2
    LARGE = 3

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The most a micro, a small and a medium enterprise may have of one measure."""

    micro: int
    small: int
    medium: int

    def fits(self, amount: int) -> Size:
        """The smallest class this measure alone would allow."""
        if amount <= self.micro:
            return Size.MICRO
        if amount <= self.small:
            return Size.SMALL
        return Size.MEDIUM if amount <= self.medium else Size.LARGE


@dataclass(frozen=True, slots=True)
class Measures:
    workers: Ceilings
    revenue: Ceilings
    capital: Ceilings


GOODS: Final = Measures(
    workers=Ceilings(10, 100, 200),
    revenue=Ceilings(3 * BILLION, 50 * BILLION, 200 * BILLION),
    capital=Ceilings(3 * BILLION, 20 * BILLION, 100 * BILLION),
)
"""Agriculture, forestry and fishery; industry and construction."""

TRADE: Final = Measures(
    workers=Ceilings(10, 50, 100),
    revenue=Ceilings(10 * BILLION, 100 * BILLION, 300 * BILLION),
    capital=Ceilings(3 * BILLION, 50 * BILLION, 100 * BILLION),
)
"""Trade and services."""


@dataclass(frozen=True, slots=True)
class SizeFinding:
    """`possible`: every class that what is told leaves open; one where the size is certain."""

    possible: tuple[Size, ...]
    figures: tuple[Figure, ...]
    missing: tuple[str, ...]

    @property
    def size(self) -> Size | None:
        return self.possible[0] if len(self.possible) == 1 else None


def size_of(sector: Sector, workers: int, revenue: int, capital: int) -> Size:
    """The first class that fits: insured workers, and either revenue or capital. What fits none is large."""
    measures = TRADE if sector is Sector.SERVICES else GOODS
    money = min(measures.revenue.fits(revenue), measures.capital.fits(capital))
    return max(measures.workers.fits(workers), money)


def find_size(profile: Profile) -> SizeFinding:
    """The size, or the sizes that unknown facts leave open. Revenue is the total revenue of the financial year before."""
    revenue = profile.last_year.total_revenue
    facts = {"insured_workers": profile.insured_workers, "total_revenue": revenue, "capital": profile.capital}
    year = profile.last_year.year
    possible = sorted(
        {
            max(w, min(r, c))
            for measures in (
                [TRADE if profile.sector is Sector.SERVICES else GOODS] if profile.sector else [GOODS, TRADE]
            )
            for w in _classes(measures.workers, profile.insured_workers)
            for r in _classes(measures.revenue, revenue)
            for c in _classes(measures.capital, profile.capital)
        }
    )
    figures = tuple(
        Figure(code, value, year if code == "total_revenue" else None)
        for code, value in facts.items()
        if value is not None
    )
    missing: tuple[str, ...] = ()
    if len(possible) > 1:
        unknown = [
            f"{code}:{year}" if code == "total_revenue" else code for code, value in facts.items() if value is None
        ]
        missing = (*(() if profile.sector else ("sector",)), *unknown)
    return SizeFinding(tuple(possible), figures, missing)


def _classes(ceilings: Ceilings, amount: int | None) -> tuple[Size, ...]:
    return tuple(Size) if amount is None else (ceilings.fits(amount),)
