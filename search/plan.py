"""What a query asks for, before any engine: groups of alternatives, each a phrase. Both engines read the same plan.

A record matches when every group is met; a group is met by any of its phrases (words next to each other in the title, or in the
body) or by a number that begins with one of its codes. How the match ranks is said by the five tiers:

1. the query as one phrase in the title, marks as typed, or the number itself;   2. all groups, marks as typed, anywhere;
3. the query as one phrase in the title, marks aside;   4. all groups in the title, marks aside;   5. all groups, anywhere.

A query without any mark asks for "any marks", so tiers 1 (but for numbers) and 2 stay empty. Inside a tier newest comes first.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from search.abbreviations import Abbreviations
from search.normalise import Word, clean, code, is_code, words

MOST_WORDS = 32
MOST_WORDINGS = 16
# What people write before a number to say that one follows, the longest first.
INTRODUCTIONS = tuple(tuple(said.split()) for said in ("ma so thue", "tax code", "ma so", "mst", "so", "no"))
_QUOTED = re.compile('"([^"]*)"|“([^”]*)”|«([^»]*)»')


@dataclass(frozen=True)
class Phrase:
    """Words that stand next to each other. `open_end`: the last one may go on ("nghi" for "nghiệp")."""

    words: tuple[Word, ...]
    open_end: bool = False

    @property
    def plain(self) -> tuple[str, ...]:
        return tuple(word.plain for word in self.words)

    @property
    def exact(self) -> tuple[str, ...]:
        return tuple(word.exact for word in self.words)

    def __add__(self, other: "Phrase") -> "Phrase":
        return Phrase(self.words + other.words, other.open_end)


@dataclass(frozen=True)
class Group:
    phrases: tuple[Phrase, ...]
    codes: tuple[str, ...] = ()
    quoted: bool = False


@dataclass(frozen=True)
class Plan:
    groups: tuple[Group, ...] = ()
    code: str = ""
    blank: bool = False
    truncated: bool = False

    @property
    def empty(self) -> bool:
        """Something was typed, but no word of it can be looked for."""
        return not self.blank and not self.groups

    @property
    def marked(self) -> bool:
        return any(word.marked for group in self.groups for word in group.phrases[0].words)

    @property
    def wordings(self) -> tuple[Phrase, ...]:
        """The whole query as one phrase, for each way to read its abbreviations."""
        ways = itertools.product(*(group.phrases for group in self.groups))
        return tuple(reduce(add, way) for way in itertools.islice(ways, MOST_WORDINGS) if way)

    @property
    def can_open(self) -> bool:
        """Whether the last word is long enough to be read as the beginning of one, and is not so read yet."""
        if not self.groups or self.groups[-1].quoted or self.groups[-1].codes or self.groups[-1].phrases[0].open_end:
            return False
        last = self.groups[-1].phrases[0].words[-1].plain
        return len(last) >= 3 or (len(last) == 2 and len(self.groups) > 1)

    def opened(self) -> "Plan":
        last = self.groups[-1]
        phrases = (replace(last.phrases[0], open_end=True), *last.phrases[1:])
        return replace(self, groups=(*self.groups[:-1], replace(last, phrases=phrases)))


def make_plan(text: str, language: str | None, abbreviations: Abbreviations) -> Plan:
    """Read what somebody typed. Never fails: what is no word or number is left out."""
    text = clean(text)
    if not text.strip():
        return Plan(blank=True)
    groups: list[Group] = []
    at = 0
    for quoted in _QUOTED.finditer(text):
        groups += _free_text(text[at : quoted.start()], language, abbreviations)
        inside = words(quoted[1] or quoted[2] or quoted[3] or "")
        if inside:
            groups.append(Group((Phrase(tuple(inside)),), quoted=True))
        at = quoted.end()
    groups += _free_text(text[at:], language, abbreviations)
    kept = _within_limit(groups)
    whole = _whole_code(text)
    return Plan(kept, code=whole if is_code(whole) else "", truncated=typed_words(kept) < typed_words(groups))


def _whole_code(text: str) -> str:
    """All that was typed as one number, without what introduces it."""
    typed = [word.plain for word in words(text)]
    for introduction in INTRODUCTIONS:
        rest = typed[len(introduction) :]
        if tuple(typed[: len(introduction)]) == introduction and rest and rest[0][0].isdigit():
            return code(" ".join(rest))
    return code(text)


def typed_words(groups: Sequence[Group]) -> int:
    """How many words were typed for these groups."""
    return sum(len(group.phrases[0].words) for group in groups)


def _within_limit(groups: list[Group]) -> tuple[Group, ...]:
    kept: list[Group] = []
    left = MOST_WORDS
    for group in groups:
        length = len(group.phrases[0].words)
        if length > left:
            if not kept:
                kept.append(Group((Phrase(group.phrases[0].words[:left]),), quoted=group.quoted))
            break
        kept.append(group)
        left -= length
    return tuple(kept)


def _free_text(text: str, language: str | None, abbreviations: Abbreviations) -> list[Group]:
    groups: list[Group] = []
    for chunk in _chunks(text, abbreviations):
        typed = tuple(words(chunk))
        if not typed:
            continue
        if chunk in abbreviations.longs:
            readings = (typed, *(tuple(words(form)) for form in abbreviations.long_forms(chunk, language)))
            groups.append(Group(tuple(Phrase(reading) for reading in dict.fromkeys(readings) if reading)))
        elif any(c.isdigit() for c in chunk):
            number = code(chunk)
            if is_code(number):
                groups.append(Group(_with_introduction(groups, typed), codes=(number,)))
            else:
                groups.append(Group((Phrase(typed),)))
        else:
            groups += [Group((Phrase((word,)),)) for word in typed]
    return groups


def _with_introduction(groups: list[Group], number: tuple[Word, ...]) -> tuple[Phrase, ...]:
    """The number as it was introduced, and alone: an entry need not say “số” or “MST”. Takes those words off `groups`."""
    for introduction in INTRODUCTIONS:
        before = groups[-len(introduction) :]
        if [group.phrases[0].plain for group in before] == [(word,) for word in introduction]:
            del groups[-len(introduction) :]
            return Phrase(tuple(group.phrases[0].words[0] for group in before) + number), Phrase(number)
    return (Phrase(number),)


def _chunks(text: str, abbreviations: Abbreviations) -> list[str]:
    """Pieces between blanks; an abbreviation is a piece of its own, unless it stands in a number ("12/QĐ-UBND")."""
    chunks: list[str] = []
    at = 0
    for found in abbreviations.pattern.finditer(text) if abbreviations.pattern else ():
        if not any(c.isdigit() for c in _piece_around(text, found.start(), found.end())):
            chunks += [*text[at : found.start()].split(), found.group()]
            at = found.end()
    return chunks + text[at:].split()


def _piece_around(text: str, start: int, end: int) -> str:
    before = text[:start].rsplit(maxsplit=1)
    after = text[end:].split(maxsplit=1)
    front = before[-1] if before and not text[start - 1].isspace() else ""
    back = after[0] if after and not text[end].isspace() else ""
    return front + text[start:end] + back
