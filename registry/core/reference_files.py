"""The reference files in `data/`, read into rows for the tables. Where they come from and what is verified: docs/reference-data.md."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from registry.core.text import clean, fold, sort_key

DATA: Final = Path(__file__).parent / "data"
UNITS_SOURCE: Final = "Gói dữ liệu vietnamadminunits 1.0.4 (tháng 10/2025)"
KINDS: Final = {"Phường": "ward", "Xã": "commune", "Thị trấn": "township"}
INDUSTRY_SOURCES: Final = {
    "2018": "Quyết định 27/2018/QĐ-TTg, bản chép cấp 1–3",
    "2025": "Quyết định 36/2025/QĐ-TTg, Phụ lục I, bản chép",
}
# Titles of the 2025 edition that differ from ISIC Rev.4 and have no official English: ours, until one is published.
_WORKING = "G J K S 03 33 46 47 59 60 61 62 63 64 65 73 77 79 90 95 96"
WORKING_TRANSLATIONS: Final = frozenset(_WORKING.split())

Row = dict[str, Any]


def rows(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as stream:
        return [{key: clean(value) for key, value in row.items()} for row in csv.DictReader(stream)]


def units() -> Iterator[Row]:
    """The 38 units of today, then the 106 old ones, each edition in Vietnamese alphabetical order."""
    new = [
        {
            "edition": "new",
            "code": row["code"],
            **_kind_and_name(row["name"]),
            "district": "",
            "latitude": row["lat"],
            "longitude": row["lon"],
            "area_km2": row["area_km2"],
        }
        for row in rows("lai_chau_units.csv")
    ]
    old = [
        {
            "edition": "old",
            "code": row["old_ward_code"],
            **_kind_and_name(row["old_ward"]),
            "district": row["old_district"],
        }
        for row in rows("lai_chau_old_to_new.csv")
    ]
    for edition in (new, old):
        edition.sort(key=lambda unit: (sort_key(unit["name"]), unit["code"]))
        for position, unit in enumerate(edition, start=1):
            yield {**unit, "position": position, "source": UNITS_SOURCE, "verified": False}


def unit_changes() -> dict[str, str]:
    """Old code → code of today."""
    return {row["old_ward_code"]: row["new_code"] for row in rows("lai_chau_old_to_new.csv")}


def industries() -> Iterator[Row]:
    for row in rows("vsic.csv"):
        yield {
            "edition": row["edition"],
            "code": row["code"],
            "level": int(row["level"]),
            "parent_code": row["parent"],
            "name_vi": row["name_vi"],
            "name_en": row["name_en"],
            "name_en_source": _english_source(row),
            "folded": fold(f"{row['code']} {row['name_vi']} {row['name_en']}".strip()),
            "source": INDUSTRY_SOURCES[row["edition"]],
            "verified": False,
        }


def authorities() -> Iterator[Row]:
    for row in rows("authorities.csv"):
        yield {**row, "verified": False}


def _english_source(row: dict[str, str]) -> str:
    if not row["name_en"]:
        return ""
    return "working" if row["edition"] == "2025" and row["code"] in WORKING_TRANSLATIONS else "isic4"


def _kind_and_name(written: str) -> dict[str, str]:
    kind = next(word for word in KINDS if written.startswith(f"{word} "))
    return {"kind": KINDS[kind], "name": written.removeprefix(f"{kind} ")}
