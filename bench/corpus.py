"""Made-up provincial records as JSON lines, the same for the same seed: python -m bench.corpus 10000 > corpus.jsonl

Record `i` depends on the seed and on `i` alone, so a larger corpus begins with the smaller one, and the queries can be made without
reading it.
"""

import argparse
import csv
import json
import random
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from bench import words

SEED = 2030
KINDS = ("startup", "article", "document", "programme", "certificate", "organisation", "technology")
OFTEN = (22, 30, 18, 6, 8, 7, 9)
FIELDS = (
    "biotech",
    "ict",
    "environment",
    "materials",
    "automation",
    "energy",
    "food",
    "medicine",
    "mining",
    "education",
)
SECTORS = tuple(f"{letter}{n:02d}" for letter, n in zip("AACCCDEFGGHIIJJKLMMNPQRS", range(1, 25), strict=True))
STATUSES = ("active", "active", "active", "closed", "draft-call", "expired")
PAPERS = (
    ("Quyết định", "QĐ"),
    ("Kế hoạch", "KH"),
    ("Công văn", "CV"),
    ("Thông báo", "TB"),
    ("Tờ trình", "TTr"),
    ("Báo cáo", "BC"),
)
OFFICES = ("UBND", "SKHCN", "HĐND", "SNNMT", "STC")
FIRST_DAY, DAYS = date(2016, 1, 1), 3900
ENGLISH = 0.03
UNITS = Path(__file__).resolve().parent.parent / "registry" / "core" / "data" / "lai_chau_units.csv"


def _read_wards() -> tuple[tuple[str, str], ...]:
    with UNITS.open(encoding="utf-8", newline="") as file:
        return tuple((row["code"], row["name"]) for row in csv.DictReader(file))


WARDS = _read_wards()


class Place(NamedTuple):
    code: str
    name: str


class Maker:
    """Draws for one record."""

    def __init__(self, seed: int, number: int) -> None:
        self.chance = random.Random(f"{seed}/{number}")  # noqa: S311 (the same each time is the point)
        self.number = number

    def one(self, among: Sequence[str]) -> str:
        """The first of a list about three times as often as the last."""
        pull = self.chance.random()
        return among[int(len(among) * pull * (0.45 + 0.55 * pull))]

    def proper(self) -> str:
        return f"{self.chance.choice(words.FIRST)} {self.chance.choice(words.SECOND)}"

    def person(self) -> str:
        given = self.chance.choice(words.SECOND)
        return f"{self.one(words.SURNAMES)} {self.one(words.MIDDLES)} {given}"

    def number_of(self, kind: str, year: int) -> tuple[str, str]:
        """(what it is called, the number)."""
        if kind == "document":
            name, letters = self.chance.choice(PAPERS)
            return name, f"{self.chance.randint(1, 4000)}/{year}/{letters}-{self.chance.choice(OFFICES)}"
        return "Giấy chứng nhận", f"GCN-{year}-{self.number:06d}"

    def title(self, kind: str, place: Place, told: str) -> str:
        product, technology = self.one(words.PRODUCTS), self.one(words.TECHNOLOGIES)
        action = self.one(words.ACTIONS)
        match kind:
            case "startup":
                return f"{product[0].upper()}{product[1:]} {self.proper()} {self.chance.choice(words.SECOND)}"
            case "organisation":
                form = self.chance.choice(
                    ("Hợp tác xã", "Công ty TNHH", "Công ty cổ phần", "Tổ hợp tác", "Viện", "Trung tâm")
                )
                return f"{form} {product} {self.proper()} {self.chance.choice(words.SECOND)}"
            case "article":
                who = self.one(words.WHO)
                return f"{who[0].upper()}{who[1:]} {place.name} {action} {product} bản {self.proper()} {self.one(words.TAILS)}"
            case "document":
                return f"{told} về việc {action} {technology} tại {place.name} {self.one(words.TAILS)}"
            case "programme":
                return f"Chương trình {self.proper()} {action} {product} bằng {technology} {self.one(words.TAILS)}"
            case "certificate":
                return f"{told} {self.one(words.WHO)} {self.proper()} {self.chance.choice(words.SECOND)}"
            case _:
                return f"Quy trình {technology} cho {product} {self.proper()} {self.one(words.TAILS)}"

    def body(self, place: Place) -> str:
        """40 to 80 words."""
        wanted, told, sentences = self.chance.randint(40, 66), 0, []
        while told < wanted:
            pull = self.chance.random()
            if pull < 0.45:
                sentence = (
                    f"{self.one(words.WHO)} {self.one(words.ACTIONS)} {self.one(words.PRODUCTS)} {self.one(words.MANNERS)}"
                    f" để {self.one(words.AIMS)}"
                )
            elif pull < 0.6:
                sentence = (
                    f"{self.person()} ở bản {self.proper()} {self.one(words.ACTIONS)} {self.one(words.TECHNOLOGIES)}"
                )
            elif pull < 0.7:
                sentence = f"tại {place.name}, {self.one(words.CLAUSES)}"
            else:
                sentence = self.one(words.CLAUSES)
            told += len(sentence.split())
            sentences.append(f"{sentence[0].upper()}{sentence[1:]}.")
        return " ".join(sentences)

    def english(self) -> tuple[str, str]:
        def sentence() -> str:
            told = f"{self.one(words.EN_WHO)} {self.one(words.EN_ACTIONS)} {self.one(words.EN_THINGS)} {self.one(words.EN_AIMS)}"
            return f"{told[0].upper()}{told[1:]}."

        title = f"{self.one(words.EN_THINGS).capitalize()} of {self.proper()} {self.chance.choice(words.SECOND)}"
        return title, " ".join(sentence() for _ in range(self.chance.randint(4, 6)))


def record(number: int, seed: int = SEED) -> dict[str, Any]:
    """One entry, with the fields that `manage.py search_bench` reads."""
    make = Maker(seed, number)
    chance = make.chance
    kind = chance.choices(KINDS, OFTEN)[0]
    place = Place(*chance.choice(WARDS))
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    numbers, told = [], ""
    if kind in ("document", "certificate"):
        name, given = make.number_of(kind, day.year)
        numbers, told = [given], f"{name} {given}" if kind == "document" else name
    elif kind in ("startup", "organisation"):
        numbers = [f"62{number % 10**8:08d}"]
    english = chance.random() < ENGLISH
    title, body = make.english() if english else (make.title(kind, place, told), make.body(place))
    facets = {
        "field": sorted(set(chance.choices(FIELDS, k=chance.choice((1, 1, 2))))),
        "sector": [make.one(SECTORS)],
        "ward": [place.code],
        "year": [str(day.year)],
        "status": [chance.choice(STATUSES)],
    }
    return {
        "kind": kind,
        "ref": f"{kind}-{number}",
        "language": "en" if english else "vi",
        "title": title,
        "summary": body.split(". ")[0] + "." if chance.random() < 0.6 else "",
        "body": body,
        "facets": facets,
        "numbers": numbers,
        "date": day.isoformat(),
    }


def line(number: int, seed: int = SEED) -> str:
    return json.dumps(record(number, seed), ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, help="a file; the standard output without it")
    given = parser.parse_args()
    if given.out is None:
        sys.stdout.writelines(f"{line(number, given.seed)}\n" for number in range(given.size))
        return
    given.out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = given.out.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as file:
        file.writelines(f"{line(number, given.seed)}\n" for number in range(given.size))
    unfinished.replace(given.out)


if __name__ == "__main__":
    main()
