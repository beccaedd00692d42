"""What an enterprise asks to be different on its certificate (Art. 52 of Decree 268/2025). Pure: no database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from registry.core.text import fold


class Case(StrEnum):
    """The cases of Art. 52(1), by the letter of their point, and the one for which Art. 68(1) sends to the same procedure."""

    REGISTRATION = "registration"  # a: the information of the certificate of business registration
    LIST = "list"  # b: the list of results, the list of products
    LOST = "lost"  # c: lost, burnt, torn, ragged or destroyed otherwise
    TRANSITION = "transition"  # Art. 68(1): of the old decree, and its enterprise meets the conditions of this one


CHANGING: Final = frozenset({Case.REGISTRATION, Case.LIST, Case.TRANSITION})
"""Those that are decided as a change; point c alone is a re-issue."""

PRINTED: Final = (
    "name_vi",
    "name_en",
    "short_name",
    "business_number",
    "registered_on",
    "ward",
    "address",
    "phone",
)
"""What form V.4 prints of the enterprise, in its order."""

MAY_BE_LACKING: Final = frozenset({"registered_on", "phone"})
"""What form V.5 demands and a certificate entered from paper may lack: filling it in is no change."""


def is_change(cases: Sequence[str]) -> bool:
    """Is a change of content asked for (alone or with a re-issue), or the same certificate once more?"""
    return bool(CHANGING & set(cases))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table of form V.4; `incentive_from` None: Art. 56(2) sets no day, or not yet as it is being added."""

    result_kind: str
    result: str
    product: str
    incentive_from: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """By what two lines are the same: result and product, however they are written."""
        return fold(self.result), fold(self.product)


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the present certificate that is to stay, as it is to be written. `line`: its place now, from 1."""

    line: int
    result_kind: str
    result: str
    product: str


@dataclass(frozen=True, slots=True)
class TableDifference:
    """How the table would change: what goes, what is only written otherwise (before, after), what is added."""

    removed: tuple[Line, ...]
    reworded: tuple[tuple[Line, Line], ...]
    added: tuple[Line, ...]

    def __bool__(self) -> bool:
        return bool(self.removed or self.reworded or self.added)


def table(present: Sequence[Line], kept: Sequence[Kept], added: Sequence[Line]) -> tuple[Line, ...]:
    """The table that is asked for. A line that stays keeps its incentive day, one that is added has none yet.

    So writing a product otherwise never lengthens its incentives. `kept` names only lines that are there.
    """
    stays = [Line(one.result_kind, one.result, one.product, present[one.line - 1].incentive_from) for one in kept]
    return (*stays, *added)


def difference(present: Sequence[Line], kept: Sequence[Kept], added: Sequence[Line]) -> TableDifference:
    staying = {one.line for one in kept}
    pairs = [
        (present[one.line - 1], new)
        for one, new in zip(kept, table(present, kept, ()), strict=True)
        if present[one.line - 1] != new
    ]
    removed = tuple(line for place, line in enumerate(present, 1) if place not in staying)
    return TableDifference(removed, tuple(pairs), tuple(added))


def changed(present: Mapping[str, object], wanted: Mapping[str, object]) -> list[str]:
    """Which of PRINTED would be different. Empty is empty, however it is written."""
    return [
        name
        for name in PRINTED
        if (present.get(name) or "") != (wanted.get(name) or "")
        and not (name in MAY_BE_LACKING and not present.get(name))
    ]
