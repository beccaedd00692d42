"""Facet counts from one reading of the matches: every entry points to its combination of values, and these are few.

The matches are counted by combination; what each combination means is looked at here. A group's own choice does not narrow its
own counts, so that others can be added to it.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Facets = Mapping[str, Sequence[str]]


def combination(db: sqlite3.Connection, facets: Facets) -> int:
    """The number of a combination of values; a new one gets the next. Inside a writing transaction."""
    told = json.dumps({group: sorted(values) for group, values in sorted(facets.items())}, ensure_ascii=False)
    known = db.execute("SELECT id FROM combination WHERE facets = ?", (told,)).fetchone()
    if known:
        return int(known[0])
    return int(db.execute("INSERT INTO combination(facets) VALUES (?)", (told,)).lastrowid or 0)


@dataclass(frozen=True)
class Counts:
    """`total` matches meet every choice, `spoken` the language alone; `groups`: value → count by group.

    `without`: how many meet every choice but that of one group.
    """

    total: int
    spoken: int
    groups: dict[str, dict[str, int]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)


def count(
    rows: Iterable[tuple[int, int]],
    meaning: Mapping[int, Facets],
    chosen: Mapping[str, Sequence[str]],
    groups: Sequence[str],
) -> Counts:
    """`rows`: (combination, matches). `chosen`: accepted values by group, OR inside a group and AND across."""
    wanted = {group: frozenset(values) for group, values in chosen.items()}
    counted: dict[str, dict[str, int]] = {group: {} for group in groups}
    total = spoken = 0
    missing_one = dict.fromkeys((group for group in groups if group in wanted), 0)
    for number, n in rows:
        facets = meaning[number]
        missed = [group for group, values in wanted.items() if values.isdisjoint(facets.get(group, ()))]
        if "language" not in missed:
            spoken += n
        if len(missed) > 1:
            continue
        if not missed:
            total += n
        elif missed[0] in missing_one:
            missing_one[missed[0]] += n
        for group in groups if not missed else [group for group in groups if group == missed[0]]:
            counts = counted[group]
            for value in facets.get(group, ()):
                counts[value] = counts.get(value, 0) + n
    return Counts(total, spoken, counted, {group: total + n for group, n in missing_one.items()})
