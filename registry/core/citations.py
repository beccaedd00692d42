"""Where a rule stands. `cite("nd268", "49.4.a")` → “điểm a khoản 4 Điều 49”, checked against the decree's articles.

A reference is article, clause, point joined by dots: "49", "49.4", "49.4.a"; in an article without clauses the point
follows the article. Points run a b c d đ e g h i k l m: đ after d, no f, no j. Acts whose text is not in
`registry/core/law/` are named by number only: their references are rendered, not checked, and `verified` is False.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

LAW: Final = Path(__file__).parent / "law"
POINTS: Final = "abcdđeghiklmnopqrstuvxy"
_REFERENCE: Final = re.compile(rf"([1-9]\d{{0,2}})(?:\.([1-9]\d?))?(?:\.([{POINTS}]))?")
_CAPITALS: Final = "".join(c for c in map(chr, range(0x41, 0x1F00)) if c.isalpha() and c.isupper()) + "“"
DAYS: Final = ("issued_on", "in_force_from", "in_force_to")
_KINDS: Final = {"decree": ("Nghị định", "Decree"), "law": ("Luật", "Law"), "code": ("Bộ luật", "Code")}


class UnknownCitation(LookupError):
    """There is no such act, article, clause or point."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act of law. An act without `in_force_from` was not read, so its days are not known."""

    code: str
    kind: str
    number: str
    issued_on: date | None
    in_force_from: date | None
    in_force_to: date | None
    subject_vi: str
    subject_en: str
    verified: bool
    articles: str | None

    def in_force(self, on: date) -> bool:
        """Was it law on that day? An act whose days are not known never is: nothing may rest on it until they are."""
        started = self.in_force_from is not None and self.in_force_from <= on
        return started and (self.in_force_to is None or on < self.in_force_to)

    def name(self, language: str = "vi") -> str:
        """“Nghị định 268/2025/NĐ-CP”; the number keeps its letters in English."""
        vietnamese, english = _KINDS[self.kind]
        return f"{english if language == 'en' else vietnamese} {self.number}"

    def short_name(self, language: str = "vi") -> str:
        """“Nghị định 268/2025”: number and year, without the letters of who issued it."""
        return self.name(language).rpartition("/")[0]

    def subject(self, language: str = "vi") -> str:
        return self.subject_en if language == "en" else self.subject_vi


@dataclass(frozen=True, slots=True)
class Citation:
    act: Act
    article: int
    clause: int | None = None
    point: str | None = None

    @property
    def verified(self) -> bool:
        """Whether the place was found in the text of the act."""
        return self.act.verified

    @property
    def reference(self) -> str:
        return ".".join(str(part) for part in (self.article, self.clause, self.point) if part is not None)

    def place(self, language: str = "vi") -> str:
        """“điểm a khoản 4 Điều 49”, “point a, clause 4, Article 49”."""
        words = ("point", "clause", "Article") if language == "en" else ("điểm", "khoản", "Điều")
        numbers = (self.point, self.clause, self.article)
        said = [f"{word} {number}" for word, number in zip(words, numbers, strict=True) if number is not None]
        return (", " if language == "en" else " ").join(said)

    def full(self, language: str = "vi") -> str:
        """With the act: “điểm a khoản 4 Điều 49 Nghị định 268/2025/NĐ-CP”."""
        joint = " of " if language == "en" else " "
        return f"{self.place(language)}{joint}{self.act.name(language)}"


def cite(act: str, reference: str, language: str = "vi") -> str:
    """The place alone, in words. Raises UnknownCitation."""
    return citation(act, reference).place(language)


@cache
def citation(act: str, reference: str) -> Citation:
    """Find a place of an act. Raises UnknownCitation if the act, or the place in an act we hold, does not exist."""
    if act not in acts():
        raise UnknownCitation(f"there is no act “{act}” in registry/core/law/acts.json")
    written = _REFERENCE.fullmatch(reference)
    if written is None:
        raise UnknownCitation(f"“{reference}” is no reference: write 49, 49.4 or 49.4.a")
    if acts()[act].articles and reference not in places(act):
        raise UnknownCitation(f"{acts()[act].name()} has no {reference}")
    article, clause, point = written.groups()
    return Citation(acts()[act], int(article), int(clause) if clause else None, point)


@cache
def acts() -> dict[str, Act]:
    rows: dict[str, dict[str, Any]] = json.loads((LAW / "acts.json").read_text(encoding="utf-8"))
    return {
        code: Act(code=code, **{**row, **{day: date.fromisoformat(row[day]) if row[day] else None for day in DAYS}})
        for code, row in rows.items()
    }


@cache
def places(act: str) -> frozenset[str]:
    """Every article, clause and point of an act whose text we hold, as references."""
    return frozenset(_passages(act))


def passage(act: str, reference: str) -> str:
    """What the act says there, word for word in Vietnamese; "" where its text is not held. Raises UnknownCitation."""
    return _passages(act).get(citation(act, reference).reference, "")


@cache
def _passages(act: str) -> dict[str, str]:
    name = acts()[act].articles
    if name is None:
        return {}
    articles: dict[str, str] = json.loads((LAW / name).read_text(encoding="utf-8"))
    return {place: words for number, text in articles.items() for place, words in _passages_of(number, text)}


def _passages_of(article: str, text: str) -> list[tuple[str, str]]:
    """The article's own reference and those of its clauses and points, each with its words.

    The text is one line; a number counts as a clause only where it is the next one in sequence and a capital follows,
    so “Phụ lục IV. 1 ban hành” is none.
    """
    text = text.removeprefix(f"Điều {article}. ")
    found = [(article, text)]
    clauses = _in_sequence(text, [rf"(?<![\w.]){n}\. (?=[{_CAPITALS}])" for n in range(1, 60)])
    if not clauses:
        return found + [(f"{article}.{point}", words) for point, words in _points(text)]
    ends = [*clauses[1:], len(text)]
    for number, (start, end) in enumerate(zip(clauses, ends, strict=True), start=1):
        clause = text[start:end].strip()
        found.append((f"{article}.{number}", clause))
        found += [(f"{article}.{number}.{point}", words) for point, words in _points(clause)]
    return found


def _points(text: str) -> list[tuple[str, str]]:
    starts = _in_sequence(text, [rf"(?<=\s){point}\) " for point in POINTS])
    ends = [*starts[1:], len(text)]
    return [(point, text[start:end].strip()) for point, start, end in zip(POINTS, starts, ends, strict=False)]


def _in_sequence(text: str, patterns: list[str]) -> list[int]:
    """Where the patterns stand one after the other, up to the first that is missing."""
    starts: list[int] = []
    at = 0
    for pattern in patterns:
        match = re.compile(pattern).search(text, at)
        if match is None:
            break
        starts.append(match.start())
        at = match.end()
    return starts
