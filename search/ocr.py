"""What a damaged scan probably says: another reading of Vietnamese text whose letters were misread, for the index alone.

A folded Vietnamese syllable is an onset and a rime, both from short lists, so it is decidable whether a word can be one. A word that
cannot ("nghi¢p", "d6i", "1a"), and one that can but never stands beside its neighbours ("nghien cun"), is read as the syllable with one
letter put right that fits its neighbours best: the best path over the line, by a table of which syllables follow each other in law
texts and reference lists (search/data/neighbours.txt, made by scripts/neighbours.py) and by the text's own frequent pairs.

Undamaged text, and text in another language, has no other reading. Pure functions: no database, no settings.
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from search.normalise import fold

DATA: Final = Path(__file__).parent / "data"
MOST_WORDS: Final = 80_000  # of a document; about 250 pages
LETTERS: Final = "abcdeghiklmnopqrstuvxy"

_FRONT = set("ie")  # vowels before which c, g and ng are written k, gh and ngh
_ONSETS = ["", *"b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()]
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it"
    " iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot u ua uac uan uang uat uau uay"
    " uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyt uyu y yem yen yet yeu"
).split()

# Chances of a misreading, as logarithms. Digits and signs inside a word are no letters, so they are surely wrong.
_AS_IT_STANDS = -0.1
_SIGN = -1.5
_VOWEL = -2.5
_LETTER = -4.5
_TWO_FOR_ONE = -5.0
_APART = math.log(0.2)  # that a word stands after one it is not known to follow
_CANDIDATES = 14
_OWN = 0.1  # what a pair of the text itself counts beside one of the table; a scan repeats its errors
_ALTERNATIVES = 4
_NEARLY = 4.0  # a reading this close to the best is kept beside it
_NEARLY_KEPT = 2.0  # the same, where the word was left as it stands

_LONE_SIGNS = frozenset("¢€£@©®°")
_BREAKS = re.compile(r"(?<=\w)&(?=\w\w)|[-–—/.,;:()\[\]{}\"“”'’!?…*+=<>|•]")
_VOWELS = set("aeiouy")


def _syllables() -> frozenset[str]:
    found = set()
    for onset in _ONSETS:
        for rime in _RIMES:
            front = rime[0] in _FRONT or (rime[0] == "y" and onset == "k")
            if (onset in ("c", "g", "ng") and front) or (onset in ("k", "gh", "ngh") and not front):
                continue
            if onset in ("gi", "qu") and rime[0] == onset[1]:
                continue
            found.add(onset + rime)
    return frozenset({*found, "gi", "gin", "gieng", "giet", "quoc", "quy", "quyen", "quyet"})


SYLLABLES: Final = _syllables()


@dataclass(frozen=True)
class Neighbours:
    """How often syllables stand beside each other, and the logarithms of the chances that follow from it."""

    pairs: dict[tuple[str, str], float]
    beside: dict[str, float]
    together: dict[tuple[str, str], float]
    alone: dict[str, float]
    unknown: float

    def chance(self, first: str, second: str) -> float:
        """The logarithm of the chance that `second` stands after `first`."""
        return self.together.get((first, second)) or _APART + self.alone.get(second, self.unknown)


@cache
def shipped() -> Counter[tuple[str, str]]:
    pairs: Counter[tuple[str, str]] = Counter()
    for line in (DATA / "neighbours.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            first, *followers = line.split()
            for follower in followers:
                second, times = follower.split(":")
                pairs[first, second] = int(times)
    return pairs


@cache
def short_forms() -> frozenset[str]:
    """Known abbreviations, in capitals without marks, whole and in the pieces between "&": no syllables, but no damage either."""
    with (DATA / "abbreviations.csv").open(encoding="utf-8", newline="") as rows:
        shorts = [fold(row["short"]).upper() for row in csv.DictReader(rows)]
    return frozenset(piece for short in shorts for piece in re.split(r"[^\w]+", short) if len(piece) > 1)


def repaired(texts: Sequence[str]) -> list[str]:
    """For each part of one document another reading, folded, or "" where the document is not damaged."""
    parts = [list(_runs(text)) for text in texts]
    if not damaged([word for runs in parts for run in runs for word in run]):
        return [""] * len(texts)
    neighbours = _neighbours(parts)
    left = MOST_WORDS
    readings = []
    for runs in parts:
        told: list[str] = []
        for run in runs:
            if left > 0:
                told += _read(run, neighbours)
                left -= len(run)
        readings.append(" ".join(told))
    return readings


def damaged(words: Sequence[str]) -> bool:
    """Whether these are the words of a Vietnamese text with misread letters.

    Some cannot be syllables, but nearly all of these are one letter from one (of foreign words and names a third is), and many of
    the syllables that stand together are known to.
    """
    letters = [word for word in words if any(c.isalpha() for c in word) and len(word) > 1 and word not in short_forms()]
    wrong = [word for word in letters if word.lower() not in SYLLABLES]
    if len(wrong) < 5 or not 0.03 <= len(wrong) / len(letters) <= 0.5:
        return False
    if sum(bool(candidates(word)) for word in wrong) < 0.85 * len(wrong):
        return False
    sound = [pair for pair in pairwise(letters) if pair[0] in SYLLABLES and pair[1] in SYLLABLES]
    return sum(pair in shipped() for pair in sound) >= 0.25 * len(sound)


def _runs(text: str) -> Iterator[list[str]]:
    """The folded words of a text in runs that no stop or comma divides. Signs inside a word stay in it."""
    run: list[str] = []
    for chunk in text.split():
        for place, piece in enumerate(_BREAKS.split(chunk)):
            if place and run:
                yield run
                run = []
            if any(c.isalnum() for c in piece) or piece in _LONE_SIGNS:
                run.append(_word(piece))
    if run:
        yield run


def _word(piece: str) -> str:
    """Folded; in capitals what stands in capitals and can be no syllable, for it may be an abbreviation."""
    word = fold(piece)
    return word.upper() if piece.isupper() and word not in SYLLABLES else word


def _neighbours(parts: Sequence[Sequence[Sequence[str]]]) -> Neighbours:
    """The shipped table and the pairs that this very text repeats."""
    own = Counter(pair for runs in parts for run in runs for pair in pairwise(run))
    pairs: dict[tuple[str, str], float] = dict(shipped())
    for pair, repeats in own.items():
        if repeats > 1 and pair[0] in SYLLABLES and pair[1] in SYLLABLES:
            pairs[pair] = pairs.get(pair, 0) + _OWN * repeats
    firsts: dict[str, float] = {}
    beside: dict[str, float] = {}
    for (first, second), times in pairs.items():
        firsts[first] = firsts.get(first, 0) + times
        beside[first] = beside.get(first, 0) + times / 2
        beside[second] = beside.get(second, 0) + times / 2
    every = sum(beside.values())
    share = {word: (times + 0.1) / every for word, times in beside.items()}
    together = {
        (first, second): math.log(0.8 * times / (firsts[first] + 2.0) + 0.2 * share[second])
        for (first, second), times in pairs.items()
    }
    alone = {word: math.log(part) for word, part in share.items()}
    return Neighbours(pairs, beside, together, alone, math.log(0.1 / every))


def _read(run: Sequence[str], neighbours: Neighbours) -> Iterator[str]:
    """The words of a run on the best path; after the run, what else its doubtful words may be."""
    choices = [_choices(run, at, neighbours) for at in range(len(run))]
    chosen = _best_path(choices, neighbours)
    yield from chosen
    for at, word in enumerate(run):
        yield from _alternatives(word, at, chosen, choices[at], neighbours)


def _choices(run: Sequence[str], at: int, neighbours: Neighbours) -> dict[str, float]:
    """What the word may be, with the chance that it was then read as it stands."""
    word = run[at]
    if (word.isdigit() and len(word) > 1) or len(word) > 12 or word in short_forms():
        return {word: 0.0}
    ways = candidates(word)
    if not ways:
        return {word: 0.0}
    before, after = run[at - 1] if at else "", run[at + 1] if at + 1 < len(run) else ""

    def promise(way: str) -> float:
        beside = neighbours.pairs.get((before, way), 0) + neighbours.pairs.get((way, after), 0)
        return ways[way] + math.log(neighbours.beside.get(way, 0) + 0.1) + 2 * math.log1p(beside)

    best = sorted(ways, key=promise, reverse=True)[:_CANDIDATES]
    stands = {word: _AS_IT_STANDS} if word in SYLLABLES or word.isdigit() else {}
    return {**{way: ways[way] for way in best}, **stands}


@lru_cache(maxsize=20_000)
def candidates(word: str) -> dict[str, float]:
    """Every syllable, or known abbreviation where there are capitals, of which one letter was lost, put in, or read as one or two
    other signs.
    """
    found: dict[str, float] = {}
    capitals = word.isupper()
    read, word = word, word.lower()

    def offer(way: str, chance: float) -> None:
        known = way.upper() if capitals and way.upper() in short_forms() else way if way in SYLLABLES else read
        if known != read and chance > found.get(known, -99.0):
            found[known] = chance

    for at in range(len(word) + 1):
        front, back = word[:at], word[at:]
        for letter in LETTERS:
            offer(front + letter + back, _LETTER)
        if not back:
            continue
        sign = not ("a" <= back[0] <= "z")
        offer(front + back[1:], _SIGN if sign else _LETTER)
        for letter in LETTERS:
            vowel = letter in _VOWELS
            offer(front + letter + back[1:], _SIGN if sign else _VOWEL if vowel else _LETTER)
            if len(back) > 1 and vowel:
                offer(front + letter + back[2:], _TWO_FOR_ONE)
    return found


def _best_path(choices: Sequence[dict[str, float]], neighbours: Neighbours) -> list[str]:
    """Viterbi: the readings whose own chances and whose chances to stand together are highest in all."""
    steps: list[dict[str, str]] = []
    scores: dict[str, float] = {"": 0.0}
    for ways in choices:
        best_last = max(scores, key=lambda last: scores[last])
        now: dict[str, float] = {}
        back: dict[str, str] = {}
        for way, own in ways.items():
            # Whichever came before, strangers are equally likely to meet: only known pairs are worth comparing.
            score, last = scores[best_last] + _APART + neighbours.alone.get(way, neighbours.unknown), best_last
            for other, so_far in scores.items():
                known = neighbours.together.get((other, way))
                if known is not None and so_far + known > score:
                    score, last = so_far + known, other
            now[way], back[way] = score + own, last
        steps.append(back)
        scores = now
    path: list[str] = []
    way = max(scores, key=lambda last: scores[last])
    for step_back in reversed(steps):
        path.append(way)
        way = step_back[way]
    return path[::-1]


def _alternatives(
    word: str, at: int, chosen: Sequence[str], ways: dict[str, float], neighbours: Neighbours
) -> Iterator[str]:
    """Readings of a word nearly as good as the chosen one, between the chosen words beside it."""
    kept = word == chosen[at]
    before, after = chosen[at - 1] if at else "", chosen[at + 1] if at + 1 < len(chosen) else ""

    def fits(way: str) -> float:
        return ways[way] + neighbours.chance(before, way) + (neighbours.chance(way, after) if after else 0.0)

    bar = fits(chosen[at]) - (_NEARLY_KEPT if kept else _NEARLY)
    others = sorted((way for way in ways if way not in (word, chosen[at]) and fits(way) >= bar), key=fits, reverse=True)
    yield from others[:_ALTERNATIVES]
