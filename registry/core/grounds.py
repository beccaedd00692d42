"""On what an act of the department rests, by the day: a provision of law, or words of the department's own where no law says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.core.citations import UnknownCitation, citation

_CITED: Final = re.compile(r"([a-z][a-z0-9]*):(.*)")


@dataclass(frozen=True, slots=True)
class Ground:
    """`says` is a citation (`nd268:66.4`) or the department's own words, from a day on (None: always) until before another."""

    says: str
    effective_from: date | None = None
    effective_to: date | None = None

    def holds(self, on: date) -> bool:
        started = self.effective_from is None or self.effective_from <= on
        return started and (self.effective_to is None or on < self.effective_to)


def ground_on(grounds: Iterable[Ground], on: date) -> str:
    """The one that holds on that day. Raises LookupError where there is none."""
    for ground in grounds:
        if ground.holds(on):
            return ground.says
    raise LookupError(f"no ground on {on}")


def ground_in_words(says: str, language: str = "vi") -> str:
    """“khoản 4 Điều 66 Nghị định 268/2025/NĐ-CP”; the department's own words, and a code that no act knows, as they are."""
    cited = _CITED.fullmatch(says)
    try:
        return citation(*cited.groups()).full(language) if cited else says
    except UnknownCitation:
        return says


def is_law_on(says: str, on: date) -> bool:
    """May an act of that day rest on it? Own words may; a provision only while its act is in force."""
    cited = _CITED.fullmatch(says)
    if cited is None:
        return bool(says.strip())
    try:
        return citation(*cited.groups()).act.in_force(on)
    except UnknownCitation:
        return False
