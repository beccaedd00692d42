"""Letting the engines follow: the one at hand after each commit, all of them by a worker."""

import threading

from django.db import close_old_connections

from search import reports
from search.engine import followers
from search.numbering import number_all

PAUSE_SECONDS = 0.5
PAUSE_AFTER_ERROR_SECONDS = 3.0


def catch_up() -> int:
    """Number what is committed and let the engine at hand follow; returns how many changes it took over.

    Runs after each commit that changed an entry.
    """
    number_all()
    return followers()[0].follow()


def follow_all() -> dict[str, int]:
    """Number what a killed process left behind and let every engine follow; how many changes each took over, by name.

    One that cannot follow now leaves a report and holds up no other; -1 stands for it.
    """
    number_all()
    return {engine.name: reports.followed(engine) for engine in followers()}


def follow_until(stop: threading.Event) -> None:
    """Follow every engine, again and again. Whatever happens is reported and tried again; a killed worker loses nothing."""
    while not stop.is_set():
        close_old_connections()
        taken = follow_all()
        stop.wait(PAUSE_AFTER_ERROR_SECONDS if -1 in taken.values() else PAUSE_SECONDS)
