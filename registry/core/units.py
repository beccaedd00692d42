"""Which unit of today is meant by what a list says of a place: a code with the name or the day beside it. No ORM, no request.

All 38 codes of today were codes before 1 July 2025 too, 17 of them of another unit, and 16 units of today bear the name of one
of their parts: neither a name alone nor any guess decides. A code whose readings lead to different units, a pair that stands in
neither list, and a name without a code are refused, and the sentence says what could be meant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.core.text import clean

MERGED_ON: Final = date(2025, 7, 1)
NEW, OLD = "new", "old"


class UnknownUnit(ValueError):
    """`str()` tells the person what the code, the name or the day could mean."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of an edition; `today` is the code of the unit into which it went, its own for one of today."""

    edition: str
    code: str
    name: str
    whole_name: str
    today: str

    def is_called(self, name: str) -> bool:
        return plain(name) in (plain(self.name), plain(self.whole_name))


def plain(name: str) -> str:
    return clean(name).casefold()


class Units:
    """Both editions, by code."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_code: dict[str, dict[str, Unit]] = {}
        for unit in units:
            self.by_code.setdefault(unit.code, {})[unit.edition] = unit

    def meant(self, code: str, name: str = "", on: date | None = None) -> str:
        """The code of the unit of today. The name beside the code says the edition; without one, the day does."""
        code = code.strip()
        if not code:
            raise UnknownUnit(
                f"Chỉ ghi tên “{name}” thì chưa đủ: tên cũ và tên mới trùng nhau. Ghi thêm mã xã, phường."
                if name
                else "Ghi mã xã, phường, ví dụ 03408."
            )
        digits = code.zfill(5) if code.isascii() and code.isdigit() else code
        readings = self.by_code.get(digits)
        if not readings:
            raise UnknownUnit(f"Mã {code} không có trong danh mục xã, phường của tỉnh, cũ và mới.")
        if name:
            return self._named(digits, readings, name)
        if on is not None:
            edition = OLD if on < MERGED_ON else NEW
            if edition not in readings:
                raise UnknownUnit(f"Ngày {on:%d/%m/%Y} chưa có hoặc không còn mã {digits}: {self.told(readings)}.")
            return readings[edition].today
        found = {unit.today for unit in readings.values()}
        if len(found) > 1 or _differ(readings):
            raise UnknownUnit(f"Mã {digits} có hai nghĩa: {self.told(readings)}. Ghi thêm tên hoặc ngày của địa chỉ.")
        return found.pop()

    def _named(self, code: str, readings: Mapping[str, Unit], name: str) -> str:
        for edition in (NEW, OLD):
            if edition in readings and readings[edition].is_called(name):
                return readings[edition].today
        raise UnknownUnit(f"Mã {code} không phải là “{name}”: {self.told(readings)}.")

    @staticmethod
    def told(readings: Mapping[str, Unit]) -> str:
        words = {OLD: "trước 01/7/2025 là", NEW: "từ 01/7/2025 là"}
        return ", ".join(
            f"{words[edition]} {readings[edition].whole_name}" for edition in (OLD, NEW) if edition in readings
        )


def _differ(readings: Mapping[str, Unit]) -> bool:
    """Two units that bear one code, not one that changed its kind or spelling."""
    return len({plain(unit.name) for unit in readings.values()}) > 1
