"""The engine alone: what our search asked of it is written down once, then asked again without anything of ours around it."""

import contextlib
import http.client
import json
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from search.engine import SearchEngine

# What SQLite does inside itself for FTS5 is traced too; it is no question of ours.
_INNER = re.compile(r"^--|entry_text_(?:data|idx|content|docsize|config)")
_LIKE_OURS = "PRAGMA cache_size = -16384; PRAGMA mmap_size = 268435456"

ACCEPT = "application/vnd.elasticsearch+json; compatible-with=8"  # as the client asks; the server wants both or none

Replay = Callable[[], float]


def recorder(engine: SearchEngine) -> "SqlRecorder | HttpRecorder":
    return HttpRecorder() if engine.name == "elasticsearch" else SqlRecorder(engine)


class SqlRecorder:
    """The embedded engine: each SELECT, on its own file and on the database that the texts come from."""

    def __init__(self, engine: Any) -> None:
        connection.ensure_connection()
        self._ours = [engine.file.connection(), connection.connection]
        self._bare = [
            sqlite3.connect(path) for path in (engine.file.path.resolve(), settings.DATABASES["default"]["NAME"])
        ]
        for db in self._bare:
            db.executescript(_LIKE_OURS)

    @contextlib.contextmanager
    def recording(self) -> Iterator[list[tuple[int, str]]]:
        told: list[tuple[int, str]] = []
        for number, db in enumerate(self._ours):
            db.set_trace_callback(lambda sql, number=number: told.append((number, sql)))
        try:
            yield told
        finally:
            for db in self._ours:
                db.set_trace_callback(None)
            told[:] = [(n, sql) for n, sql in told if sql.startswith("SELECT") and not _INNER.search(sql)]

    def replay(self, told: list[tuple[int, str]]) -> float:
        """Milliseconds."""
        started = time.perf_counter()
        for number, sql in told:
            self._bare[number].execute(sql).fetchall()
        return (time.perf_counter() - started) * 1000


class HttpRecorder:
    """Elasticsearch: each request, over a bare connection, the answer parsed."""

    def __init__(self) -> None:
        server = urlsplit(settings.ELASTICSEARCH_URL)
        self._http = http.client.HTTPConnection(server.hostname or "localhost", server.port or 9200)

    @contextlib.contextmanager
    def recording(self) -> Iterator[list[tuple[str, str, bytes, str]]]:
        from elastic_transport import Transport

        told: list[tuple[str, str, bytes, str]] = []
        theirs = Transport.perform_request

        def noted(
            transport: Any, method: str, target: str, *, body: Any = None, headers: Any = None, **rest: Any
        ) -> Any:
            if body is not None:
                kind = (headers or {}).get("content-type") or "application/json"
                told.append((method, target, _as_bytes(body), kind))
            return theirs(transport, method, target, body=body, headers=headers, **rest)

        Transport.perform_request = noted  # type: ignore[method-assign]
        try:
            yield told
        finally:
            Transport.perform_request = theirs  # type: ignore[method-assign]

    def replay(self, told: list[tuple[str, str, bytes, str]]) -> float:
        """Milliseconds."""
        started = time.perf_counter()
        for method, target, body, kind in told:
            self._http.request(method, target, body, {"Content-Type": kind, "Accept": ACCEPT})
            answer = self._http.getresponse()
            told_back = json.loads(answer.read())
            if answer.status != 200 or any("error" in one for one in told_back.get("responses", ())):
                raise RuntimeError(f"{target}: {answer.status} {str(told_back)[:200]}")
        return (time.perf_counter() - started) * 1000


def _as_bytes(body: Any) -> bytes:
    if isinstance(body, bytes | str):
        return body if isinstance(body, bytes) else body.encode()
    lines = body if isinstance(body, list | tuple) else [body]
    told = [
        line if isinstance(line, str) else line.decode() if isinstance(line, bytes) else json.dumps(line)
        for line in lines
    ]
    return ("\n".join(told) + "\n").encode()
