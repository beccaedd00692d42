"""When a limit ends. Pure: the caller brings the calendar and the two settings.

Sources: Civil Code 2015, Art. 147(2)–(3) (the day of the event is not counted) and 148(5) (an end on a day off rolls
to the next working day; not compared with the text). Both are settings of the portal, shown with their source.
A calendar date ("trước ngày …") is no limit and does not roll.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal, NamedTuple

from registry.core import clock
from registry.core.calendar import Calendar

WORKING_DAY: Final = "wd"
DAY: Final = "d"
MAX_AMOUNT: Final = 3660
ONE_DAY: Final = timedelta(days=1)
_WRITTEN: Final = re.compile(r"([0-9]{1,6})\s*(wd|d)", re.IGNORECASE)


class NotALimit(ValueError):
    """The text or amount is no limit. Its text is a Vietnamese sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many working days ("wd") or days ("d"), at least one."""

    amount: int
    unit: Literal["wd", "d"]

    def __post_init__(self) -> None:
        if self.unit not in (WORKING_DAY, DAY):
            raise NotALimit(f"Đơn vị “{self.unit}” không có: dùng wd (ngày làm việc) hoặc d (ngày).")
        if not 1 <= self.amount <= MAX_AMOUNT:
            raise NotALimit(f"Thời hạn phải từ 1 đến {MAX_AMOUNT} ngày, ví dụ 3wd hoặc 15d.")

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @classmethod
    def parse(cls, text: str) -> "Limit":
        """`3wd` or `15d`. Raises NotALimit."""
        written = _WRITTEN.fullmatch(text.strip())
        if written is None:
            raise NotALimit(f"Không hiểu thời hạn “{text}”: viết 3wd (3 ngày làm việc) hoặc 15d (15 ngày).")
        unit: Literal["wd", "d"] = "wd" if written[2].lower() == WORKING_DAY else "d"
        return cls(int(written[1]), unit)


class Reason(StrEnum):
    """Why a step is counted or not."""

    EVENT = "event"
    WORKING = "working"
    MADE_UP = "made_up"
    STAFF_WORKED = "staff_worked"
    DAY = "day"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    STAFF_OFF = "staff_off"
    ROLL_WEEKEND = "roll_weekend"
    ROLL_HOLIDAY = "roll_holiday"
    ROLL_STAFF_OFF = "roll_staff_off"
    ROLL_END = "roll_end"


class Step(NamedTuple):
    date: date
    counted: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Due:
    """The last day, its last second, and every day on the way there."""

    on: date
    at: datetime
    steps: tuple[Step, ...]

    @property
    def rolled(self) -> bool:
        return bool(self.steps) and self.steps[-1].reason is Reason.ROLL_END


def due(
    start: date | datetime, limit: Limit, calendar: Calendar, *, count_event_day: bool = False, roll: bool = True
) -> Due:
    """When a limit that an event of `start` sets running ends.

    A date-time is taken as its day in the province. A limit in working days ends on one by itself; one in days that
    ends on a day off rolls to the next working day, unless `roll` is off.
    """
    event = clock.local(start).date() if isinstance(start, datetime) else start
    steps: list[Step] = []
    day = event
    if not count_event_day:
        steps.append(Step(event, False, Reason.EVENT))
        day += ONE_DAY
    left = limit.amount
    while True:
        step = _count(day, limit, calendar)
        steps.append(step)
        left -= step.counted
        if left == 0:
            break
        day += ONE_DAY
    if limit.unit == DAY and roll:
        day = _roll(day, calendar, steps)
    return Due(day, clock.end_of(day), tuple(steps))


def _count(day: date, limit: Limit, calendar: Calendar) -> Step:
    if limit.unit == DAY:
        return Step(day, True, Reason.DAY)
    return Step(day, not calendar.is_day_off(day), Reason(calendar.kind(day).value))


def _roll(day: date, calendar: Calendar, steps: list[Step]) -> date:
    """The next working day from `day` on; what it passes is added to the steps."""
    if not calendar.is_day_off(day):
        return day
    steps[-1] = Step(day, True, Reason(f"roll_{calendar.kind(day).value}"))
    while calendar.is_day_off(day := day + ONE_DAY):
        steps.append(Step(day, False, Reason(f"roll_{calendar.kind(day).value}")))
    steps.append(Step(day, False, Reason.ROLL_END))
    return day


def working_days_left(today: date, due_on: date, calendar: Calendar) -> int:
    """Working days after `today` up to the last day, that one included; 0 on the last day; negative once it is over.

    Overdue days are working days too: due on Friday, asked on Monday, gives -1. Due on Friday, asked on Saturday,
    gives 0 although it is over: compare the dates to know whether it is overdue.
    """
    first, last = sorted((today, due_on))
    days = (first + ONE_DAY * n for n in range(1, (last - first).days + 1))
    count = sum(not calendar.is_day_off(day) for day in days)
    return count if today <= due_on else -count
