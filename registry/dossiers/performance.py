"""How long the department takes to answer, and whether it keeps its promise. Pure: the caller brings moments and calendar.

What counts. A dossier is measured from the moment the clock that ended in the decision began (its submission, or the
resubmission after a supplement: the clock then starts afresh) to the decision. Time in which the department waits for the
applicant does not count. What the applicant withdrew is left out. The promise is kept when *every* clock of the dossier
stopped in time, those too that ended in a request for a supplement; what is open past its limit counts as not kept.

Days are counted as the limit counts them (`registry.core.deadlines`): the day of the event not, unless the setting says so.
Median and 90th percentile are nearest-rank (`registry.core.percentiles`): always a number of days that some dossier took.
Fewer than ENOUGH answers give neither percentile nor share, only their number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from registry.core.calendar import Calendar
from registry.core.deadlines import ONE_DAY, WORKING_DAY
from registry.core.percentiles import MEDIAN, NINE_IN_TEN, nearest_rank

ENOUGH: Final = 5
Unit = Literal["wd", "d"]
Span = tuple[date, date]


def days_taken(
    started: date,
    ended: date,
    unit: Unit,
    calendar: Calendar,
    *,
    paused: Sequence[Span] = (),
    count_event_day: bool = False,
) -> int:
    """Whole days from `started` to `ended` in the unit of the limit: 0 when the answer came on that very day.

    Of a pause the days after its first up to its last, that one included, are left out.
    """
    day, count = started if count_event_day else started + ONE_DAY, 0
    while day <= ended:
        works = unit != WORKING_DAY or not calendar.is_day_off(day)
        count += works and not any(begun < day <= over for begun, over in paused)
        day += ONE_DAY
    return count


@dataclass(frozen=True, slots=True)
class Measured:
    """One dossier that was answered (`ended`), or that is open past its limit.

    `days` are those of the clock that ended in the answer, `days_in_all` those of all its clocks. Of an open one both run
    to the moment of measuring.
    """

    dossier_id: int
    started: datetime
    ended: datetime | None
    days: int
    days_in_all: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """`answered` dossiers, `kept` of them as promised, `overdue` open past their limit.

    `median` and `nine_in_ten` are days of the answered, `share` the whole percent of all that were answered or are overdue
    in which the promise was kept, rounded down so that 100 means all. None where fewer than ENOUGH were answered.
    """

    answered: int
    kept: int
    overdue: int
    median: int | None
    nine_in_ten: int | None
    share: int | None


def figures_of(rows: Iterable[Measured]) -> Figures:
    measured = list(rows)
    answered = [row for row in measured if row.ended is not None]
    kept, overdue = sum(row.kept for row in answered), len(measured) - len(answered)
    if len(answered) < ENOUGH:
        return Figures(len(answered), kept, overdue, None, None, None)
    days = [row.days for row in answered]
    share = 100 * kept // len(measured)
    return Figures(len(answered), kept, overdue, nearest_rank(days, MEDIAN), nearest_rank(days, NINE_IN_TEN), share)
