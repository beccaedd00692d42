"""How an index follows `search_entry`: in bulk, each document with its number as external version, so nothing older ever wins.

A withdrawn entry is a document too: a server forgets a deletion after a while and would then take a late, older write for a new
record. What the server refuses for good is set aside under its id, with the reason, and the rest goes on.
"""

import json
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from search.elastic.index import Indices, present, writer
from search.engine import Unavailable
from search.models import SearchEntry
from search.prepared import line_of, ord_of

log = logging.getLogger(__name__)

BATCH = 500
MOST_BYTES = 5_000_000  # of one request
WAITS = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)  # seconds, when the server has too much to do
TOO_BUSY = (429, 503)
STALE = 409

Progress = Callable[[int, int], object]


def follow(indices: Indices) -> int:
    """Take over all numbered changes; returns how many. Builds a new index where there is none of this history."""
    taken = 0
    while True:
        epoch, top = present()
        name = indices.current()
        at = indices.cursor(name) if name else None
        if name is None or at is None or at.epoch != epoch or at.seq > top:
            return taken + rebuild(indices)
        if at.seq == top:
            if taken:
                indices.client.indices.refresh(index=name)
            return taken
        taken += _catch_up(indices, name, epoch, at.seq, top)


def rebuild(indices: Indices, progress: Progress = lambda done, all_: None) -> int:
    """Build a new index from the table and let it answer. The old one answers, and takes changes, until that moment."""
    epoch, top = present()
    name = indices.create()
    entries = SearchEntry.objects.filter(deleted=False, seq__isnull=False)
    all_, done = entries.count(), 0
    for batch in _batches(entries.order_by("pk").iterator(chunk_size=BATCH)):
        write(indices.client, name, batch)
        done += len(batch)
        progress(done, all_)
    indices.keep_cursor(name, epoch, top)
    # What changed while the table was read; what changes from here on is taken over by the next `follow`.
    _catch_up(indices, name, epoch, top, present()[1])
    indices.put_in_place(name)
    return done


def _catch_up(indices: Indices, name: str, epoch: str, at: int, top: int) -> int:
    taken = 0
    while at < top:
        changes = list(SearchEntry.objects.filter(seq__gt=at, seq__lte=top).order_by("seq")[:BATCH])
        for batch in _batches(changes):
            write(indices.client, name, batch)
        at = (changes[-1].seq or top) if len(changes) == BATCH else top
        indices.keep_cursor(name, epoch, at)
        taken += len(changes)
    return taken


def write(client: Elasticsearch, name: str, entries: Sequence[SearchEntry]) -> None:
    """Write a batch until every document is written, found to be stale, or set aside.

    Raises Unavailable when the server stays too busy, and the client's own errors when it is gone.
    """
    waiting = [(entry, _document(entry)) for entry in entries]
    for pause in (*WAITS, None):
        waiting = _write_once(client, name, waiting)
        if not waiting:
            return
        if pause is not None:
            time.sleep(pause)
    raise Unavailable(f"máy chủ quá tải, còn {len(waiting)} mục chưa ghi")


def _write_once(
    client: Elasticsearch, name: str, documents: list[tuple[SearchEntry, str]]
) -> list[tuple[SearchEntry, str]]:
    """One request; returns what has to be sent again."""
    lines: list[Any] = []  # lines of JSON go as they are, whatever the client's types say
    for entry, document in documents:
        lines += [_action(entry), document]
    try:
        answer = client.bulk(
            index=writer(name), operations=lines, require_alias=True, filter_path="items.*.status,items.*.error"
        )
    except ApiError as error:
        if error.status_code in TOO_BUSY:
            return documents
        raise
    again: list[tuple[SearchEntry, str]] = []
    for (entry, document), item in zip(documents, answer["items"], strict=True):
        result: dict[str, Any] = item["index"]
        if result["status"] in TOO_BUSY:
            again.append((entry, document))
        elif result["status"] == 404:
            raise Unavailable("chỉ mục vừa được thay; lượt sau theo chỉ mục mới")
        elif result["status"] >= 400 and result["status"] != STALE:
            reason = _reason(result["error"])
            log.error("entry set aside", extra={"entry": str(entry), "reason": reason})
            again.append((entry, _stub(entry, aside=reason)))
    return again


def _action(entry: SearchEntry) -> str:
    return f'{{"index":{{"_id":"{entry.pk}","version":{entry.seq},"version_type":"external_gte"}}}}'


def _document(entry: SearchEntry) -> str:
    """The entry's stored line with its place put in front."""
    if entry.deleted:
        return _stub(entry)
    line = line_of(entry)
    return f'{{"ord":{ord_of(entry.date, entry.pk)},{line[1:]}'


def _stub(entry: SearchEntry, **more: str) -> str:
    return json.dumps({"live": False, "ord": ord_of(entry.date, entry.pk), **more})


def _reason(error: dict[str, Any]) -> str:
    cause = error.get("caused_by") or {}
    return " ".join(filter(None, (error.get("reason"), cause.get("reason"))))[:300]


def _batches(entries: Iterable[SearchEntry]) -> Iterable[list[SearchEntry]]:
    """At most BATCH entries and about MOST_BYTES at a time."""
    batch: list[SearchEntry] = []
    size = 0
    for entry in entries:
        batch.append(entry)
        size += len(entry.document) + 200
        if len(batch) == BATCH or size >= MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
