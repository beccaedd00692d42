"""How fast the follower fills an index, beside a raw `_bulk` of the very same lines: blocks in turns, so that a busy moment hits both."""

import http.client
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

BLOCK = 2_000
BLOCKS = 10


def rates(engine: Any) -> dict[str, float]:
    """Lines a second (median of the blocks): `raw`; `written` by the follower from entries at hand; `followed`, reading them too."""
    from search.elastic import follower
    from search.models import SearchEntry

    rows = SearchEntry.objects.filter(deleted=False, seq__isnull=False).order_by("seq")
    first = rows.values_list("seq", flat=True)[0]
    bare, written, followed = (engine.indices.create() for _ in range(3))
    raw = _Raw(bare)
    taken: dict[str, list[float]] = {"raw": [], "written": [], "followed": []}
    try:
        for number in range(BLOCKS):
            span = rows.filter(seq__gte=first + number * BLOCK, seq__lt=first + (number + 1) * BLOCK)
            entries = list(span)
            if not entries:
                break
            lines = [(follower._action(entry), follower._document(entry)) for entry in entries]
            taken["raw"].append(_rate(len(entries), lambda lines=lines: raw.send(lines)))
            taken["written"].append(_rate(len(entries), lambda entries=entries: _write(engine, written, iter(entries))))
            taken["followed"].append(_rate(len(entries), lambda span=span: _write(engine, followed, span.iterator())))
    finally:
        engine.indices.client.indices.delete(index=[bare, written, followed])
    told = {name: round(statistics.median(values)) for name, values in taken.items()}
    shares = {f"{name} : raw": round(told[name] / told["raw"], 2) for name in ("written", "followed")}
    return {**told, **shares}


def _write(engine: Any, index: str, entries: Iterator[Any]) -> None:
    from search.elastic import follower

    while batch := list(islice(entries, follower.BATCH)):
        follower.write(engine.worker, index, batch)


def _rate(lines: int, does: Callable[[], object]) -> float:
    started = time.perf_counter()
    does()
    return lines / (time.perf_counter() - started)


class _Raw:
    """A bare connection that sends prepared lines, 500 a request."""

    def __init__(self, index: str) -> None:
        server = urlsplit(settings.ELASTICSEARCH_URL)
        self._http = http.client.HTTPConnection(server.hostname or "localhost", server.port or 9200, timeout=60)
        self._index = index

    def send(self, lines: list[tuple[str, str]]) -> None:
        for at in range(0, len(lines), 500):
            body = "".join(f"{action}\n{document}\n" for action, document in lines[at : at + 500]).encode()
            self._http.request("POST", f"/{self._index}/_bulk", body, {"Content-Type": "application/x-ndjson"})
            answer = self._http.getresponse()
            if answer.status != 200 or b'"errors":false' not in answer.read():
                raise RuntimeError(f"_bulk: {answer.status}")
