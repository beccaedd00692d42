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

from search.embedded import titles
from search.normalise import Word, spell

WORDS_OF_BODY = 400
PROPOSALS = 5
MOST_UNKNOWN = 3
MOST_DOUBTED = 8
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


def corrections(db: sqlite3.Connection, language: str, typed: Sequence[Word], found: int) -> Iterator[str]:
    """Wordings that the entries hold instead of the typed one, the likeliest first, written with their marks.

    `found`: how many entries hold the typed words. A word that occurs nowhere is a word with one letter wrong, two words run
    together, or half of a word that was torn apart. A word that occurs somewhere is left alone as long as anything is found: it may be
    rare, but somebody wrote it. Where nothing is found, one word of the typed may be a slip although it is a word (`_slips`).
    A title that holds all the other words in their places says more than pairs, so it is believed first.
    """
    plain = [word.plain for word in typed]
    unknown = _unknown(db, language, plain)
    if not unknown and not found:
        yield from _slips(db, language, typed)
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
    if unknown:
        near = frozenset(_known(db, language, _one_edit_away(plain[unknown[0]])))
        yield from titles.nearly(db, typed, plain, unknown[0], near)
    ways = _repaired(db, language, plain, unknown[0]) if unknown else [plain]
    for words in ways[:PROPOSALS]:
        yield " ".join(_written(db, language, typed, words))


def _slips(db: sqlite3.Connection, language: str, typed: Sequence[Word]) -> Iterator[str]:
    """The typed words with one of them, itself a word, put right. For words that together are found nowhere.

    Only pairs of neighbours decide. The words that fit their neighbours worst are doubted, MOST_DOUBTED of them; a word one letter away
    is thought of only if it was seen beside both of its neighbours. Offered is one that makes the whole a part of a title, in the most
    doubted place; otherwise one that takes the place of a word never seen beside one of its neighbours.
    """
    plain = [word.plain for word in typed]
    places = [at for at, word in enumerate(plain) if _countable(word)]
    seen = {at: _seen_beside(db, language, plain, at, [plain[at]])[plain[at]] for at in places}
    doubted = sorted((at for at in seen if seen[at]), key=lambda at: (max(seen[at]), at))[:MOST_DOUBTED]
    strange: list[tuple[int, int, str]] = []
    for at in doubted:
        beside = _seen_beside(db, language, plain, at, _known(db, language, _one_edit_away(plain[at])))
        fitting = {near: min(counts) for near, counts in beside.items() if all(counts)}
        named = list(titles.nearly(db, typed, plain, at, frozenset(fitting))) if fitting else []
        if named:
            yield from named
            return
        if 0 in seen[at]:
            strange += [(-n, at, near) for near, n in fitting.items()]
    for _, at, near in sorted(strange)[:PROPOSALS]:
        yield " ".join(_written(db, language, typed, [*plain[:at], near, *plain[at + 1 :]]))


def _seen_beside(
    db: sqlite3.Connection, language: str, plain: Sequence[str], at: int, words: Iterable[str]
) -> dict[str, list[int]]:
    """How often each of `words`, in place `at`, was seen before and after its neighbours; a number is nobody's neighbour."""
    asked = [word for word in words if _countable(word)]
    marks = ",".join("?" * len(asked))
    sides = []
    if at and _countable(plain[at - 1]):
        sides.append((f"SELECT b, sum(n) FROM pair WHERE language = ? AND a = ? AND b IN ({marks}) GROUP BY b", at - 1))  # noqa: S608 (only question marks)
    if at + 1 < len(plain) and _countable(plain[at + 1]):
        sides.append((f"SELECT a, sum(n) FROM pair WHERE language = ? AND b = ? AND a IN ({marks}) GROUP BY a", at + 1))  # noqa: S608
    counts = [dict(db.execute(sql, (language, plain[neighbour], *asked)).fetchall()) for sql, neighbour in sides]
    return {word: [count.get(word, 0) for count in counts] for word in asked}


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
