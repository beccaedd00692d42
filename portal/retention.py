"""What is removed when: rooms lend what can be removed, dated rules say after how long, one job does it and reports.

Decisions, events and submissions are never removed; the database refuses it.
"""

import logging
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from portal.models import RetentionReport, RetentionRule
from registry.core import clock

log = logging.getLogger("portal.retention")

BATCH: Final = 500

Remove = Callable[[datetime, int], int]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data. `remove` takes the moment before which it is too old, and at most how many; it says how many it removed.

    `since` is the event from which the time counts, `what` is what is removed and what stays, both for staff.
    """

    code: str
    label: str
    since: str
    what: str
    remove: Remove


_kinds: dict[str, Kind] = {}


def register(code: str, label: str, since: str, what: str, remove: Remove) -> None:
    """Called in portal/wiring.py. The same code again replaces it."""
    _kinds[code] = Kind(code, label, since, what, remove)


def kinds() -> tuple[Kind, ...]:
    return tuple(_kinds.values())


def label(code: str) -> str:
    return _kinds[code].label if code in _kinds else code


def rules_on(day: date) -> dict[str, RetentionRule]:
    """The rule in force on a day by kind: the newest, where two overlap."""
    in_force = Q(effective_from__lte=day) & (Q(effective_to=None) | Q(effective_to__gt=day))
    return {rule.code: rule for rule in RetentionRule.objects.filter(in_force).order_by("effective_from")}


def too_old(rule: RetentionRule, now: datetime) -> datetime | None:
    """What happened before this moment has been kept long enough; None where the rule is so long that nothing ever is."""
    if rule.is_too_long:
        return None
    if rule.unit == "d":
        return now - timedelta(days=rule.amount)
    months = now.year * 12 + now.month - 1 - rule.amount * (12 if rule.unit == "y" else 1)
    year, month = divmod(months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))


def run(now: datetime) -> dict[str, int]:
    """Once a day: remove what has been kept long enough, a batch a transaction; how many of each kind.

    Each kind that was done has a report of the day. One that fails stops no other, and is tried again with the next run.
    """
    day = clock.local(now).date()
    done = set(RetentionReport.objects.filter(day=day).values_list("code", flat=True))
    rules = rules_on(day)
    told: dict[str, int] = {}
    failed: list[str] = []
    for kind in kinds():
        if kind.code in rules and kind.code not in done:
            try:
                told[kind.code] = apply(kind, rules[kind.code], now)
            except Exception:  # one kind's failure is not the next one's
                log.exception("retention failed", extra={"kind": kind.code})
                failed.append(kind.code)
    if failed:
        raise RuntimeError(f"not removed: {', '.join(failed)}")
    return told


def apply(kind: Kind, rule: RetentionRule, now: datetime) -> int:
    """One kind, to its end. The report is written last: a run that broke off is made again, and finds less to do."""
    before, removed, batch = too_old(rule, now), 0, BATCH
    while before and batch == BATCH:
        with transaction.atomic():
            batch = kind.remove(before, BATCH)
        removed += batch
    RetentionReport.objects.create(code=kind.code, day=clock.local(now).date(), kept=rule.kept, removed=removed)
    return removed


def remove_reports(before: datetime, limit: int) -> int:
    old = RetentionReport.objects.filter(day__lt=before.date()).order_by("pk")[:limit]
    return RetentionReport.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]
