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
    """The thirty days run from the decision, whose own day is not counted, also where it was put up late."""
    first = max(decided_on, shown_from)
    return Notice(first, max(first, decided_on + timedelta(days=NOTICE_DAYS)), (first - decided_on).days)


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
    """Which reviews were held, and when the next is due.

    `met`: for each term that was met its day and the place, in the order of the reviews, of the one that met it.
    """

    met: tuple[tuple[date, int], ...]
    next: date


def reviews(first_issued_on: date, held: Sequence[date], law_from: date = date.min) -> Reviews:
    """The terms of Art. 53(1): three years from the grant, and so on. `held` are the days of the reviews, oldest first.

    A review counts for the term whose day is nearest, before it as after it, and for those before that were missed. So a second
    one soon after the first skips none, and one that comes late does not move the terms: they run from the grant (“kể từ ngày
    cấp”). That the nearest counts is the department's reading; the article only says every three years. Terms of an old
    certificate that ended before `law_from`, when the decree was no law yet, are nobody's duty under it and are passed over.
    """

    def day(term: int) -> date:
        return years_on(first_issued_on, REVIEW_YEARS * term)

    term = 1
    while day(term) < law_from:
        term += 1
    met = []
    for place, on in enumerate(held):
        while on - day(term - 1) > day(term) - on:
            met.append((day(term), place))
            term += 1
    return Reviews(tuple(met), day(term))
