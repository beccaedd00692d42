"""The default engine: SQLite FTS5 in a file of its own, no server."""

import logging
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from search import abbreviations, clock, correction, cursors
from search import hits as texts
from search.embedded import cube, follower, match, speller
from search.embedded.file import SearchFile
from search.engine import (
    MATCH_LIMIT,
    Counts,
    Differences,
    FacetValue,
    Progress,
    Query,
    Results,
    Status,
    Suggestion,
    in_order,
)
from search.normalise import Word
from search.numbering import head, pending
from search.plan import Plan, make_plan
from search.prepared import entry_of

log = logging.getLogger(__name__)

VISITOR_WAITS_MS = 800  # for another process that is writing
VISITOR_FOLLOWS_SECONDS = 0.8
WORKER_WAITS_MS = 20_000

Ranked = tuple[int | str, int]  # tier (or name key), ord

_OPEN = "{} NOT IN (SELECT ord FROM window WHERE opens > ? OR closes <= ?)"


@dataclass(frozen=True)
class _Search:
    """One query against one state of the file."""

    file: SearchFile
    db: sqlite3.Connection
    query: Query
    plan: Plan
    at: datetime

    @cached_property
    def counts(self) -> Counts:
        """Every count that the answer needs, from one reading of the matches."""
        groups = self.query.groups
        language = None if "language" in self.query.facets else self.query.language
        if self.plan.blank and language is None:
            sql = f"SELECT combination FROM cube WHERE {_OPEN.format('ord')}"  # noqa: S608 (a constant)
            rows = self.db.execute(sql, self._moment)
        else:
            sql = (
                "SELECT combination FROM entry_text JOIN cube ON cube.ord = entry_text.rowid"  # noqa: S608 (constants)
                f" WHERE entry_text MATCH ? AND {_OPEN.format('entry_text.rowid')}"
            )
            rows = self.db.execute(
                sql, (self._narrowed(match.filters({"language": (language,)} if language else {})), *self._moment)
            )
        matches = [place for (place,) in rows]
        return cube.count(matches, self.file.meaning(self.db), groups, self.query.facets)

    def a_few(self) -> int:
        """Matches in the language, whatever else is chosen; counted as far as correction.FEW."""
        language = {"language": self.query.groups["language"]} if "language" in self.query.groups else {}
        sql = (
            "SELECT count(*) FROM (SELECT 1 FROM entry_text WHERE entry_text MATCH ?"  # noqa: S608 (a constant)
            f" AND {_OPEN.format('rowid')} LIMIT ?)"
        )
        given = (self._narrowed(match.filters(language)), *self._moment, correction.FEW)
        return int(self.db.execute(sql, given).fetchone()[0])

    @property
    def _moment(self) -> tuple[int, int]:
        now = round(self.at.timestamp() * 1000)
        return now, now

    def _narrowed(self, filter_: str) -> str:
        return match.both(match.anywhere(self.plan), filter_)

    @cached_property
    def _filter(self) -> str:
        return match.filters(self.query.groups)

    def page(self, after: Ranked | None, size: int) -> list[Ranked]:
        if self.query.sort == "name":
            return self._by_name(after, size)
        tiers = match.everything(self.plan) if self.query.sort == "newest" else match.tiers(self.plan)
        return (
            self.by_tier(tiers, size, self.counts.total) if after is None else self._by_tier_after(tiers, after, size)
        )

    def by_tier(self, tiers: list[match.Tier], size: int, most: int | None = None) -> list[Ranked]:
        """The first page. A tier is asked for only when the earlier ones were read to their end, so what they hold is known
        here, and the index need not be asked to leave it out, which costs it more than all else. `most`: how many there are.
        """
        found: dict[int, int] = {}
        for tier in tiers:
            for place in self._places(tier.holds, 1 << 62, size):
                if len(found) < size:
                    found.setdefault(place, tier.number)
            if len(found) >= (size if most is None else min(size, most)):
                break
        return [(number, place) for place, number in found.items()]

    def _by_tier_after(self, tiers: list[match.Tier], after: Ranked, size: int) -> list[Ranked]:
        found: list[Ranked] = []
        for tier in tiers:
            if tier.number < int(after[0]):
                continue
            below = after[1] if tier.number == after[0] else 1 << 62
            found += [(tier.number, place) for place in self._places(tier.apart, below, size - len(found))]
            if len(found) >= size:
                break
        return found

    def _places(self, expression: str, below: int, size: int) -> list[int]:
        sql = (
            "SELECT rowid FROM entry_text WHERE entry_text MATCH ? AND rowid < ?"  # noqa: S608 (a constant)
            f" AND {_OPEN.format('rowid')} ORDER BY rowid DESC LIMIT ?"
        )
        given = (match.both(expression, self._filter), below, *self._moment, size)
        return [place for (place,) in self.db.execute(sql, given)]

    def _by_name(self, after: Ranked | None, size: int) -> list[Ranked]:
        sql = (
            "SELECT doc.name_key, doc.ord FROM entry_text JOIN doc ON doc.ord = entry_text.rowid"  # noqa: S608 (a constant)
            f" WHERE entry_text MATCH ? AND (doc.name_key, doc.ord) > (?, ?) AND {_OPEN.format('entry_text.rowid')}"
            " ORDER BY doc.name_key, doc.ord LIMIT ?"
        )
        return self.db.execute(sql, (self._narrowed(self._filter), *(after or ("", 0)), *self._moment, size)).fetchall()

    def facets(self) -> dict[str, tuple[FacetValue, ...]]:
        """Counts by group, the most frequent value first; a chosen value stands there even without a match."""
        return in_order(self.counts.groups, self.query)


class EmbeddedEngine:
    name = "embedded"

    def __init__(self, path: str) -> None:
        self.file = SearchFile(path)
        self._last_error = ""

    def search(self, query: Query) -> Results:
        started = time.perf_counter()
        position = cursors.read(query)
        self._follow_as_visitor()
        at = query.at or clock.now()
        with self.file.reading() as db:
            search = self._read(db, query, at)
            if search.plan.empty:
                return Results(0, (), dict.fromkeys(query.facets, ()), "", "", self.name, _ms(started))
            total = search.counts.total
            ranked = search.page(position[:2] if position else None, query.size + 1) if query.size else []
            facets, without = search.facets(), search.counts.without
        meant = self._did_you_mean(search) if not position else ""
        page, before = ranked[: query.size], position[2] if position else 0
        more = len(ranked) > query.size
        next_cursor = cursors.write(query, (*page[-1], before + len(page))) if more else ""
        tiers = [(entry_of(place), rank if isinstance(rank, int) else 5) for rank, place in page]
        hits = texts.hits(tiers, search.plan, at)
        return Results(
            count=total,
            hits=hits,
            facets=facets,
            next_cursor=next_cursor,
            did_you_mean=meant,
            engine=self.name,
            took_ms=_ms(started),
            before=before,
            truncated=search.plan.truncated,
            without=without,
            plan=search.plan,
        )

    def refs(self, query: Query, limit: int = MATCH_LIMIT) -> list[str]:
        self._follow_as_visitor()
        with self.file.reading() as db:
            search = self._read(db, query, query.at or clock.now())
            if search.plan.empty:
                return []
            places = [place for _, place in search.page(None, limit)]
            found = (db.execute("SELECT ref FROM doc WHERE ord = ?", (place,)).fetchone() for place in places)
            return list(dict.fromkeys(row[0] for row in found))

    def suggest(self, text: str, *, language: str, kinds: tuple[str, ...] = (), limit: int = 8) -> list[Suggestion]:
        self._follow_as_visitor()
        at = clock.now()
        plan = make_plan(text, language, abbreviations.current())
        if not plan.groups:
            return []
        plan = plan.opened() if plan.can_open else plan
        with self.file.reading() as db:
            search = _Search(self.file, db, Query(text, kinds, language), plan, at)
            ranked = search.by_tier(match.suggestion_tiers(plan), limit)
        return texts.suggestions([entry_of(place) for _, place in ranked], plan, at)

    def follow(self) -> int:
        try:
            return self._follow()
        except sqlite3.Error as error:
            self._last_error = str(error)
            raise

    def rebuild(self, progress: Progress = lambda done, all_: None) -> int:
        fresh = self.file.fresh()
        built = follower.follow(fresh, progress=progress)
        self.file.put_in_place(fresh)
        return built + follower.follow(self.file)

    def check(self) -> Differences:
        """An entry without its text is missing: nobody finds it."""
        self._follow()
        db = self.file.connection()
        sql = (
            "SELECT entry, seq FROM doc JOIN entry_text_docsize ON entry_text_docsize.id = doc.ord"
            " UNION ALL SELECT entry, seq FROM aside"
        )
        return Differences.between(dict(db.execute(sql)))

    def forget(self, entries: Sequence[int]) -> None:
        with self.file.writing(WORKER_WAITS_MS) as db:
            follower.forget(db, entries)

    def status(self) -> Status:
        epoch, top = head()
        waiting, seconds = pending()
        try:
            db = self.file.connection()
            held_epoch, at = follower.held(db)
            entries = int(db.execute("SELECT count(*) FROM doc").fetchone()[0])
            asides = texts.asides(dict(db.execute("SELECT entry, reason FROM aside ORDER BY entry LIMIT 100")))
        except sqlite3.Error as error:
            return Status(self.name, epoch, 0, top, top, waiting, seconds, 0, (), str(error), answers=False)
        held = at if held_epoch == epoch else 0
        return Status(self.name, epoch, held, top, top - held, waiting, seconds, entries, asides, self._last_error)

    def corrections(self, language: str, typed: Sequence[Word], found: int) -> list[str]:
        with self.file.reading() as db:
            return list(speller.corrections(db, language, typed, found))

    def _follow_as_visitor(self) -> None:
        """A visitor takes over what other processes wrote, but waits for nobody: then the file answers as it stands."""
        try:
            self._follow(VISITOR_WAITS_MS, VISITOR_FOLLOWS_SECONDS)
        except sqlite3.OperationalError as error:
            self._last_error = str(error)
            log.warning("the search file answers as it stands: %s", error)

    def _follow(self, wait_ms: int = WORKER_WAITS_MS, seconds: float | None = None) -> int:
        """Take over what is numbered. A damaged file is built anew by whoever notices: it is only a copy."""
        try:
            return follower.follow(self.file, wait_ms, seconds)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            self._last_error = str(error)
            log.error("the search file is damaged and built anew: %s", error)
            self.file.discard()
            return follower.follow(self.file, wait_ms, seconds)

    def _read(self, db: sqlite3.Connection, query: Query, at: datetime) -> _Search:
        """The query as it is read here: if no entry holds its words, the last one is taken as the beginning of a word."""
        search = _Search(self.file, db, query, make_plan(query.text, query.language, abbreviations.current()), at)
        if search.plan.can_open and not search.counts.spoken:
            return _Search(self.file, db, query, search.plan.opened(), at)
        return search

    def _did_you_mean(self, search: _Search) -> str:
        def counts(plans: Sequence[Plan]) -> Iterator[int]:
            return (replace(search, plan=plan).a_few() for plan in plans)

        return correction.did_you_mean(search.plan, search.query.language, search.counts.spoken, self, counts)


def _ms(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
