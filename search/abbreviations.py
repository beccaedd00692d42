"""The abbreviations that staff keep, as a query reads them: whole words, with their capitals."""

import re
import time
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from search.models import Abbreviation
from search.normalise import nfc

SECONDS_KEPT = 3.0  # with the second that a page may be kept, an edit is in effect within five in every process


@dataclass(frozen=True)
class Abbreviations:
    """Short form → its long forms; `pattern` finds a short form that stands alone in a text."""

    longs: dict[str, tuple[str, str]] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None

    def long_forms(self, short: str, language: str | None) -> list[str]:
        """Vietnamese for Vietnamese entries; both for the others, which often keep the Vietnamese name."""
        vi, en = self.longs[short]
        return [form for form in ([vi] if language == "vi" else [en, vi]) if form]


def of(longs: dict[str, tuple[str, str]]) -> Abbreviations:
    if not longs:
        return Abbreviations()
    longest_first = sorted(longs, key=len, reverse=True)
    either = "|".join(re.escape(short) for short in longest_first)
    return Abbreviations(longs, re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])"))


_kept: tuple[float, Abbreviations] | None = None


def current() -> Abbreviations:
    global _kept
    kept = _kept  # another thread may forget it meanwhile
    if kept is None or time.monotonic() - kept[0] > SECONDS_KEPT:
        asked_at = time.monotonic()  # before the question: what is saved while it is answered is read the next time
        rows = Abbreviation.objects.filter(active=True).values_list("short", "long_vi", "long_en")
        kept = _kept = (asked_at, of({nfc(short): (vi, en) for short, vi, en in rows}))
    return kept[1]


def forget() -> None:
    """Read the list again at the next query: for the process that has just changed it."""
    global _kept
    _kept = None


def edited(**_: Any) -> None:
    """A row was saved or deleted: this process reads the list again as soon as that is committed."""
    transaction.on_commit(forget)
