"""Which days the office works. Pure: the table that staff keep is handed in, the list of holidays comes from `holidays`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Protocol

import holidays


class DayKind(StrEnum):
    """What a day is, and so why it counts or does not."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    STAFF_OFF = "staff_off"  # off by the office's own table
    STAFF_WORKED = "staff_worked"  # a day off that is worked in exchange for another


OFF: frozenset[DayKind] = frozenset({DayKind.WEEKEND, DayKind.HOLIDAY, DayKind.STAFF_OFF})


class Calendar(Protocol):
    def kind(self, day: date) -> DayKind: ...

    def is_day_off(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """Saturday, Sunday and Vietnam's public holidays are off; `table` (date → is it off?) wins over both."""

    table: Mapping[date, bool] = field(default_factory=dict)

    def kind(self, day: date) -> DayKind:
        if day in self.table:
            return DayKind.STAFF_OFF if self.table[day] else DayKind.STAFF_WORKED
        if day.weekday() >= 5:
            return DayKind.WEEKEND
        return DayKind.HOLIDAY if day in public_holidays(day.year) else DayKind.WORKING

    def is_day_off(self, day: date) -> bool:
        return self.kind(day) in OFF


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """The holidays of a year and their Vietnamese names. Tết of a coming year is computed, not announced."""
    return dict(holidays.country_holidays("VN", years=year, language="vi"))
