"""What holds of a certificate on a day. Pure: no database, no clock."""

import re
from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from registry.core.text import fold

NOTICE_DAYS: Final = 30
"""A withdrawal or cancellation is public for at least so many days from the day of the decision: Art. 53(5)."""

REVIEW_YEARS: Final = 3
"""Every so many years from the grant the conditions are looked at again: Art. 53(1)."""


def number_key(number: str) -> str:
    """A certificate's number as it is compared: “45/ĐK-DNKHCN”, “ 45 / dk - dnkhcn ” and “045/ĐK–DNKHCN” are one."""
    plain = re.sub(r"[^0-9a-z]+", "-", fold(number)).strip("-")
    return re.sub(r"(?<![0-9a-z])0+(?=[0-9])", "", plain)


def status_on(day: date, *, first_issued_on: date, ended_on: date | None, ended_as: str) -> str:
    """“valid”, “withdrawn”, “cancelled”; “unknown” before it was first issued. `ended_as` counts from `ended_on` on."""
    if day < first_issued_on:
        return "unknown"
    return ended_as if ended_on is not None and day >= ended_on else "valid"


@dataclass(frozen=True, slots=True)
class Notice:
    """How long a withdrawal or cancellation is to be shown (Art. 53(5)), and by how many days it was put up late."""

    shown_from: date
    until: date
    shortfall: int


def notice(decided_on: date, shown_from: date) -> Notice:
    """Shown for the whole of the thirty days even when it came late; the day of the decision itself is not counted."""
    first = max(decided_on, shown_from)
    return Notice(first, first + timedelta(days=NOTICE_DAYS), (first - decided_on).days)


def years_on(day: date, years: int) -> date:
    """The same day and month some years on; of 29 February the 28th where the year has none."""
    year = day.year + years
    return (
        day.replace(year=year, day=28)
        if (day.month, day.day) == (2, 29) and not isleap(year)
        else day.replace(year=year)
    )


@dataclass(frozen=True, slots=True)
class Reviews:
    """When the conditions were due to be looked at, and when they are next.

    `due`: for each review that was held, in their order, the day that it met; None for one within a term that had had its own.
    """

    due: tuple[date | None, ...]
    next: date


def reviews(first_issued_on: date, held: Sequence[date], law_from: date = date.min) -> Reviews:
    """The terms of Art. 53(1): three years from the grant, and so on. `held` are the days of the reviews, oldest first.

    A review meets the oldest term that is open, before its day as after it; one held late does not move the terms, they run
    from the grant (“kể từ ngày cấp”). A second review before the day of the term just met meets none: the next term has not
    begun. Terms of an old certificate that ended before `law_from`, when the decree was no law yet, are nobody's duty under
    it and are passed over.
    """
    term = 1
    while years_on(first_issued_on, REVIEW_YEARS * term) < law_from:
        term += 1
    due: list[date | None] = []
    for day in held:
        has_begun = years_on(first_issued_on, REVIEW_YEARS * (term - 1)) <= day
        due.append(years_on(first_issued_on, REVIEW_YEARS * term) if has_begun else None)
        term += has_begun
    return Reviews(tuple(due), years_on(first_issued_on, REVIEW_YEARS * term))
