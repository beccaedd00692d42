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
    MADE_UP = "made_up"  # a Saturday that the whole country works in exchange for a day off
    STAFF_OFF = "staff_off"  # off by the office's own table
    STAFF_WORKED = "staff_worked"  # worked by the office's own table


OFF: frozenset[DayKind] = frozenset({DayKind.WEEKEND, DayKind.HOLIDAY, DayKind.STAFF_OFF})


class Calendar(Protocol):
    def kind(self, day: date) -> DayKind: ...

    def is_day_off(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """Off are Saturday and Sunday, unless the country makes up for another day then, and the public holidays.

    `table` (date → is it off?) wins over all of them.
    """

    table: Mapping[date, bool] = field(default_factory=dict)

    def kind(self, day: date) -> DayKind:
        if day in self.table:
            return DayKind.STAFF_OFF if self.table[day] else DayKind.STAFF_WORKED
        if day.weekday() >= 5:
            return DayKind.MADE_UP if day in made_up_days(day.year) else DayKind.WEEKEND
        return DayKind.HOLIDAY if day in public_holidays(day.year) else DayKind.WORKING

    def is_day_off(self, day: date) -> bool:
        return self.kind(day) in OFF


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """The holidays of a year and their Vietnamese names. Tết of a coming year is computed, not announced."""
    return dict(holidays.country_holidays("VN", years=year, language="vi"))


@cache
def made_up_days(year: int) -> frozenset[date]:
    """The weekend days of a year that are worked in exchange for a day off, also for one of the next year."""
    near = holidays.country_holidays("VN", years=range(max(year - 1, 1), min(year + 1, 9999) + 1))
    return frozenset(day for day in near.weekend_workdays if day.year == year)
