"""What staff are told of an engine that could not follow: the last error, kept for every process to read."""

import logging
import sqlite3
from dataclasses import asdict
from typing import Any

from search import clock
from search.engine import SearchEngine, Status, Unavailable, followers
from search.models import FollowerReport

log = logging.getLogger(__name__)


def followed(engine: SearchEngine) -> int:
    """Let an engine follow. Returns how many changes it took over, -1 if it could not; the table is written on a turn only."""
    try:
        taken = engine.follow()
    except (Unavailable, sqlite3.Error) as error:
        log.warning("%s cannot follow: %s", engine.name, error)
        FollowerReport.objects.update_or_create(
            engine=engine.name, defaults={"error": str(error)[:500], "at": clock.now(), "mended": False}
        )
        return -1
    standing = FollowerReport.objects.filter(engine=engine.name, mended=False)
    if standing.exists():
        standing.update(mended=True)
    return taken


def told() -> list[dict[str, Any]]:
    """The state of every engine as commands and the staff page tell it; the one that is asked first stands last."""
    reports = {report.engine: report for report in FollowerReport.objects.order_by("engine")}
    return [_told(engine.status(), reports.get(engine.name)) for engine in followers()]


def _told(status: Status, report: FollowerReport | None) -> dict[str, Any]:
    known = {"error": report.error, "at": report.at.isoformat(), "mended": report.mended} if report else None
    return {
        "engine": status.engine,
        "answers": status.answers,
        "epoch": status.epoch,
        "version": status.held,
        "clock": status.clock,
        "lag": status.lag,
        "pending": status.pending,
        "pending_seconds": status.pending_seconds,
        "entries": status.entries,
        "set_aside": [asdict(aside) for aside in status.set_aside],
        "last_error": status.last_error or (report.error if report and not report.mended else ""),
        "last_report": known,
    }
