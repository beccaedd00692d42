""" "Did you mean": which words and pairs of neighbours the entries hold, and the nearest wording that they do hold.

Vietnamese syllables are short: one changed letter makes dozens of other syllables, so a single word says little. Its neighbours
do: "khoi nghep" is nearest to "khoi nghiep" because these two stand side by side.
"""

import sqlite3
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from search.normalise import Word, spell

WORDS_OF_BODY = 400
_LONGEST = 16


class Counts:
    """What a batch of changes adds to and takes from the counts; written in one go."""

    def __init__(self) -> None:
        self._words: Counter[tuple[str, str, str]] = Counter()
        self._pairs: Counter[tuple[str, str, str, str, str]] = Counter()

    def add(self, language: str, columns: Sequence[str], times: int) -> None:
        """Count one entry's columns t, b, xt, xb (`times` 1) or take them away (-1)."""
        title, body, exact_title, exact_body = (column.split() for column in columns)
        for plain, exact in ((title, exact_title), (body[:WORDS_OF_BODY], exact_body[:WORDS_OF_BODY])):
            told = list(zip(plain, exact, strict=True))
            for word, key in told:
                if _countable(word):
                    self._words[language, word, key] += times
            for (a, xa), (b, xb) in pairwise(told):
                if _countable(a) and _countable(b):
                    self._pairs[language, a, b, xa, xb] += times

    def write(self, db: sqlite3.Connection) -> None:
        db.executemany(
            "INSERT INTO word VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            [(*key, n) for key, n in self._words.items() if n],
        )
        db.executemany(
            "INSERT INTO pair VALUES (?,?,?,?,?,?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            [(*key, n) for key, n in self._pairs.items() if n],
        )
        if any(n < 0 for n in self._words.values()):
            db.executemany(
                "DELETE FROM word WHERE language = ? AND w = ? AND x = ? AND n <= 0",
                [key for key, n in self._words.items() if n < 0],
            )
            db.executemany(
                "DELETE FROM pair WHERE language = ? AND a = ? AND b = ? AND xa = ? AND xb = ? AND n <= 0",
                [key for key, n in self._pairs.items() if n < 0],
            )


def correct(db: sqlite3.Connection, language: str, typed: Sequence[Word]) -> str:
    """The typed words with one unknown word put right, written with their marks; "" when there is nothing better.

    A word that occurs anywhere is left alone: it may be rare, but somebody wrote it.
    """
    plain = [word.plain for word in typed]
    unknown = [i for i, word in enumerate(plain) if _countable(word) and not _known(db, language, [word])]
    if not unknown or len(unknown) > 3:
        return ""
    for i in unknown:
        candidates = _known(db, language, _one_edit_away(plain[i]))
        if not candidates:
            return ""
        plain[i] = max(candidates, key=lambda word: (_fit(db, language, plain, i, word), candidates[word], word))
    return " ".join(_written(db, language, typed, plain))


def _countable(word: str) -> bool:
    return len(word) <= _LONGEST and word.isascii() and word.isalpha()


def _known(db: sqlite3.Connection, language: str, among: Iterable[str]) -> dict[str, int]:
    asked = list(among)
    marks = ",".join("?" * len(asked))
    rows = db.execute(
        f"SELECT w, sum(n) FROM word WHERE language = ? AND w IN ({marks}) GROUP BY w",  # noqa: S608 (only question marks)
        (language, *asked),
    )
    return dict(rows.fetchall())


def _one_edit_away(word: str) -> set[str]:
    halves = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    left_out = {a + b[1:] for a, b in halves if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    changed = {a + c + b[1:] for a, b in halves if b for c in string.ascii_lowercase}
    put_in = {a + c + b for a, b in halves for c in string.ascii_lowercase}
    return {near for near in left_out | swapped | changed | put_in if near and near != word}


def _fit(db: sqlite3.Connection, language: str, plain: Sequence[str], at: int, word: str) -> int:
    """How often the word stands beside the neighbours it would have."""
    beside = [(plain[at - 1], word)] if at else []
    beside += [(word, plain[at + 1])] if at + 1 < len(plain) else []
    return sum(_pair_count(db, language, a, b) for a, b in beside)


def _pair_count(db: sqlite3.Connection, language: str, a: str, b: str) -> int:
    row = db.execute("SELECT sum(n) FROM pair WHERE language = ? AND a = ? AND b = ?", (language, a, b)).fetchone()
    return int(row[0] or 0)


def _written(db: sqlite3.Connection, language: str, typed: Sequence[Word], plain: Sequence[str]) -> list[str]:
    """Each word as it is mostly written beside its neighbour; what was typed with marks and not changed stays."""
    keys: list[str] = []
    for i, word in enumerate(plain):
        if typed[i].plain == word and typed[i].marked:
            keys.append(typed[i].exact)
            continue
        row = None
        if i:
            row = db.execute(
                "SELECT xb FROM pair WHERE language = ? AND a = ? AND b = ? AND xa = ? ORDER BY n DESC, xb LIMIT 1",
                (language, plain[i - 1], word, keys[-1]),
            ).fetchone()
        if row is None and i + 1 < len(plain):
            row = db.execute(
                "SELECT xa FROM pair WHERE language = ? AND a = ? AND b = ? ORDER BY n DESC, xa LIMIT 1",
                (language, word, plain[i + 1]),
            ).fetchone()
        if row is None:
            row = db.execute(
                "SELECT x FROM word WHERE language = ? AND w = ? ORDER BY n DESC, x LIMIT 1", (language, word)
            ).fetchone()
        keys.append(row[0] if row else typed[i].exact)
    return [spell(key) for key in keys]
