"""When a confirmation falls due and when its people are reminded. Pure: dates in, dates out."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

REMIND_BEFORE: Final = (60, 30, 7, 1)
"""Days before the due date on which the people of a startup are told, the earliest first."""


@dataclass(frozen=True, slots=True)
class Term:
    """For so many months a confirmation holds, if it was given from `first` until before `end` (empty: still)."""

    months: int
    first: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; where that month has no such day, its last one.

    As a term in months or years is counted (Civil Code 2015, Art. 148(3)-(4)): 29 February and a year give 28 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_after(confirmed_on: date, terms: Iterable[Term]) -> date | None:
    """The last day on which the next confirmation is in time, by the newest term that covers the day; None without one."""
    covering = [term for term in terms if term.covers(confirmed_on)]
    return months_after(confirmed_on, max(covering, key=lambda term: term.first).months) if covering else None


def reminder_days(confirmed_on: date, due_on: date, today: date) -> tuple[int, ...]:
    """Which reminders of a cycle are due by today, the earliest first; never one of the day it began, or before."""
    return tuple(days for days in REMIND_BEFORE if confirmed_on < due_on - timedelta(days=days) <= today)
