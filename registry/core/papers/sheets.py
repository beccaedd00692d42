"""A form as lines, before it is a PDF or a DOCX: both are made from this, so that they say the same.

Words are the form's own, a `Blank` is the place of an answer: what is not known stays a dotted line, as on paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

LINES_TO_WRITE_ON: Final = 3
ROWS_TO_WRITE_IN: Final = 3


@dataclass(frozen=True, slots=True)
class Blank:
    """The place of an answer. `dots`: so many dots while it is empty; None fills the line up to the next gap or its end."""

    text: str = ""
    dots: int | None = None


class Gap(Enum):
    """Where the form jumps to the second half of a line."""

    HALF = "half"


Part = str | Blank | Gap


@dataclass(frozen=True, slots=True)
class Line:
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 2 stands below the title, 3 and 4 below that."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is a share of the table's; `is_number` sets its figures to the right."""

    title: str
    width: int
    is_number: bool = False

    def is_right(self, cell: str) -> bool:
        """Words stand left among figures too."""
        return self.is_number and not any(map(str.isalpha, cell))


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Line | Heading | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """`where`: the line of place and day; None where the form has none."""

    where: Line | None
    role: str
    note: str
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`beside` stands left of the national motto, `below` under the title; `to` None where nobody is addressed.

    `issued_as` is the name and number of what was issued on the form: such a paper does not bear the form's name at its head.
    """

    code: str
    title: tuple[str, ...]
    author: str
    blocks: tuple[Block, ...]
    signature: Signature
    beside: tuple[str, ...] = ()
    below: tuple[Line, ...] = ()
    to: Blank | None = None
    issued_as: str = ""

    @property
    def name(self) -> str:
        """The title in one line, for a file's properties and the list of bookmarks."""
        return f"Mẫu số {self.code}: {' '.join(self.title)}"


def asked(words: str, text: str) -> Line:
    """A label and its answer."""
    return Line((words, Blank(text)))


def two(first: tuple[str, str], second: tuple[str, str]) -> Line:
    """Two labels with their answers on one line."""
    return Line((first[0], Blank(first[1]), Gap.HALF, second[0], Blank(second[1])))


def written(text: str) -> tuple[Line, ...]:
    """Free text, a line for each of its paragraphs; else lines to write on."""
    if not text.strip():
        return (Line((Blank(),)),) * LINES_TO_WRITE_ON
    return tuple(Line((Blank(paragraph),)) for paragraph in text.split("\n") if paragraph.strip())


def listed(names: Sequence[str]) -> tuple[Line, ...]:
    return tuple(asked(f"{number}. ", name) for number, name in enumerate(names or ("",), 1))


def on(when: date | None) -> tuple[Part, ...]:
    """“ngày … tháng … năm …”"""
    day, month, year = parts_of(when)
    return ("ngày ", Blank(day, 4), " tháng ", Blank(month, 4), " năm ", Blank(year, 8))


def parts_of(when: date | None) -> tuple[str, str, str]:
    """Day, month and year for the three places of “ngày … tháng … năm …”; one digit gets a zero before it."""
    return ("", "", "") if when is None else (f"{when.day:02}", f"{when.month:02}", str(when.year))


def numbered(columns: Iterable[Column], rows: Sequence[tuple[str, ...]]) -> Table:
    """A table whose first column counts; without rows it has some to write in."""
    columns = (Column("STT", 2), *columns)
    empty = ("",) * (len(columns) - 1)
    filled = rows or (empty,) * ROWS_TO_WRITE_IN
    return Table(columns, tuple((f"{number}.", *row) for number, row in enumerate(filled, 1)))
