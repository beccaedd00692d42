"""Marks the found words in the original text, and cuts the passage that shows most of them. The same for every engine."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.normalise import WORD, fold, nfc
from search.plan import Plan

PASSAGE = 260  # characters
MOST_SEARCHED = 400_000  # characters of a body that are looked through

UNFINISHED_LINE = re.compile(r"(?<![.!?…:;,])\s*\n\s*")

Span = tuple[int, int, int]  # start, end, group


def title(text: str, plan: Plan) -> SafeString:
    return _marked(nfc(text), _spans(text, plan))


def snippet(summary: str, body: str, plan: Plan) -> SafeString:
    """The summary if it shows what was looked for, else the passage of the body that shows most of it."""
    in_summary = _spans(summary, plan)
    shown = {group for _, _, group in in_summary}
    in_body = _spans(body[:MOST_SEARCHED], plan) if len(shown) < len(plan.groups) else []
    if summary and len({group for _, _, group in in_body}) <= len(shown):
        return _passage(summary, in_summary)
    return _passage(body, in_body)


def _spans(text: str, plan: Plan) -> list[Span]:
    """Where the plan's phrases stand. Folding keeps lengths, so places in the folded text are places in the text."""
    folded = fold(text)
    spans: list[Span] = []
    for number, group in enumerate(plan.groups):
        for phrase in group.phrases:
            gap = r"[\W_]+"
            inside = gap.join(re.escape(word) for word in phrase.plain)
            end = r"[^\W_]*" if phrase.open_end else r"(?![^\W_])"
            spans += [(m.start(), m.end(), number) for m in re.finditer(rf"(?<![^\W_]){inside}{end}", folded)]
    return sorted(spans)


def _passage(text: str, spans: list[Span]) -> SafeString:
    text = nfc(text)
    start, end = _best_window(spans, len(text))
    if start:
        start = _word_start(text, start)
    if end < len(text):
        end = max(_word_end(text, end), start)
    inside = [(a - start, b - start, g) for a, b, g in spans if a >= start and b <= end]
    marked = UNFINISHED_LINE.sub(" · ", _marked(text[start:end], inside).strip())  # lines of a list do not run together
    return mark_safe(("… " if start else "") + marked + (" …" if end < len(text) else ""))  # noqa: S308 (escaped below)


def _best_window(spans: list[Span], length: int) -> tuple[int, int]:
    """The window that shows most groups, then most words; the first of equals. A little text stands before the first word."""
    best, at = (0, 0), 0
    for i, (start, _, _) in enumerate(spans[:2000]):
        near = [span for span in spans[i : i + 60] if span[1] <= start + PASSAGE - 40]
        value = (len({group for _, _, group in near}), len(near))
        if value > best:
            best, at = value, start
    start = max(0, at - 40) if at > 80 else 0
    return start, min(length, start + PASSAGE)


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
