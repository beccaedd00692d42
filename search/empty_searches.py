"""What visitors looked for in vain: texts and numbers, nobody's name.

A visitor's search only adds to a count in the memory of its process. Half a minute later the process hands its counts over in a
file (search/spool.py), and a job of another process folds the files into `EmptySearch`. A killed process loses its last half minute.

A text is kept by its plain words, at most LONGEST characters. One that may be somebody's own is never counted: with an “@”, or with
nine digits or more, however they are parted (telephones, identity cards, tax codes). And only what was looked for at least AT_LEAST
times on one day reaches the database: one person's odd query does not. (The same person asking twice is not told apart from two:
nothing is kept that could.) What was seen once is remembered to the end of the next day as a keyed hash alone.
"""

import logging
import os
import threading
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils.crypto import salted_hmac

from search import clock
from search.engine import Query, Results
from search.models import EmptySearch
from search.normalise import clean, fold, words
from search.spool import Spool

log = logging.getLogger(__name__)

LONGEST = 60
MOST_DIGITS = 8
AT_LEAST = 2
KEPT_DAYS = 180
MOST_TEXTS = 300  # in the memory of one process
MOST_A_DAY = 500  # in the database
MOST_SEEN = 20_000  # hashes of what was seen once
HANDED_OVER_SECONDS = 30

Key = tuple[str, str, str]  # day, language, text


def wording(text: str) -> str:
    """A text as it is counted, or "" if it is not."""
    plain = " ".join(fold(clean(text)).split())
    if len(plain) > LONGEST or "@" in plain or sum(c.isdigit() for c in plain) > MOST_DIGITS or not words(plain):
        return ""
    return plain


def spool() -> Spool:
    return Spool(Path(settings.SEARCH_SPOOL))


class Tally:
    """The counts of one process. A timer runs only while something waits to be handed over."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[Key] = Counter()

    def add(self, key: Key) -> None:
        with self._lock:
            first = not self._counts
            if key in self._counts or len(self._counts) < MOST_TEXTS:
                self._counts[key] += 1
        if first:
            self._hand_over_later()

    def hand_over(self) -> None:
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            spool().put([[*key, times] for key, times in counts.items()])
        except OSError as error:
            log.warning("empty searches are not kept: %s", error)

    def _hand_over_later(self) -> None:
        timer = threading.Timer(HANDED_OVER_SECONDS, self.hand_over)
        timer.daemon = True
        try:
            timer.start()
        except RuntimeError:  # no thread to be had: the counts go, the visitor's page does not
            with self._lock:
                self._counts.clear()


tally = Tally()
os.register_at_fork(after_in_child=tally.forget)  # what the parent counted is the parent's to hand over


def note(query: Query, found: Results) -> None:
    """Count a visitor's search that found nothing although nothing narrowed it."""
    if found.count or query.kinds or query.filters or query.cursor:
        return
    text = wording(query.text)
    if text:
        tally.add((clock.now().date().isoformat(), query.language or "", text))


def fold_in(now: datetime) -> int:
    """The job: take over what the processes counted, and drop what is too old. Returns how many texts were counted."""
    counts: Counter[Key] = Counter()
    for handed_over in spool().take():
        for day, language, text, times in handed_over:
            counts[day, language, text] += times
    noted: dict[str, dict[str, int]] = spool().note() or {}
    seen = {day: dict(hashes) for day, hashes in noted.items()}
    counted = 0
    for day in sorted({day for day, _, _ in counts}):
        texts = Counter({(lang, text): n for (on, lang, text), n in counts.items() if on == day})
        with transaction.atomic():
            counted += _count(day, texts, seen.setdefault(day, {}))
    too_old: QuerySet = EmptySearch.objects.filter(day__lt=now.date() - timedelta(days=KEPT_DAYS))
    if too_old.exists():
        too_old.delete()
    yesterday = (now.date() - timedelta(days=1)).isoformat()
    recent = {day: hashes for day, hashes in seen.items() if day >= yesterday and hashes}
    if recent != noted:
        spool().keep_note(recent)
    return counted


def lately(today: date, days: int = 30, most: int = 100) -> list[dict[str, Any]]:
    """What was looked for in vain, most often first: text, language, total, and `days`: (day, times), the newest first."""
    recent: QuerySet = EmptySearch.objects.filter(day__gt=today - timedelta(days=days))
    sums = recent.values("text", "language").annotate(total=Sum("times")).order_by("-total", "text", "language")
    found = list(sums[:most])
    by_day: dict[tuple[str, str], list[tuple[date, int]]] = {(one["language"], one["text"]): [] for one in found}
    told = recent.filter(text__in=[one["text"] for one in found]).order_by("-day")
    for language, text, day, times in told.values_list("language", "text", "day", "times"):
        by_day.get((language, text), []).append((day, times))
    return [{**one, "days": by_day[one["language"], one["text"]]} for one in found]


def _count(day: str, texts: Counter[tuple[str, str]], seen: dict[str, int]) -> int:
    known = set(EmptySearch.objects.filter(day=day).order_by("pk").values_list("language", "text"))
    counted = 0
    for (language, text), times in texts.most_common():
        if (language, text) in known:
            EmptySearch.objects.filter(day=day, language=language, text=text).update(times=F("times") + times)
            counted += 1
            continue
        secret = salted_hmac("search.empty", f"{day} {language} {text}").hexdigest()[:20]
        total = seen.get(secret, 0) + times
        if total >= AT_LEAST and len(known) < MOST_A_DAY:
            EmptySearch.objects.create(day=day, language=language, text=text, times=total)
            known.add((language, text))
            seen.pop(secret, None)
            counted += 1
        elif secret in seen or len(seen) < MOST_SEEN:
            seen[secret] = total
    return counted
