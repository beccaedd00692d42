"""Titles that are what was typed but for one word: the strongest evidence there is of what a name was meant to be.

Pairs of neighbours say little about a name, whose words are put together as somebody liked. The rest of the name says it all.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from search import clock
from search.normalise import Word, spell

LOOKED_AT = 50  # titles that hold all words but one, the newest first
OFFERED = 3


def nearly(
    db: sqlite3.Connection, typed: Sequence[Word], plain: Sequence[str], at: int, near: frozenset[str]
) -> Iterator[str]:
    """The wordings that titles have for `plain` with one of `near` in place `at`, those of the newest entries first.

    They are written as the title is, but for what was typed with marks.
    """
    kept = [""] * len(plain)
    if len(typed) == len(plain):
        kept = [
            word.exact if word.marked and word.plain == told else "" for word, told in zip(typed, plain, strict=True)
        ]
    kept[at] = ""
    offered: list[str] = []
    for keys in _runs(_titles(db, plain, at), plain, at, near):
        text = " ".join(spell(as_typed or key) for as_typed, key in zip(kept, keys, strict=True))
        if text not in offered:
            yield text
            offered.append(text)
        if len(offered) == OFFERED:
            return


def _titles(db: sqlite3.Connection, plain: Sequence[str], at: int) -> Iterable[tuple[str, str]]:
    """(plain words, exact keys) of public titles that hold what stands before `at` and what stands after."""
    sides = [side for side in (plain[:at], plain[at + 1 :]) if side]
    if not sides:
        return ()
    asked = " AND ".join(f'"{" ".join(side)}"' for side in sides)
    now = round(clock.now().timestamp() * 1000)
    return db.execute(
        "SELECT t, xt FROM entry_text WHERE entry_text MATCH ?"
        " AND rowid NOT IN (SELECT ord FROM window WHERE opens > ? OR closes <= ?) ORDER BY rowid DESC LIMIT ?",
        (f"t : ({asked})", now, now, LOOKED_AT),
    )


def _runs(found: Iterable[tuple[str, str]], plain: Sequence[str], at: int, near: frozenset[str]) -> Iterator[list[str]]:
    """The exact keys of each run."""
    for title, exact in found:
        told, keys = title.split(), exact.split()
        for start in range(len(told) - len(plain) + 1):
            run = told[start : start + len(plain)]
            if run[at] in near and run == [*plain[:at], run[at], *plain[at + 1 :]]:
                yield keys[start : start + len(plain)]
