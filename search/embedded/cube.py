"""Facet counts from one reading of the matches: every entry points to its combination of values.

What each combination means is kept in memory, one column a group, and whole columns are counted at once: a broad word in a large
library has as many combinations as matches. A group's own choice does not narrow its own counts, so that others can be added to it.
"""

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from operator import add, not_, sub

from search.engine import Counts

Facets = Mapping[str, Sequence[str]]


def combination(db: sqlite3.Connection, facets: Facets) -> int:
    """The number of a combination of values; a new one gets the next. Inside a writing transaction."""
    told = json.dumps({group: sorted(values) for group, values in sorted(facets.items())}, ensure_ascii=False)
    known = db.execute("SELECT id FROM combination WHERE facets = ?", (told,)).fetchone()
    if known:
        return int(known[0])
    return int(db.execute("INSERT INTO combination(facets) VALUES (?)", (told,)).lastrowid or 0)


class Column:
    """One group: which values each combination has. `at` holds a place in `values` for every combination, 0 is "none"."""

    def __init__(self) -> None:
        self.at = array("l")
        self.values: list[tuple[str, ...]] = [()]
        self._places: dict[tuple[str, ...], int] = {(): 0}

    def set(self, number: int, values: tuple[str, ...]) -> None:
        self.reach(number)
        if values not in self._places:
            self._places[values] = len(self.values)
            self.values.append(values)
        self.at[number] = self._places[values]

    def reach(self, number: int) -> None:
        self.at.extend([0] * (number + 1 - len(self.at)))


class Meaning:
    """What the combinations up to `last` mean."""

    def __init__(self) -> None:
        self.last = 0
        self._columns: dict[str, Column] = {}

    def learn(self, rows: Iterable[tuple[int, str]]) -> None:
        """Take in new (combination, facets) in the order of their numbers."""
        for number, told in rows:
            for group, values in json.loads(told).items():
                if group not in self._columns:
                    self._columns[group] = Column()
                self._columns[group].set(number, tuple(values))
            self.last = number

    def column(self, group: str) -> Column:
        """A group's column, long enough for every combination."""
        column = self._columns.get(group) or Column()
        column.reach(self.last)
        return column


def count(
    matches: Sequence[int], meaning: Meaning, chosen: Mapping[str, Sequence[str]], groups: Sequence[str]
) -> Counts:
    """`matches`: the combination of each match. `chosen`: accepted values by group, OR inside a group and AND across."""
    missed = {group: _missed(matches, meaning.column(group), frozenset(values)) for group, values in chosen.items()}
    misses = [0] * len(matches)
    for one in missed.values():
        misses = list(map(add, misses, one))
    found = list(compress(matches, map(not_, misses)))
    counted: dict[str, dict[str, int]] = {}
    without: dict[str, int] = {}
    for group in groups:
        others = found
        if group in missed:
            others = list(compress(matches, map(not_, map(sub, misses, missed[group]))))
            without[group] = len(others)
        counted[group] = _counted(others, meaning.column(group))
    spoken = missed["language"].count(0) if "language" in missed else len(matches)
    return Counts(len(found), spoken, counted, without)


def _missed(matches: Sequence[int], column: Column, values: frozenset[str]) -> list[int]:
    """For each match 0 if it has one of the values, else 1."""
    misses = [int(values.isdisjoint(held)) for held in column.values]
    return list(map(misses.__getitem__, map(column.at.__getitem__, matches)))


def _counted(matches: Sequence[int], column: Column) -> dict[str, int]:
    counts: dict[str, int] = {}
    for place, n in Counter(map(column.at.__getitem__, matches)).items():
        for value in column.values[place]:
            counts[value] = counts.get(value, 0) + n
    return counts
