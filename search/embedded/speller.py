""" "Did you mean": which words and pairs of neighbours the entries hold, and the nearest wording that they do hold.

Vietnamese syllables are short: one changed letter makes dozens of other syllables, so a single word says little. Its neighbours
do: "khoi nghep" is nearest to "khoi nghiep" because these two stand side by side.
"""

import sqlite3
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from search.normalise import Word, spell

WORDS_OF_BODY = 400
PROPOSALS = 5
MOST_UNKNOWN = 3
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


def corrections(db: sqlite3.Connection, language: str, typed: Sequence[Word]) -> Iterator[str]:
    """Wordings that the entries hold instead of the typed one, the likeliest first, written with their marks.

    A word that occurs anywhere is left alone: it may be rare, but somebody wrote it. One that occurs nowhere is a word with one
    letter wrong, two words run together, or half of a word that was torn apart.
    """
    plain = [word.plain for word in typed]
    unknown = _unknown(db, language, plain)
    if not unknown or len(unknown) > MOST_UNKNOWN:
        return
    while len(unknown) > 1:
        best = next(iter(_repaired(db, language, plain, unknown[0])), None)
        if best is None:
            return
        plain, left = best, _unknown(db, language, best)
        if len(left) >= len(unknown):
            return
        unknown = left
    ways = _repaired(db, language, plain, unknown[0]) if unknown else [plain]
    for words in ways[:PROPOSALS]:
        yield " ".join(_written(db, language, typed, words))


def _unknown(db: sqlite3.Connection, language: str, plain: Sequence[str]) -> list[int]:
    return [i for i, word in enumerate(plain) if _countable(word) and not _known(db, language, [word])]


def _repaired(db: sqlite3.Connection, language: str, plain: Sequence[str], at: int) -> list[list[str]]:
    """All words with the one at `at` put right in some way; best those whose new words know their neighbours, then the common."""
    before, word, after = plain[:at], plain[at], plain[at + 1 :]
    ways = [(before, [near], after) for near in _known(db, language, _one_edit_away(word))]
    halves = [(word[:i], word[i:]) for i in range(1, len(word))]
    ways += [(before, [a, b], after) for a, b in halves if _pair_count(db, language, a, b)]
    if before and _known(db, language, [before[-1] + word]):
        ways.append((before[:-1], [before[-1] + word], after))
    if after and _known(db, language, [word + after[0]]):
        ways.append((before, [word + after[0]], after[1:]))

    def fit(way: tuple[Sequence[str], Sequence[str], Sequence[str]]) -> tuple[int, int, int, Sequence[str]]:
        pairs = [_pair_count(db, language, a, b) for a, b in pairwise([*way[0][-1:], *way[1], *way[2][:1]])]
        strangers = pairs.count(0)
        return -strangers, sum(pairs), sum(_known(db, language, way[1]).values()), way[1]

    return [[*way[0], *way[1], *way[2]] for way in sorted(ways, key=fit, reverse=True)]


@lru_cache(maxsize=65536)
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


def _pair_count(db: sqlite3.Connection, language: str, a: str, b: str) -> int:
    row = db.execute("SELECT sum(n) FROM pair WHERE language = ? AND a = ? AND b = ?", (language, a, b)).fetchone()
    return int(row[0] or 0)


def _written(db: sqlite3.Connection, language: str, typed: Sequence[Word], plain: Sequence[str]) -> list[str]:
    """Each word as it is mostly written beside its neighbour; a number, and what was typed with marks, stays as typed."""
    kept = {word.plain: word.exact for word in typed if word.marked or not _countable(word.plain)}
    keys: list[str] = []
    for i, word in enumerate(plain):
        if word in kept:
            keys.append(kept[word])
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
        keys.append(row[0] if row else word + "0_")
    return [spell(key) for key in keys]
