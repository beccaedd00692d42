"""The clock of a dossier in words: how much time is left, or by how much it is over."""

from dataclasses import dataclass
from datetime import datetime

from registry.core import clock
from registry.core.calendar import OfficeCalendar
from registry.core.deadlines import working_days_left
from registry.dossiers.lifecycle import SUPPLEMENT
from registry.dossiers.models import Dossier


@dataclass(frozen=True, slots=True)
class Countdown:
    """`tone` and `icon` as of a chip; `at` is the last moment, or when the dossier was closed."""

    words: str
    tone: str
    icon: str
    at: datetime | None


def countdown(dossier: Dossier, calendar: OfficeCalendar) -> Countdown:
    if dossier.due_at is not None:
        return running(dossier.due_at, calendar)
    if dossier.state == SUPPLEMENT.code:
        return Countdown("chờ người nộp, không tính hạn", "", "pause", None)
    return Countdown("đã xong", "", "check", dossier.closed_at)


def running(due_at: datetime, calendar: OfficeCalendar) -> Countdown:
    days = working_days_left(clock.today(), clock.local(due_at).date(), calendar)
    if due_at < clock.now():
        words = f"quá hạn {-days} ngày làm việc" if days else "vừa quá hạn"
        return Countdown(words, "bad", "clock-alert", due_at)
    if days == 0:
        return Countdown("hạn hôm nay", "warn", "clock-alert", due_at)
    return Countdown(f"còn {days} ngày làm việc", "warn" if days == 1 else "", "clock", due_at)
