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


def next_review(first_issued_on: date, maintained: Sequence[date], law_from: date = date.min) -> date:
    """When the conditions are to be looked at next: three years from the grant, and so on, past every review that was held.

    A review held before its day counts for the nearest term that it precedes; one held late does not move the terms, they run
    from the grant (“kể từ ngày cấp”). Terms of an old certificate that ended before `law_from`, when the decree was no law
    yet, are nobody's duty under it and are passed over.
    """
    first = 1
    while years_on(first_issued_on, REVIEW_YEARS * first) < law_from:
        first += 1
    return years_on(first_issued_on, REVIEW_YEARS * (first + len(maintained)))
