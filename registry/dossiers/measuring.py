"""The department's figures, read from events: four queries for a procedure, whatever the number of its dossiers and limits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from registry.core import clock
from registry.core.calendar import OfficeCalendar
from registry.core.deadlines import Limit
from registry.core.models.history import Event
from registry.core.selectors import office_calendar, office_due
from registry.dossiers.lifecycle import SUBMITTED, WITHDRAWN
from registry.dossiers.models import Dossier, TimeLimit
from registry.dossiers.performance import Figures, Measured, Span, Unit, days_taken, figures_of
from registry.dossiers.procedure import Limited, Procedure

SUBJECT = Concat(Value(f"{Dossier._meta.label_lower}:"), Cast("pk", CharField()), output_field=CharField())


@dataclass(frozen=True, slots=True)
class Clock:
    """The department's clock from a submission until it stopped; `decided` when a decision stopped it, None while it runs."""

    started: datetime
    stopped: datetime | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What was measured of one limit of a procedure over a time: the days `since` and `until`, both included, and the limit
    of today. `limited` says what the department does within it; `of_several` whether the procedure has others beside it."""

    kind: Procedure
    limit: TimeLimit
    since: date
    until: date
    rows: tuple[Measured, ...]
    figures: Figures
    limited: Limited
    of_several: bool = False

    @property
    def query(self) -> str:
        """How an address names the limit; nothing where there is but one."""
        return f"han={self.limited.step}&" if self.of_several else ""

    @property
    def missed(self) -> int:
        """How many were answered, but not as promised."""
        return self.figures.answered - self.figures.kept


def year_before(day: date) -> date:
    """The first of the twelve months that end with `day`."""
    last = date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
    return date.fromordinal(last.toordinal() + 1)


def answering(kind: Procedure, state: str = SUBMITTED.code) -> frozenset[str]:
    """The acts that answer within a limit: those decisions that are taken while a dossier is in its state."""
    actions = kind.lifecycle.actions.values()
    return frozenset(a.code for a in actions if state in a.sources and a.target and a.code in kind.decision_forms)


def record(kind: Procedure, dossiers: QuerySet[Dossier] | None = None) -> Record | None:
    """The record of a procedure that has one limit; None where it has several (`records`), or nobody has set one."""
    found = records(kind, dossiers) if len(kind.limits) == 1 else []
    return found[0] if found else None


def records(kind: Procedure, dossiers: QuerySet[Dossier] | None = None) -> list[Record]:
    """The last twelve months of each limit of a procedure that somebody has set, of all dossiers or those given."""
    by_step: dict[str, list[TimeLimit]] = defaultdict(list)
    steps = [limited.step for limited in kind.limits.values()]
    for limit in TimeLimit.objects.filter(procedure=kind.code, step__in=steps).order_by("effective_from"):
        by_step[limit.step].append(limit)
    if not by_step:
        return []
    until = clock.today()
    since = year_before(until)
    begin = datetime.combine(since, time.min, clock.ZONE)
    calendar = office_calendar()
    told = list(_moves(kind, begin, Dossier.objects.all() if dossiers is None else dossiers))
    found = []
    for state, limited in kind.limits.items():
        if limits := by_step.get(limited.step):
            office, answers = Office(limits, until, calendar), answering(kind, state)
            rows = tuple(
                measured
                for pk, moves in told
                if (measured := _measure(pk, list(clocks_of(moves, answers, state)), office))
                and _counts(measured, begin)
            )
            several = len(kind.limits) > 1
            held = limit_on(limits, until)
            found.append(Record(kind, held, since, until, rows, figures_of(rows), limited, several))
    return found


def limit_on(limits: list[TimeLimit], day: date) -> TimeLimit:
    """The limit that held on a day; what is older than the first limit is measured by the first."""
    held = [one for one in limits if one.effective_from <= day and (one.effective_to is None or day < one.effective_to)]
    return held[-1] if held else limits[0]


def _unit(limit: TimeLimit) -> Unit:
    return "wd" if limit.unit == "wd" else "d"


def _day(moment: datetime) -> date:
    return clock.local(moment).date()


class Office:
    """The office's calendar and limits for one measuring; what was counted for a day once is not counted again."""

    def __init__(self, limits: list[TimeLimit], today: date, calendar: OfficeCalendar) -> None:
        self.limits, self.unit = limits, _unit(limit_on(limits, today))
        self.calendar = calendar
        self.due = cache(self._due)
        self.days = cache(self._days)

    def _due(self, started: date) -> datetime:
        """The last moment of the limit that was set running on that day."""
        limit = limit_on(self.limits, started)
        return office_due(started, Limit(limit.amount, _unit(limit)), self.calendar).at

    def _days(self, started: date, ended: date, paused: tuple[Span, ...] = ()) -> int:
        counted = settings.LIMIT_COUNTS_EVENT_DAY
        return days_taken(started, ended, self.unit, self.calendar, paused=paused, count_event_day=counted)


def _counts(measured: Measured, begin: datetime) -> bool:
    """Answered within the time, or open and late. What is open and in time says nothing yet."""
    return measured.ended >= begin if measured.ended else not measured.kept


def _moves(
    kind: Procedure, begin: datetime, dossiers: QuerySet[Dossier]
) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """What happened to every dossier of the procedure that was closed since, or is on the desk past its due moment; where
    there are several limits, to every open one: an earlier limit may be over while a later one runs."""
    late = Q(state__in=kind.limits, due_at__lt=clock.now())
    still_open = Q(closed_at=None, received_at__isnull=False) if len(kind.limits) > 1 else late
    asked = dossiers.filter(Q(closed_at__gte=begin) | still_open, procedure=kind.code).exclude(state=WITHDRAWN.code)
    names = asked.order_by().annotate(name=SUBJECT).values("name")
    moves = Event.objects.filter(subject__in=names).exclude(from_state=F("to_state")).order_by("at", "pk")
    told: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for subject, *move, at, data in moves.values_list("subject", "action", "from_state", "to_state", "at", "data"):
        received = data.get("received")
        told[subject].append((*move, datetime.fromisoformat(received) if received else at, at))
    for subject, rows in told.items():
        yield int(subject.rpartition(":")[2]), rows


def clocks_of(
    moves: Iterable[tuple[Any, ...]], answers: frozenset[str], state: str = SUBMITTED.code
) -> Iterator[Clock]:
    """From (action, from state, to state, when it holds from, moment) in order: the clock runs while a dossier is in the state.

    What was received elsewhere holds from its receipt, before the moment at which the portal learnt of it.
    """
    started: datetime | None = None
    for action, _before, after, since, at in moves:
        if after == state:
            started = since
        elif started is not None:
            yield Clock(started, at, action in answers)
            started = None
    if started is not None:
        yield Clock(started)


def _measure(pk: int, clocks: list[Clock], office: Office) -> Measured | None:
    """The dossier up to its answer, or as it is open now; None when neither (it waits for the applicant)."""
    end = next((n for n, one in enumerate(clocks, 1) if one.decided or one.stopped is None), 0)
    if not end:
        return None
    clocks = clocks[:end]
    last, now = clocks[-1], clock.now()
    ended = _day(last.stopped or now)
    pairs = zip(clocks, clocks[1:], strict=False)
    waits = tuple((_day(one.stopped), _day(other.started)) for one, other in pairs if one.stopped)
    return Measured(
        pk,
        last.started,
        last.stopped,
        office.days(_day(last.started), ended),
        office.days(_day(clocks[0].started), ended, waits),
        all((one.stopped or now) <= office.due(_day(one.started)) for one in clocks),
    )
