"""How the portal is: each check says in a plain sentence what it found and what to do. Nothing here changes anything.

A check never hangs: what it asks of others has LONGEST seconds. `manage.py doctor` and the page of the back office show the same,
but for what only the command can know (`visit.BY_HAND`).
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

log = logging.getLogger("portal.doctor")

Level = Literal["ok", "warn", "bad"]
LONGEST: Final = 3.0
WORST: Final[tuple[Level, ...]] = ("ok", "warn", "bad")
EXIT_CODES: Final[dict[Level, int]] = {"ok": 0, "warn": 1, "bad": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `advice` is what to do about it, empty where there is nothing to do."""

    level: Level
    sentence: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What was found in one part of the house."""

    code: str
    title: str
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        return worst(finding.level for finding in self.findings)


Check = Callable[[], Iterable[Finding]]


def well(sentence: str) -> Finding:
    return Finding("ok", sentence)


def graded(*, bad: bool, warn: bool) -> Level:
    return "bad" if bad else "warn" if warn else "ok"


def worst(levels: Iterable[Level]) -> Level:
    return max(levels, key=WORST.index, default="ok")


def look(code: str, title: str, check: Check) -> Part:
    """Run a check; one that breaks is itself a finding, and stops no other."""
    try:
        found = tuple(check())
    except Exception as failure:  # whatever is wrong with the machine, the others are still told
        log.exception("check failed", extra={"check": code})
        found = (Finding("bad", f"Không kiểm tra được ({type(failure).__name__}).", "Xem nhật ký của lệnh này."),)
    return Part(code, title, found)
