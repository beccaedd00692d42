"""Two submissions side by side: what left, what came, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from registry.core.classification import RESTRICTED
from registry.dossiers import snapshot
from registry.dossiers.models import Submission

MOST_WORDS = 1_500
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: "same", "gone" or "new"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    hidden: bool


def differences(older: Submission, newer: Submission, *, revealed: bool) -> tuple[list[Difference], list[str]]:
    """What changed, and the restricted fields that were shown for it."""
    before, after = snapshot.read(older), snapshot.read(newer)
    classes = {a["name"]: a["class"] for content in (before, after) for s in content["steps"] for a in s["answers"]}
    found, read = [], []
    for change in snapshot.diff(before, after):
        restricted = classes.get(change.name, RESTRICTED) == RESTRICTED
        if restricted and not revealed:
            found.append(Difference(change.label, (), (), True))
            continue
        if restricted:
            read.append("files.name" if change.name == "file" else change.name)
        found.append(Difference(change.label, *pieces(change.before, change.after), False))
    return found, read


def pieces(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, so that what they do not share stands out. Very long ones are taken whole."""
    old, new = WORDS.findall("\n".join(before)), WORDS.findall("\n".join(after))
    if len(old) + len(new) > MOST_WORDS:
        return (Piece("gone", "".join(old)),), (Piece("new", "".join(new)),)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = kind == "equal"
        if i < j:
            left.append(Piece("same" if same else "gone", "".join(old[i:j])))
        if k < m:
            right.append(Piece("same" if same else "new", "".join(new[k:m])))
    return tuple(left), tuple(right)


def chosen(submissions: list[Submission], query: Any) -> tuple[Submission, Submission] | None:
    """The two that the address names, older first; without words in it the last two. None: it names none that exist."""
    numbers = {str(one.number): one for one in submissions}
    older = numbers.get(query.get("from") or str(len(submissions) - 1))
    newer = numbers.get(query.get("to") or str(len(submissions)))
    if older is None or newer is None:
        return None
    return (older, newer) if older.number <= newer.number else (newer, older)
