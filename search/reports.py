"""What staff are told of an engine that could not follow: the last error, kept for every process to read."""

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from search import clock
from search.engine import SearchEngine, Status, Unavailable, followers
from search.models import FollowerReport

log = logging.getLogger(__name__)

NAMES = {"embedded": "Bộ máy nhúng", "elasticsearch": "Elasticsearch"}


@dataclass(frozen=True)
class State:
    """An engine as it is now, and the last time it could not follow, if there was one."""

    status: Status
    report: FollowerReport | None = None

    @property
    def name(self) -> str:
        return NAMES.get(self.status.engine, self.status.engine)

    @property
    def away_since(self) -> datetime | None:
        return self.report.since if self.report and not self.report.mended else None


@dataclass(frozen=True)
class Summary:
    """All engines in some plain sentences. `well`: there is nothing to do."""

    sentences: tuple[str, ...]
    well: bool


def followed(engine: SearchEngine) -> int:
    """Let an engine follow. Returns how many changes it took over, -1 if it could not; the table is written on a turn only."""
    try:
        taken = engine.follow()
    except (Unavailable, sqlite3.Error) as error:
        log.warning("%s cannot follow: %s", engine.name, error)
        _report(engine.name, str(error)[:500])
        return -1
    standing = FollowerReport.objects.filter(engine=engine.name, mended=False)
    if standing.exists():
        standing.update(mended=True)
    return taken


def states() -> list[State]:
    """Every engine; the one that is asked first stands last."""
    reports = {report.engine: report for report in FollowerReport.objects.order_by("engine")}
    return [State(engine.status(), reports.get(engine.name)) for engine in followers()]


def told() -> list[dict[str, Any]]:
    """The same as commands print it. What only the engine knows is None while it does not answer."""
    return [_told(state.status, state.report) for state in states()]


def summary(found: Sequence[State]) -> Summary:
    answering = [state for state in found if state.status.answers]
    sentences = []
    for state in found:
        if not state.status.answers:
            since = f" từ {_moment(state.away_since)}" if state.away_since else ""
            instead = f"{_inside(answering[-1].name)} đang trả lời thay" if answering else "khách chưa tìm được gì"
            sentences.append(f"{state.name} không trả lời{since}; {instead}.")
        elif state.status.lag:
            sentences.append(f"{state.name} còn chậm {state.status.lag} thay đổi.")
    if any(state.status.pending for state in found):
        sentences.append(f"{max(state.status.pending for state in found)} thay đổi chờ đánh số.")
    aside = {(one.kind, one.ref, one.language) for state in found for one in state.status.set_aside}
    if aside:
        sentences.append(f"{len(aside)} mục phải để riêng: khách không tìm thấy.")
    return Summary(tuple(sentences) or ("Mọi máy tìm kiếm đều theo kịp.",), well=not sentences)


def _report(engine: str, error: str) -> None:
    """`since` is the first failure of those that follow each other."""
    now = clock.now()
    fresh = {"error": error, "at": now, "since": now, "mended": False}
    report, new = FollowerReport.objects.get_or_create(engine=engine, defaults=fresh)
    if not new:
        if report.mended:
            report.since = now
        report.error, report.at, report.mended = error, now, False
        report.save()


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.now().tzinfo):%H:%M ngày %d/%m/%Y}"


def _inside(name: str) -> str:
    """A name of ours inside a sentence; a name of others keeps its capital."""
    return name[0].lower() + name[1:] if name == NAMES["embedded"] else name


def _told(status: Status, report: FollowerReport | None) -> dict[str, Any]:
    known = None
    if report:
        since, at = report.since.isoformat(), report.at.isoformat()
        known = {"error": report.error, "since": since, "at": at, "mended": report.mended}
    there = status.answers
    return {
        "engine": status.engine,
        "answers": status.answers,
        "epoch": status.epoch,
        "version": status.held if there else None,
        "clock": status.clock,
        "lag": status.lag if there else None,
        "pending": status.pending,
        "pending_seconds": status.pending_seconds,
        "entries": status.entries if there else None,
        "set_aside": [asdict(aside) for aside in status.set_aside] if there else None,
        "last_error": status.last_error or (report.error if report and not report.mended else ""),
        "last_report": known,
    }
