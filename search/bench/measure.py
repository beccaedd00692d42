"""Loads a library and asks: how long an answer takes, and whether it is the one that was wanted."""

import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from search.bench.given import Asked
from search.engine import Query, Results, SearchEngine, followers
from search.entries import Entry, put_many
from search.numbering import number_all

PAGE = 20
PASSES = 3
FIRST_FIVE = 5


@dataclass
class Library:
    """What was loaded. `languages`: where a ref that somebody asks for stands; `groups`: the facet groups that occur."""

    entries: int = 0
    groups: set[str] = field(default_factory=set)
    languages: dict[str, set[str]] = field(default_factory=dict)
    write_seconds: float = 0.0
    follow_seconds: float = 0.0


def load(entries: Iterable[Entry], engine: SearchEngine, wanted: Iterable[str] = ()) -> Library:
    """Write the entries through the ordinary door, give them numbers, and let the engine take them over.

    The embedded engine follows too where it is another one: it knows the words that "did you mean" proposes.
    """
    library = Library(languages={ref: set() for ref in wanted})

    def noted() -> Iterator[Entry]:
        for entry in entries:
            library.groups.update(entry.facets)
            if entry.ref in library.languages:
                library.languages[entry.ref].add(entry.language)
            yield entry

    started = time.perf_counter()
    library.entries = put_many(noted())
    number_all()
    library.write_seconds = round(time.perf_counter() - started, 2)
    at_hand = followers()[0]
    if at_hand is not engine:
        at_hand.follow()
    started = time.perf_counter()
    engine.follow()
    library.follow_seconds = round(time.perf_counter() - started, 2)
    return library


def as_query(asked: Asked, library: Library) -> Query:
    """The query as a visitor's page asks it: in one language, the kinds counted; where filters are chosen, every group counted.

    A file that names no language means that of the entry it wants found, and Vietnamese otherwise.
    """
    stands_in = {language for ref in asked.relevant for language in library.languages.get(ref, ())}
    language = asked.language or ("vi" if "vi" in stands_in or not stands_in else min(stands_in))
    filters = dict(asked.filters)
    kinds = filters.pop("kind", ())
    facets = ("kind", *sorted({*library.groups, *filters})) if asked.filters else ("kind",)
    return Query(asked.text, kinds, language, filters, size=PAGE, facets=facets)


def at_page(engine: SearchEngine, query: Query, page: int) -> Query:
    """The query for a later page: with the cursor that the pages before end with; the last page where there are fewer."""
    if page == 1:
        return query
    before = engine.search(replace(query, size=PAGE * (page - 1)))
    return replace(query, cursor=before.next_cursor)


@dataclass(frozen=True)
class Answered:
    """`typed`, `meant`: (a wanted entry stands first, share of wanted entries in the first five); None where none is named.

    `typed` looks at the answer to what was typed. `meant` looks at what a visitor has who then follows "did you mean" because
    nothing wanted stood in the first five.
    """

    group: str
    ms: float
    typed: tuple[bool, float] | None
    meant: tuple[bool, float] | None


def ask(engine: SearchEngine, asked: Asked, library: Library, passes: int = PASSES) -> Answered:
    query = at_page(engine, as_query(asked, library), asked.page)
    found = engine.search(query)  # warm
    times = []
    for _ in range(passes):
        started = time.perf_counter()
        found = engine.search(query)
        times.append((time.perf_counter() - started) * 1000)
    typed = meant = _judged(found, asked.relevant) if asked.relevant else None
    if typed and not typed[1] and found.did_you_mean:
        meant = _judged(engine.search(replace(query, text=found.did_you_mean)), asked.relevant)
    return Answered(asked.group, statistics.median(times), typed, meant)


def _judged(found: Results, relevant: frozenset[str]) -> tuple[bool, float]:
    refs = [hit.ref for hit in found.hits[:FIRST_FIVE]]
    return bool(refs) and refs[0] in relevant, len(relevant.intersection(refs)) / len(relevant)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed."""
    ranked = sorted(values)
    return ranked[max(0, -(-round(share * 1000) * len(ranked) // 1000) - 1)]


def times(values: Sequence[float]) -> dict[str, float]:
    return {f"p{share}": round(percentile(values, share / 100), 2) for share in (50, 95, 99)}


def by_group(answers: Iterable[Answered]) -> dict[str, dict[str, Any]]:
    """The figures of each group, in the order in which the groups were met."""
    grouped: dict[str, list[Answered]] = defaultdict(list)
    for answer in answers:
        grouped[answer.group].append(answer)
    return {
        group: {"n": len(of), **times([answer.ms for answer in of]), **_quality(of)} for group, of in grouped.items()
    }


def _quality(answers: Sequence[Answered]) -> Mapping[str, float | None]:
    typed = [answer.typed for answer in answers if answer.typed is not None]
    meant = [answer.meant for answer in answers if answer.meant is not None]
    return {
        "judged": len(meant),
        "first": _share([first for first, _ in meant]),
        "recall_at_5": _share([recall for _, recall in meant]),
        "first_typed": _share([first for first, _ in typed]),
        "recall_at_5_typed": _share([recall for _, recall in typed]),
    }


def _share(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
