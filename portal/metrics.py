"""Figures for a Prometheus of the machine's own network: what the workers counted, and how things stand now.

Each worker counts into files of its own in PORTAL_VAR/metrics, which prometheus_client adds up when asked (its
multi-process mode, see `portal.environment.share_metrics`). How things stand is read at that moment: from the database,
from the record the jobs leave, from /proc. Labels are routes, never addresses; nothing tells of a person.
"""

import ipaddress
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from notifications.selectors import waiting_mail
from portal import jobs
from registry.core import clock
from registry.dossiers.selectors import awaiting_answer
from search.reports import states

METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

# Without labels a figure would open its file in every process that imports this, also in those that serve nobody.
_requests = Counter(
    "portal_requests", "Answers by method, route and class of status", ["method", "route", "status"], registry=None
)
_durations = Histogram(
    "portal_request_seconds", "How long an answer took, by route", ["route"], buckets=SECONDS, registry=None
)
_page_cache = Counter(
    "portal_page_cache", "What the page cache of the workers did (off behind nginx)", ["outcome"], registry=None
)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    _requests.labels(method if method in METHODS else "other", route, f"{status // 100}xx").inc()
    _durations.labels(route).observe(seconds)


def count_page_cache(outcome: str) -> None:
    _page_cache.labels(outcome).inc()


def may_read(request: HttpRequest) -> bool:
    """Everybody the request says it comes from must stand in PORTAL_METRICS_FROM: the peer, and whom a proxy names."""
    named = request.headers.get("X-Forwarded-For", "")
    claimed = [request.META.get("REMOTE_ADDR", ""), *(named.split(",") if named else [])]
    return all(_is_near(address.strip()) for address in claimed)


def _is_near(address: str) -> bool:
    try:
        given = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(given in network for network in settings.METRICS_FROM)


def exposition() -> bytes:
    """All figures in the text form of Prometheus."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(settings.METRICS_DIR))
    registry.register(_Now())
    return generate_latest(registry)


def forget_dead_workers() -> None:
    """Called at a start: what workers counted that are no more. A counter that begins again is nothing new to Prometheus."""
    for file in settings.METRICS_DIR.glob("*.db"):
        process = re.search(r"_(\d+)\.db$", file.name)
        if process is None or not Path("/proc", process[1]).exists():
            file.unlink(missing_ok=True)


class _Now:
    """How things stand at the moment of the asking."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from _jobs()
        yield from _memory()
        try:
            found = [*_outbox(), *_dossiers(), *_search()]
        except DatabaseError:
            yield _gauge("portal_database_up", "1 while the database answers", 0)
            return
        yield _gauge("portal_database_up", "1 while the database answers", 1)
        yield from found


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=value)


def _labelled(name: str, told: str, label: str, values: Iterable[tuple[str, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, told, labels=[label])
    for who, value in values:
        family.add_metric([who], value)
    return family


def _outbox() -> Iterator[GaugeMetricFamily]:
    now = clock.now()
    waiting = waiting_mail(now)
    oldest = (now - waiting.oldest).total_seconds() if waiting.oldest else 0
    yield _gauge("portal_outbox_waiting", "Letters that are due and have not left", waiting.count)
    yield _gauge("portal_outbox_oldest_seconds", "For how long the oldest of them has been due", oldest)
    yield _gauge("portal_outbox_given_up", "Letters that will not be tried again", waiting.given_up)


def _dossiers() -> Iterator[GaugeMetricFamily]:
    overdue = awaiting_answer(clock.now()).order_by().count()
    yield _gauge("portal_dossiers_overdue", "Dossiers whose day of answer is over", overdue)


def _search() -> Iterator[GaugeMetricFamily]:
    found = [state.status for state in states()]
    lag = [(one.engine, float(one.lag)) for one in found]
    answers = [(one.engine, float(one.answers)) for one in found]
    yield _labelled("portal_search_lag", "Changes that an engine has not taken over", "engine", lag)
    yield _labelled("portal_search_answers", "1 while an engine answers", "engine", answers)
    unnumbered = max((one.pending_seconds for one in found), default=0)
    yield _gauge("portal_search_unnumbered_seconds", "For how long the oldest change waits for its number", unnumbered)


def _jobs() -> Iterator[GaugeMetricFamily]:
    done = jobs.last_runs()
    well = [(name, datetime.fromisoformat(one.well_at).timestamp()) for name, one in done.items() if one.well_at]
    bad = [(name, float(bool(one.error))) for name, one in done.items()]
    took = [(name, one.milliseconds / 1000) for name, one in done.items()]
    yield _labelled("portal_job_success_timestamp_seconds", "When a job last went well", "job", well)
    yield _labelled("portal_job_failing", "1 where the last run of a job failed", "job", bad)
    yield _labelled("portal_job_seconds", "How long the last run of a job took", "job", took)


def _memory() -> Iterator[GaugeMetricFamily]:
    """Of every process of this server: the parent's children are the workers (and the jobs, where they run beside)."""
    family = GaugeMetricFamily("portal_process_bytes", "Memory of the server's processes", labels=["process", "kind"])
    for number, process in enumerate(_siblings(), 1):
        for kind, size in memory_of(process).items():
            family.add_metric([str(number), kind], size)
    yield family


def _siblings() -> list[int]:
    parent = os.getppid()
    with suppress(OSError):
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return sorted({os.getpid(), *map(int, children)})
    return [os.getpid()]


def memory_of(process: int) -> dict[str, int]:
    """Bytes in memory: all of them, and those that are the process's own. Nothing where the system does not tell."""
    try:
        lines = dict(
            line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines() if ":" in line
        )
        return {
            kind: int(lines[key].split()[0]) * 1024 for kind, key in (("resident", "VmRSS"), ("private", "RssAnon"))
        }
    except (OSError, KeyError):
        return {}
