"""What the portal does by itself when the time has come: each job once a run, one run at a time.

A job is a callable that takes the present moment, does what is due and returns what it did (a number, or numbers by
name). It must be safe to call again. Rooms lend their jobs in `portal.wiring`; they run in the order of lending.
"""

import fcntl
import json
import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from django.conf import settings

from art.files import write_whole
from portal.logging import run_id
from registry.core import clock

log = logging.getLogger("portal.jobs")

Work = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one job went. `error` is the name of what stopped it; empty when it went well."""

    job: str
    did: object
    milliseconds: int
    error: str = ""


class Busy(RuntimeError):
    """Another run is at work; what is due will be done by it or by the next one."""


_jobs: dict[str, Work] = {}


def register(name: str, work: Work) -> None:
    """Run `work` in every run from now on. The same name again replaces it."""
    _jobs[name] = work


def names() -> tuple[str, ...]:
    return tuple(_jobs)


def run(only: str = "") -> tuple[str, list[Outcome]]:
    """Do everything that is due by the portal's clock; one job that fails stops no other.

    Returns the run's id, which every line of its log carries, and how each job went. Raises Busy, and LookupError for
    a job nobody knows.
    """
    if only and only not in _jobs:
        raise LookupError(only)
    run = uuid.uuid4().hex[:12]
    with alone(), carrying(run):
        chosen = {only: _jobs[only]} if only else dict(_jobs)
        outcomes = [perform(name, work) for name, work in chosen.items()]
        _remember(outcomes)
        return run, outcomes


@contextmanager
def carrying(run: str) -> Iterator[None]:
    """Every line that is logged inside carries the run's id."""
    token = run_id.set(run)
    try:
        yield
    finally:
        run_id.reset(token)


def perform(name: str, work: Work) -> Outcome:
    begun = monotonic()
    did: object = None
    error = ""
    try:
        did = work(clock.now())
    except Exception as failure:  # one job's failure is not the next one's
        error = type(failure).__name__
        log.exception("job failed", extra={"job": name})
    took = round((monotonic() - begun) * 1000)
    if not error:
        log.info("job done", extra={"job": name, "did": did, "ms": took})
    return Outcome(name, did, took, error)


@dataclass(frozen=True, slots=True)
class Last:
    """When a job last ran, when it last went well ("" never), how long it took, and the name of what stopped it since."""

    at: str
    well_at: str
    milliseconds: int
    error: str


def last_runs() -> dict[str, Last]:
    """How each job went the last time, by name; a job that never ran is not in it."""
    try:
        return {name: Last(**told) for name, told in json.loads(_record().read_text()).items()}
    except (FileNotFoundError, ValueError, TypeError):
        return {}


def _remember(outcomes: list[Outcome]) -> None:
    """In a file, so that it is known too when the database is what failed."""
    now, before = clock.now().isoformat(timespec="seconds"), last_runs()
    for one in outcomes:
        well = now if not one.error else before[one.job].well_at if one.job in before else ""
        before[one.job] = Last(now, well, one.milliseconds, one.error)
    told = {name: asdict(last) for name, last in before.items() if name in _jobs}
    write_whole(_record(), json.dumps(told).encode())


def _record() -> Path:
    return Path(settings.VAR_DIR / "job-runs.json")


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock of the runs; it is the system's, so it falls when the process does."""
    with (settings.VAR_DIR / "run-jobs.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise Busy from taken
        yield
