"""Marks the found words in the original text, and cuts the passage that shows most of them. The same for every engine."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.normalise import WORD, fold, nfc
from search.plan import Phrase, Plan

PASSAGE = 260  # characters
MOST_SEARCHED = 1_000_000  # characters of a body that are looked through
MOST_SPANS = 4_000  # places in a body that are weighed
SHORTEST_DAMAGED = 3  # letters of a word that is recognised with one of them wrong

UNFINISHED_LINE = re.compile(r"(?<![.!?…:;,])\s*\n\s*")

Span = tuple[int, int, int]  # start, end, group


@dataclass(frozen=True)
class Section:
    """From `start` on the body stands somewhere of its own."""

    start: int
    label: str
    url: str


@dataclass(frozen=True)
class Shown:
    """The passage of a hit, and where it stands if that is not the text itself."""

    snippet: SafeString
    place: str = ""
    place_url: str = ""


@dataclass(frozen=True)
class _Window:
    """A cut of what stands between two places of a text, and how much of the query it shows: groups, then words."""

    start: int
    end: int
    begin: int
    stop: int
    value: tuple[int, int] = (0, 0)


def title(text: str, plan: Plan) -> SafeString:
    return _marked(nfc(text), _spans(text, plan))


def shown(summary: str, body: str, sections: Sequence[Section], plan: Plan, *, damaged: bool = False) -> Shown:
    """The summary if it shows what was looked for, else the passage of the body that shows most of it.

    The passage stays inside one section. In a `damaged` text, words that are missing elsewhere are recognised with one letter wrong.
    """
    in_summary = _spans(summary, plan)
    there = {group for _, _, group in in_summary}
    in_body: list[Span] = []
    if len(there) < len(plan.groups):
        searched = body[:MOST_SEARCHED]
        in_body = _spans(searched, plan)
        if damaged and len(there | {group for _, _, group in in_body}) < len(plan.groups):
            in_body = sorted({*in_body, *_spans(searched, plan, damaged=True)})
    if summary and len({group for _, _, group in in_body}) <= len(there):
        return Shown(_passage(summary, in_summary, _best_window(in_summary, 0, len(summary))))
    window, section = _best_section(body, sections, in_body)
    passage = _passage(body, in_body, window)
    return Shown(passage, section.label, section.url) if section else Shown(passage)


def _spans(text: str, plan: Plan, *, damaged: bool = False) -> list[Span]:
    """Where the plan's phrases stand. Folding keeps lengths, so places in the folded text are places in the text."""
    folded = fold(text)
    spans: list[Span] = []
    for number, group in enumerate(plan.groups):
        for phrase in group.phrases:
            spans += [(m.start(), m.end(), number) for m in re.finditer(_pattern(phrase, damaged), folded)]
    return sorted(spans)


def _pattern(phrase: Phrase, damaged: bool) -> str:
    inside = r"[\W_]+".join(_one_letter_wrong(word) if damaged else re.escape(word) for word in phrase.plain)
    end = r"[^\W_]*" if phrase.open_end else r"(?![^\W_])"
    return rf"(?<![^\W_]){inside}{end}"


def _one_letter_wrong(word: str) -> str:
    """A pattern for the word, and for the word with one letter lost or read as one or two other signs."""
    if len(word) < SHORTEST_DAMAGED or any(c.isdigit() for c in word):
        return re.escape(word)
    ways = [rf"{re.escape(word[:at])}[^\s,;.]{{0,2}}{re.escape(word[at + 1 :])}" for at in range(len(word))]
    return f"(?:{'|'.join(ways)})"


def _best_section(body: str, sections: Sequence[Section], spans: Sequence[Span]) -> tuple[_Window, Section | None]:
    """The window that shows most, and the section it lies in; the text itself stands before its sections."""
    begins = [0, *(section.start for section in sections), len(body)]
    best, at = _Window(0, min(PASSAGE, begins[1]), 0, begins[1]), 0
    where: Section | None = None
    for place, (begin, end) in enumerate(pairwise(begins)):
        inside: list[Span] = []
        while at < len(spans) and spans[at][0] < end:
            if spans[at][1] <= end and at < MOST_SPANS:
                inside.append(spans[at])
            at += 1
        window = _best_window(inside, begin, end)
        if window.value > best.value:
            best, where = window, sections[place - 1] if place else None
    return best, where


def _best_window(spans: Sequence[Span], begin: int, end: int) -> _Window:
    """The window between two places that shows most groups, then most words; the first of equals. A little text stands before the
    first word.
    """
    best, at = (0, 0), begin
    for i, (start, _, _) in enumerate(spans[:2000]):
        near = [span for span in spans[i : i + 60] if span[1] <= start + PASSAGE - 40]
        value = (len({group for _, _, group in near}), len(near))
        if value > best:
            best, at = value, start
    start = at - 40 if at > begin + 80 else begin
    return _Window(start, min(end, start + PASSAGE), begin, end, best)


def _passage(text: str, spans: Iterable[Span], window: _Window) -> SafeString:
    text = nfc(text)
    start, end = window.start, window.end
    if start > window.begin:
        start = _word_start(text, start)
    if end < window.stop:
        end = max(_word_end(text, end), start)
    inside = [(a - start, b - start, g) for a, b, g in spans if a >= start and b <= end]
    marked = UNFINISHED_LINE.sub(" · ", _marked(text[start:end], inside).strip())  # lines of a list do not run together
    front, back = "… " if start > window.begin else "", " …" if end < window.stop else ""
    return mark_safe(front + marked + back)  # noqa: S308 (escaped below)


def _word_start(text: str, at: int) -> int:
    found = WORD.search(text, at) if not text[at - 1].isspace() else None
    if found and found.start() == at:
        found = WORD.search(text, found.end())
    return found.start() if found else at


def _word_end(text: str, at: int) -> int:
    cut = text.rfind(" ", 0, at)
    return cut if cut > at - 40 else at


def _marked(text: str, spans: list[Span]) -> SafeString:
    pieces: list[str] = []
    at = 0
    for start, end in _joined(text, spans):
        pieces += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*pieces, escape(text[at:])]))  # noqa: S308 (each piece is escaped)


def _joined(text: str, spans: list[Span]) -> list[tuple[int, int]]:
    """Overlapping spans, and neighbours with only a blank between, as one."""
    joined: list[tuple[int, int]] = []
    for start, end, _ in spans:
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start].isspace()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
