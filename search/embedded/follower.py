"""How the file follows `search_entry`: any number of processes may call `follow`, each change is taken over once."""

import sqlite3
import time
from collections.abc import Iterable
from datetime import date

from django.db import connection

from search.embedded import speller
from search.embedded.file import SearchFile, empty
from search.embedded.tokens import EVERY, code_token, facet_token, language_token
from search.models import Clock, SearchEntry
from search.normalise import code, sort_key, words

BATCH = 500
BREAK = "_"  # stands after the summary, the body and each number: no phrase reaches from one into the next
_PK_BITS = 32


def head() -> tuple[str, int]:
    """Which history the main database is in, and its last number."""
    row = Clock.objects.filter(pk=1).values_list("epoch", "seq").first()
    return (f"{row[0]}{_cluster()}", row[1]) if row else ("", 0)


_clusters: dict[str, str] = {}


def _cluster() -> str:
    """On PostgreSQL, what tells a database from its copy restored elsewhere; read once in a process."""
    if connection.vendor != "postgresql":
        return ""
    name = str(connection.settings_dict["NAME"])
    if name not in _clusters:
        with connection.cursor() as db:
            db.execute(
                "SELECT (SELECT system_identifier FROM pg_control_system()), oid FROM pg_database"
                " WHERE datname = current_database()"
            )
            _clusters[name] = ":" + ":".join(str(part) for part in db.fetchone())
    return _clusters[name]


def held(db: sqlite3.Connection) -> tuple[str, int]:
    epoch, seq = db.execute("SELECT epoch, seq FROM cursor").fetchone()
    return str(epoch), int(seq)


def follow(file: SearchFile, wait_ms: int = 20_000, seconds: float | None = None) -> int:
    """Take over what is numbered; returns how many changes. With `seconds` it stops between batches when they are over.

    Raises sqlite3.OperationalError if another process is writing for longer than `wait_ms`.
    """
    started, taken = time.monotonic(), 0
    while held(file.connection()) != head():
        with file.writing(wait_ms) as db:
            # The clock before the rows, and both under the lock: another process may have moved them meanwhile.
            epoch, top = head()
            held_epoch, at = held(db)
            if held_epoch != epoch or at > top:
                empty(db)
                at = 0
            changes = list(SearchEntry.objects.filter(seq__gt=at, seq__lte=top).order_by("seq")[:BATCH])
            _take_over(db, changes)
            reached = (changes[-1].seq or top) if len(changes) == BATCH else top
            db.execute("UPDATE cursor SET epoch = ?, seq = ?", (epoch, reached))
        taken += len(changes)
        if seconds is not None and time.monotonic() - started > seconds:
            break
    return taken


def ord_of(day: date, entry: int) -> int:
    """The place of an entry among all: by date, then by id."""
    return (day.toordinal() << _PK_BITS) | entry


def entry_of(place: int) -> int:
    return place & ((1 << _PK_BITS) - 1)


def _take_over(db: sqlite3.Connection, changes: Iterable[SearchEntry]) -> None:
    counts = speller.Counts()
    for entry in changes:
        old = db.execute("SELECT ord FROM doc WHERE entry = ?", (entry.pk,)).fetchone()
        if old:
            _remove(db, old[0], counts)
        if not entry.deleted:
            _add(db, entry, counts)
    counts.write(db)


def _remove(db: sqlite3.Connection, place: int, counts: speller.Counts) -> None:
    columns = db.execute("SELECT t, b, xt, xb, m FROM entry_text WHERE rowid = ?", (place,)).fetchone()
    counts.add(columns[4].split()[1], columns[:4], -1)
    for table, key in (("entry_text", "rowid"), ("doc", "ord"), ("facet", "ord"), ("window", "ord")):
        db.execute(f"DELETE FROM {table} WHERE {key} = ?", (place,))  # noqa: S608 (names of our own tables)


def _add(db: sqlite3.Connection, entry: SearchEntry, counts: speller.Counts) -> None:
    place = ord_of(entry.date, entry.pk)
    title = words(entry.title)
    plain: list[str] = []
    exact: list[str] = []
    for text in (entry.summary, entry.body, *entry.numbers):
        found = words(text)
        plain += [*(w.plain for w in found), BREAK]
        exact += [*(w.exact for w in found), BREAK]
    facets = {**entry.facets, "kind": [entry.kind]}
    values = [(group, value) for group, codes in facets.items() for value in codes]
    marks = [EVERY, language_token(entry.language)]
    marks += [facet_token(group, value) for group, value in values]
    marks += [code_token(code(given)) for given in entry.numbers]
    columns = (" ".join(w.plain for w in title), " ".join(plain), " ".join(w.exact for w in title), " ".join(exact))
    db.execute(
        "INSERT INTO entry_text(rowid, t, b, xt, xb, m) VALUES (?,?,?,?,?,?)", (place, *columns, " ".join(marks))
    )
    db.execute("INSERT INTO doc VALUES (?,?,?,?)", (place, entry.pk, entry.ref, sort_key(entry.title)))
    db.executemany("INSERT INTO facet VALUES (?,?,?)", [(place, group, value) for group, value in values])
    if entry.public_from or entry.public_until:
        opens = entry.public_from.timestamp() if entry.public_from else None
        closes = entry.public_until.timestamp() if entry.public_until else None
        db.execute("INSERT INTO window VALUES (?,?,?)", (place, opens, closes))
    counts.add(marks[1], columns, 1)
