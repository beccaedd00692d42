"""How others read reports. Scope is in the query."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from registry.core import clock
from registry.core.percentiles import MEDIAN, nearest_rank
from registry.reports import subjects
from registry.reports.lifecycle import NEW, kinds_of
from registry.reports.models import Outcome, Report


def visible_to(user: Any) -> QuerySet[Report]:
    """The reports of those records that this person looks after."""
    return Report.objects.filter(kind__in=kinds_of(user))


def waiting(user: Any) -> QuerySet[Report]:
    """What waits for an answer, the oldest first."""
    return visible_to(user).filter(state=NEW.code).order_by("sent_at", "id")


def answered(user: Any) -> QuerySet[Report]:
    """What has been answered, the newest answer first."""
    return visible_to(user).exclude(state=NEW.code).select_related("answered_by").order_by("-answered_at", "-id")


@dataclass(frozen=True, slots=True)
class Figure:
    """One kind since a day: how many came, wait, were answered with which outcome, and the median days until then.

    `median_days` is the nearest-rank median (`registry.core.percentiles`) of whole days of the calendar, from the day of
    the report to the day of the answer; None while nothing was answered. Spam counts as an outcome, not as an answer.
    """

    label: str
    waiting: int
    outcomes: tuple[tuple[str, int], ...]
    median_days: int | None

    @property
    def answered(self) -> int:
        return sum(count for _label, count in self.outcomes)


UNTOLD = ""
OUTCOME_LABELS = {**dict(Outcome.choices), UNTOLD: "Không ghi kết quả"}


def figures(user: Any, since: datetime) -> list[Figure]:
    """For each kind that this person looks after: what waits now, and what was answered since. Two queries."""
    left = Counter(waiting(user).order_by().values_list("kind", flat=True))
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    days: dict[str, list[int]] = defaultdict(list)
    rows = visible_to(user).filter(answered_at__gte=since).order_by()
    for kind, outcome, sent_at, answered_at in rows.values_list("kind", "outcome", "sent_at", "answered_at"):
        outcomes[kind][outcome] += 1
        if outcome != Outcome.SPAM and answered_at is not None:
            days[kind].append((clock.local(answered_at).date() - clock.local(sent_at).date()).days)
    shown = [kind for kind in subjects.every() if kind.code in kinds_of(user)]
    return [
        Figure(
            kind.label,
            left[kind.code],
            tuple(
                (label, outcomes[kind.code][code])
                for code, label in OUTCOME_LABELS.items()
                if code or outcomes[kind.code][code]
            ),
            nearest_rank(days[kind.code], MEDIAN) if days[kind.code] else None,
        )
        for kind in shown
    ]
