"""The file of the embedded engine: its tables, and a connection for each thread of each process."""

import contextlib
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from search import normalise
from search.embedded.cube import Meaning

# The stored form of an entry: bump when the tables below or what is written into them changes.
VERSION = 1000 * normalise.VERSION + 2

# `entry_text`: t, b the plain words of title and body; xt, xb their exact keys; m what is not text: "_e", language, facets, codes.
# Plain words hold no "_", all else does, so no column filter is needed to keep them apart. rowid = doc.ord.
# `aside`: entries that cannot be held, and why. `cube` stands apart from `doc` so that counting reads few bytes.
_TABLES = """
CREATE TABLE cursor(one INTEGER PRIMARY KEY CHECK (one = 1), epoch TEXT NOT NULL, seq INTEGER NOT NULL);
INSERT INTO cursor VALUES (1, '', 0);
CREATE TABLE doc(ord INTEGER PRIMARY KEY, entry INTEGER NOT NULL UNIQUE, seq INTEGER NOT NULL, ref TEXT NOT NULL,
  name_key TEXT NOT NULL);
CREATE INDEX doc_by_name ON doc(name_key, ord);
CREATE TABLE aside(entry INTEGER PRIMARY KEY, seq INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE TABLE cube(ord INTEGER PRIMARY KEY, combination INTEGER NOT NULL);
CREATE TABLE combination(id INTEGER PRIMARY KEY, facets TEXT NOT NULL UNIQUE);
CREATE TABLE window(ord INTEGER PRIMARY KEY, opens INTEGER, closes INTEGER);
CREATE VIRTUAL TABLE entry_text USING fts5(t, b, xt, xb, m, tokenize="ascii tokenchars '_'");
CREATE TABLE word(language TEXT, w TEXT, x TEXT, n INTEGER, PRIMARY KEY (language, w, x)) WITHOUT ROWID;
CREATE TABLE pair(language TEXT, a TEXT, b TEXT, xa TEXT, xb TEXT, n INTEGER,
  PRIMARY KEY (language, a, b, xa, xb)) WITHOUT ROWID;
"""
_NAMES = ("cursor", "doc", "aside", "cube", "combination", "window", "entry_text", "word", "pair")


class SearchFile:
    """A copy that any number of threads and processes read and write.

    `path` is a link to the file that holds it, whose name is never used again: SQLite names its journal after the file, so a
    file under a name that others still have open would take theirs for its own.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._local = threading.local()
        self._known = ((0, 0), Meaning())
        self._learning = threading.Lock()

    def connection(self) -> sqlite3.Connection:
        """This thread's connection; a new one after a fork, or when another file was put in place."""
        kept = getattr(self._local, "kept", None)
        if kept is not None and kept[:2] == (os.getpid(), self._inode()):
            return kept[2]
        if kept is not None and kept[0] == os.getpid():
            kept[2].close()
        db = self._open()
        self._local.kept = (os.getpid(), self._inode(), db)
        return db

    def close(self) -> None:
        kept = getattr(self._local, "kept", None)
        if kept is not None:
            kept[2].close()
            self._local.kept = None

    @contextlib.contextmanager
    def writing(self, wait_ms: int) -> Iterator[sqlite3.Connection]:
        """The only writer while it lasts. Raises sqlite3.OperationalError if another one is still at it after `wait_ms`."""
        db = self.connection()
        db.execute(f"PRAGMA busy_timeout = {int(wait_ms)}")
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One state of the file, however many queries are asked and whatever others write meanwhile."""
        db = self.connection()
        db.execute("BEGIN")
        try:
            yield db
        finally:
            db.execute("ROLLBACK")

    def meaning(self, db: sqlite3.Connection) -> Meaning:
        """What the combinations mean, remembered: they are only added, and numbered anew only with new tables."""
        tables = (self._inode(), int(db.execute("PRAGMA schema_version").fetchone()[0]))
        with self._learning:
            if self._known[0] != tables:
                self._known = (tables, Meaning())
            known = self._known[1]
            known.learn(db.execute("SELECT id, facets FROM combination WHERE id > ? ORDER BY id", (known.last,)))
        return known

    def fresh(self) -> "SearchFile":
        """An empty copy beside this one, to be built and put in its place."""
        data = self.path.with_name(f"{self.path.stem}-{secrets.token_hex(4)}{self.path.suffix}")
        _prepared(data).close()
        return SearchFile(data)

    def put_in_place(self, built: "SearchFile") -> None:
        """Let `built` be this copy from now on. Whoever still reads the old one ends in peace and then opens the new one."""
        built.close()
        old = self.path.resolve()
        link = self.path.with_name(f"{built.path.name}.link")
        link.symlink_to(built.path.name)
        link.replace(self.path)
        _unlink(old)

    def discard(self) -> None:
        """Throw a damaged copy away. Other processes notice and open the new one."""
        self.close()
        self.put_in_place(self.fresh())

    def remove(self) -> None:
        """Remove every trace of the copy; nobody may be using it."""
        self.close()
        for data in self.path.parent.glob(f"{self.path.stem}-*{self.path.suffix}"):
            _unlink(data)
        _unlink(self.path)

    def _inode(self) -> int:
        try:
            return self.path.stat().st_ino
        except FileNotFoundError:
            return 0

    def _open(self) -> sqlite3.Connection:
        if not self.path.exists():
            self._lay_down()
        try:
            return _prepared(self.path.resolve())
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # no database, or a damaged one: it is only a copy
            self.discard()
            return _prepared(self.path.resolve())

    def _lay_down(self) -> None:
        """The first file; of several processes one wins."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.fresh()
        try:
            self.path.symlink_to(fresh.path.name)
        except FileExistsError:
            if self.path.exists():
                _unlink(fresh.path)
            else:  # a link to a file that somebody took away
                self.put_in_place(fresh)


def _prepared(data: Path) -> sqlite3.Connection:
    db = sqlite3.connect(data, timeout=20, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA cache_size = -16384")
    db.execute("PRAGMA mmap_size = 268435456")
    if _version(db) != VERSION:
        db.execute("BEGIN IMMEDIATE")
        if _version(db) != VERSION:  # another process may have been first
            empty(db)
            db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")
    return db


def empty(db: sqlite3.Connection) -> None:
    """Start the copy at nothing, inside the caller's transaction."""
    for name in _NAMES:
        db.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in _TABLES.split(";"):
        if statement.strip():
            db.execute(statement)


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _unlink(data: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        data.with_name(data.name + suffix).unlink(missing_ok=True)
