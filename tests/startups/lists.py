"""Lists of startups for tests: rows as the bench makes them, as files."""

import csv
from pathlib import Path
from typing import Any

from bench.imports import rows, write_csv, write_xlsx


def made(count: int, **changes: Any) -> list[dict[str, str]]:
    """`count` good rows; keywords (by heading, spaces as they are) replace cells of each."""
    return [{**row, **changes} for row in rows(count, faults=False)]


def as_csv(folder: Path, given: list[dict[str, str]], name: str = "danh-sach.csv") -> Path:
    path = folder / name
    write_csv(path, given)
    return path


def as_xlsx(folder: Path, given: list[dict[str, str]], name: str = "danh-sach.xlsx") -> Path:
    path = folder / name
    write_xlsx(path, given)
    return path


def raw(folder: Path, *lines: list[str], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path = folder / "danh-sach.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(lines)
    return path
