"""The file of the embedded engine: its tables, and a connection for each thread of each process."""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from search import normalise

# The stored form of an entry: bump when the tables below or what is written into them changes.
VERSION = 1000 * normalise.VERSION + 1

# `entry_text`: t, b the plain words of title and body; xt, xb their exact keys; m what is not text: "_e", language, facets, codes.
# Plain words hold no "_", all else does, so no column filter is needed to keep them apart. rowid = doc.ord.
# `doc.ord` packs the date and the entry's id: its falling order is "newest first" everywhere.
_TABLES = """
CREATE TABLE cursor(one INTEGER PRIMARY KEY CHECK (one = 1), epoch TEXT NOT NULL, seq INTEGER NOT NULL);
INSERT INTO cursor VALUES (1, '', 0);
CREATE TABLE doc(ord INTEGER PRIMARY KEY, entry INTEGER NOT NULL UNIQUE, ref TEXT NOT NULL, name_key TEXT NOT NULL);
CREATE INDEX doc_by_name ON doc(name_key, ord);
CREATE TABLE facet(ord INTEGER, grp TEXT, value TEXT, PRIMARY KEY (ord, grp, value)) WITHOUT ROWID;
CREATE TABLE window(ord INTEGER PRIMARY KEY, opens REAL, closes REAL);
CREATE VIRTUAL TABLE entry_text USING fts5(t, b, xt, xb, m, tokenize="ascii tokenchars '_'");
CREATE TABLE word(language TEXT, w TEXT, x TEXT, n INTEGER, PRIMARY KEY (language, w, x)) WITHOUT ROWID;
CREATE TABLE pair(language TEXT, a TEXT, b TEXT, xa TEXT, xb TEXT, n INTEGER,
  PRIMARY KEY (language, a, b, xa, xb)) WITHOUT ROWID;
"""
_NAMES = ("cursor", "doc", "facet", "window", "entry_text", "word", "pair")


class SearchFile:
    """One SQLite file that any number of threads and processes read and write."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self._local = threading.local()

    def connection(self) -> sqlite3.Connection:
        """This thread's connection; a new one after a fork, or when the file was taken away."""
        kept = getattr(self._local, "kept", None)
        if kept is not None and kept[:2] == (os.getpid(), self._inode()):
            return kept[2]
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

    def _inode(self) -> int:
        try:
            return self.path.stat().st_ino
        except FileNotFoundError:
            return 0

    def _open(self) -> sqlite3.Connection:
        try:
            return self._prepared()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # no database, or a damaged one: it is only a copy
            self.discard()
            return self._prepared()

    def discard(self) -> None:
        """Throw a damaged copy away. Other processes notice and open the new one."""
        self.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _prepared(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=20, isolation_level=None)
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
