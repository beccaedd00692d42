"""What time it is for the portal. Nothing else asks the machine.

Every moment is aware and stands in Asia/Ho_Chi_Minh. `at` stops the clock for the code inside it (tests, and
`run_jobs --at`); it holds for the current thread or task only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")

_stopped: ContextVar[datetime | None] = ContextVar("stopped_clock", default=None)


def now() -> datetime:
    """The present moment, or the one at which `at` stopped the clock."""
    return _stopped.get() or datetime.now(ZONE)


def today() -> date:
    return now().date()


def local(moment: datetime) -> datetime:
    """The same moment in the province's zone; a naive one is taken as written there."""
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)


def end_of(day: date) -> datetime:
    """The last second of a day: what “until the end of the day” means everywhere in the portal."""
    return datetime.combine(day, time(23, 59, 59), ZONE)


@contextmanager
def at(moment: datetime | date | str) -> Iterator[datetime]:
    """Stop the clock at a moment: a date-time, an ISO text, or a date (its first second)."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.min)
    token = _stopped.set(local(moment))
    try:
        yield local(moment)
    finally:
        _stopped.reset(token)
