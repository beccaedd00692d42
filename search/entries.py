"""What a register or a page does to be found: `put` and `withdraw`, inside the transaction of the change itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction

from search import clock, reports
from search.engine import followers
from search.models import SearchEntry
from search.normalise import VERSION, clean
from search.numbering import number
from search.prepared import prepare


@dataclass(frozen=True)
class Part:
    """A piece of an entry's text that stands somewhere of its own, e.g. on page 12 of an attachment.

    A hit in it says `label` (in the entry's language) and leads to `url`.
    """

    text: str
    label: str
    url: str


@dataclass(frozen=True)
class Entry:
    """One record or page in one language, as the public may find it. Only public text belongs here.

    `parts` are searched after `body`; `also` holds other readings of the text that are searched and never shown (what a damaged
    scan probably says). `facets` holds codes by group, e.g. {"ward": ["03433"]}; `numbers` document, tax and certificate
    numbers as written; `date` decides what is newest; outside `public_from` … `public_until` the entry is not found.
    """

    kind: str
    ref: str
    language: str
    url: str
    title: str
    body: str
    date: date
    summary: str = ""
    parts: Sequence[Part] = ()
    also: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    numbers: Sequence[str] = ()
    public_from: datetime | None = None
    public_until: datetime | None = None


def put(entry: Entry) -> None:
    """Write the entry; it is found as soon as the transaction commits, and not at all if it rolls back."""
    SearchEntry.objects.update_or_create(
        kind=entry.kind, ref=entry.ref, language=entry.language, defaults=_written(entry)
    )
    transaction.on_commit(catch_up, robust=True)


def put_many(entries: Iterable[Entry], batch: int = 500) -> int:
    """`put` for a whole library: the same rows in few statements, each batch a transaction of its own; returns how many.

    Of two with the same kind, ref and language the last counts. The engine is told nothing on the way: call `catch_up` at the end.
    """
    waiting, written = iter(entries), 0
    while taken := list(islice(waiting, batch)):
        rows = {
            (e.kind, e.ref, e.language): SearchEntry(kind=e.kind, ref=e.ref, language=e.language, **_written(e))
            for e in taken
        }
        SearchEntry.objects.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["kind", "ref", "language"],
            update_fields=list(_written(taken[0])),
        )
        written += len(rows)
    return written


def _written(entry: Entry) -> dict[str, Any]:
    """All columns of a change beside the entry's name."""
    fields = _fields(entry)
    row = SearchEntry(kind=entry.kind, ref=entry.ref, language=entry.language, **fields)
    return {
        **fields,
        "document": prepare(row),
        "normaliser": VERSION,
        "deleted": False,
        "changed_at": clock.now(),
        "seq": None,
    }


def _fields(entry: Entry) -> dict[str, Any]:
    body, sections = clean(entry.body), []
    for part in entry.parts:
        text = clean(part.text)
        if text:
            body += "\n"
            sections.append([len(body), clean(part.label), part.url])
            body += text
    return {
        "url": entry.url,
        "title": clean(entry.title),
        "body": body,
        "summary": clean(entry.summary),
        "sections": sections,
        "also": clean(entry.also),
        "facets": {group: sorted(set(codes)) for group, codes in entry.facets.items() if codes},
        "numbers": [clean(given) for given in entry.numbers if given],
        "date": entry.date,
        "public_from": entry.public_from,
        "public_until": entry.public_until,
    }


def withdraw(kind: str, ref: str, language: str | None = None) -> None:
    """Take a record out of the search, in one language or in all. Its text goes, the row stays for the followers."""
    entries = SearchEntry.objects.filter(kind=kind, ref=ref, deleted=False)
    if language is not None:
        entries = entries.filter(language=language)
    entries.update(
        deleted=True,
        **dict.fromkeys(("url", "title", "body", "summary", "also", "document"), ""),
        sections=[],
        facets={},
        numbers=[],
        changed_at=clock.now(),
        seq=None,
    )
    transaction.on_commit(catch_up, robust=True)


def catch_up() -> int:
    """Number what is committed and let the engine at hand follow; returns how many changes it took over.

    Runs after each commit that changed an entry.
    """
    number_all()
    return followers()[0].follow()


def follow_all() -> dict[str, int]:
    """Number what a killed process left behind and let every engine follow; how many changes each took over, by name.

    For a worker and for `run_jobs`. One that cannot follow now leaves a report and holds up no other; -1 stands for it.
    """
    number_all()
    return {engine.name: reports.followed(engine) for engine in followers()}


def number_all() -> None:
    while number():
        pass
