"""The startups of the demo as they stand in data/: read, completed with invented numbers, turned into answers of the form."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from portal.demo import invented
from registry.core.text import slugify_vi

DATA: Final = Path(__file__).parent / "data"
MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Idea:
    """One startup of the data files. Amounts are in millions of đồng; `shown` names what its people consent to show."""

    number: int
    party: str
    name: str
    pitch: str
    problem: str
    solution: str
    products: list[list[str]]
    ward: str
    place: str
    industries: list[str]
    fields: list[str]
    sector: str
    stage: str
    head: str
    team: list[list[str]]
    kind: str = "enterprise"
    title: str = "Giám đốc"
    listed: date | None = None
    registered: date | None = None
    short: str = ""
    foreign: str = ""
    pitch_en: str = ""
    problem_en: str = ""
    solution_en: str = ""
    web: bool = False
    staff: list[list[int]] = field(default_factory=list)
    capital: list[list[Any]] = field(default_factory=list)
    support: list[list[Any]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    featured: bool = False
    logo: bool = False
    supplement: str = ""
    state: str = "published"
    days: int = 0
    note: str = ""

    @property
    def key(self) -> str:
        return slugify_vi(self.short or self.name)

    def answers(self) -> dict[str, Any]:
        """The answers of form KN-01, as a browser's form would give them to the service."""
        return {
            "name_vi": self.name,
            "name_en": self.foreign,
            "short_name": self.short,
            "pitch_vi": self.pitch,
            "pitch_en": self.pitch_en,
            "ward": self.ward,
            "address": self.place,
            "registered_on": self.registered.isoformat() if self.registered else "",
            "representative": self.head,
            "representative_title": self.title,
            "identity_number": invented.identity_number(self.number),
            "email": invented.address_of(self.key),
            "phone": invented.phone(self.number),
            "industries": [f"2025:{code}" for code in self.industries],
            "fields_of_technology": self.fields,
            "sector": self.sector,
            "stage": self.stage,
            "problem_vi": self.problem,
            "problem_en": self.problem_en,
            "solution_vi": self.solution,
            "solution_en": self.solution_en,
            "products": [dict(zip(("name", "note", "name_en"), row, strict=False)) for row in self.products],
            "website": f"https://{self.key}.example" if self.web else "",
            "team": [dict(zip(("name", "role"), row, strict=True)) for row in self.team],
            "staff": [dict(zip(("year", "people"), row, strict=True)) for row in self.staff],
            "capital": [
                {"round": kind, "year": year, "amount": str(amount * MILLION)} for kind, year, amount in self.capital
            ],
            "support": [
                {"name": name, "year": year, "amount": str(amount * MILLION) if amount else ""}
                for name, year, amount in self.support
            ],
            **{
                f"show_{name}": name in self.shown for name in ("email", "phone", "team", "staff", "capital", "support")
            },
            "truthful": True,
        }


def ideas() -> list[Idea]:
    """All startups in the order of the files: first those that were published, then those of the dossiers under way."""
    return [Idea(number=number, **row) for number, row in enumerate(_rows(), start=1)]


def _rows() -> Iterator[dict[str, Any]]:
    for file in [*sorted((DATA / "startups").glob("*.toml")), DATA / "dossiers.toml"]:
        for row in tomllib.loads(file.read_text(encoding="utf-8"))["startup"]:
            yield {name: clean(value) for name, value in row.items()}


def clean(value: Any) -> Any:
    """A text over several lines of a data file is one paragraph."""
    return " ".join(value.split()) if isinstance(value, str) else value
