"""Days and hours of the demo's history: on the office's working days, never later than now."""

import hashlib
from datetime import date, datetime, time, timedelta

from registry.core import clock
from registry.core.selectors import office_calendar


def minute_of(key: str, first: int, last: int) -> time:
    """An hour of the day between two full hours, the same for a key in every run."""
    spread = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % ((last - first) * 60)
    return time(first + spread // 60, spread % 60)


def working_day(day: date, *, back: int = 0) -> date:
    """The working day on or before `day`, and `back` working days before that."""
    calendar = office_calendar()
    while calendar.is_day_off(day):
        day -= timedelta(days=1)
    for _ in range(back):
        day -= timedelta(days=1)
        while calendar.is_day_off(day):
            day -= timedelta(days=1)
    return day


def office_hour(key: str, day: date) -> datetime:
    return datetime.combine(day, minute_of(key, 8, 11), clock.ZONE)


def afternoon(key: str, day: date) -> datetime:
    return datetime.combine(day, minute_of(key, 14, 17), clock.ZONE)


def evening(key: str, day: date) -> datetime:
    """When founders write: after work."""
    return datetime.combine(day, minute_of(key, 19, 22), clock.ZONE)
