"""How the file follows `search_entry`: any number of processes may call `follow`, each change is taken over once."""

import json
import sqlite3
import time
from collections.abc import Iterable

from search.embedded import cube, speller
from search.embedded.file import SearchFile, empty
from search.embedded.tokens import EVERY, code_token, facet_token
from search.engine import Progress
from search.models import SearchEntry
from search.numbering import head
from search.prepared import Prepared, line_of, ord_of

BATCH = 500


def held(db: sqlite3.Connection) -> tuple[str, int]:
    epoch, seq = db.execute("SELECT epoch, seq FROM cursor").fetchone()
    return str(epoch), int(seq)


def follow(
    file: SearchFile,
    wait_ms: int = 20_000,
    seconds: float | None = None,
    progress: Progress = lambda done, all_: None,
) -> int:
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
        progress(reached, top)
        if seconds is not None and time.monotonic() - started > seconds:
            break
    return taken


def _take_over(db: sqlite3.Connection, changes: Iterable[SearchEntry]) -> None:
    counts = speller.Counts()
    for entry in changes:
        old = db.execute("SELECT ord FROM doc WHERE entry = ?", (entry.pk,)).fetchone()
        if old:
            _remove(db, old[0], entry.language, counts)
        db.execute("DELETE FROM aside WHERE entry = ?", (entry.pk,))
        if entry.deleted:
            continue
        held = json.loads(line_of(entry))
        if held["live"]:
            _add(db, entry, held, counts)
        else:
            db.execute("INSERT INTO aside VALUES (?,?,?)", (entry.pk, entry.seq, held["aside"]))
    counts.write(db)


def forget(db: sqlite3.Connection, entries: Iterable[int]) -> None:
    """Take out what no entry stands behind; their words stay in the counts of the speller until the next rebuild."""
    for entry in entries:
        found = db.execute("SELECT ord FROM doc WHERE entry = ?", (entry,)).fetchone()
        if found:
            _remove(db, found[0], "", speller.Counts())
        db.execute("DELETE FROM aside WHERE entry = ?", (entry,))


def _remove(db: sqlite3.Connection, place: int, language: str, counts: speller.Counts) -> None:
    text = db.execute("SELECT t, b, xt, xb FROM entry_text WHERE rowid = ?", (place,)).fetchone()
    if text:
        counts.add(language, text, -1)
    for table, key in (("entry_text", "rowid"), ("doc", "ord"), ("cube", "ord"), ("window", "ord")):
        db.execute(f"DELETE FROM {table} WHERE {key} = ?", (place,))  # noqa: S608 (names of our own tables)


def _add(db: sqlite3.Connection, entry: SearchEntry, held: Prepared, counts: speller.Counts) -> None:
    place = ord_of(entry.date, entry.pk)
    marks = [EVERY]
    marks += [facet_token(group, value) for group, values in held["facets"].items() for value in values]
    marks += [code_token(code) for code in held["codes"]]
    columns = (held["t"], held["b"], held["xt"], held["xb"])
    db.execute(
        "INSERT INTO entry_text(rowid, t, b, xt, xb, m) VALUES (?,?,?,?,?,?)", (place, *columns, " ".join(marks))
    )
    db.execute("INSERT INTO doc VALUES (?,?,?,?,?)", (place, entry.pk, entry.seq, entry.ref, held["name_key"]))
    db.execute("INSERT INTO cube VALUES (?,?)", (place, cube.combination(db, held["facets"])))
    if held["opens"] is not None or held["closes"] is not None:
        db.execute("INSERT INTO window VALUES (?,?,?)", (place, held["opens"], held["closes"]))
    counts.add(entry.language, columns, 1)
