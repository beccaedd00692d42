"""The one exporter of every register: a table as CSV, XLSX or JSON lines, all rows, in batches, within a field class.

A register says which columns there are and which model fields each of them shows; a table that would let a field out to
people it is not for cannot be built (`Withheld`). Nothing in a cell can run: CSV gets an apostrophe before what a spreadsheet
could take for a formula, XLSX holds every text as text.
"""

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Final, TypeVar

from django.db.models import Model, QuerySet
from django.http import StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from registry.core.classification import INTERNAL, PUBLIC, field_class
from registry.core.lifecycle import Text

Cell = str | int | Decimal | date | datetime | Sequence[str] | None
Shown = tuple[type[Model], str]
R = TypeVar("R", bound=Model)

PUBLIC_TABLE: Final = frozenset({PUBLIC})
STAFF_TABLE: Final = frozenset({PUBLIC, INTERNAL})  # what is restricted leaves the house in no table
BATCH: Final = 500
MOST_ROWS: Final = 1_048_576  # of one sheet, its heading counted
MOST_SIGNS: Final = 32_767  # of one cell
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
_SHEET_NAME: Final = re.compile(r"[\\/*?:\[\]]")
_CHUNK: Final = 1 << 16


class Withheld(ValueError):
    """A column shows a field whose class this table must not hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names the value in JSON lines; `value(row)` gives it; `shows` are all model fields from which it is made."""

    key: str
    heading: Text
    value: Callable[[Any], Cell]
    shows: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of an export. `batches` gives the rows a few hundred at a time; `allowed` are the classes it may hold.

    Raises Withheld when a column shows more than that, or does not say what it shows.
    """

    title: Text
    columns: tuple[Column, ...]
    batches: Callable[[], Iterable[Sequence[Any]]]
    allowed: frozenset[str] = PUBLIC_TABLE

    def __post_init__(self) -> None:
        for column in self.columns:
            if not column.shows:
                raise Withheld(f"{column.key}: says of no field that it shows it")
            for model, name in column.shows:
                if field_class(model, name) not in self.allowed:
                    raise Withheld(f"{column.key}: {model._meta.label}.{name} is {field_class(model, name)}")

    def headings(self) -> list[str]:
        return [str(column.heading) for column in self.columns]

    def rows(self) -> Iterator[list[Cell]]:
        for batch in self.batches():
            for row in batch:
                yield [column.value(row) for column in self.columns]


def batches_of(rows: QuerySet[R], size: int = BATCH) -> Iterator[list[R]]:
    """All rows of a query in its order, a few hundred at a time: which ones is asked once, so that none slips by."""
    return in_batches(rows, list(rows.values_list("pk", flat=True)), size)


def in_batches(rows: QuerySet[R], wanted: list[int], size: int = BATCH) -> Iterator[list[R]]:
    """The rows of these keys, in this order; one that is gone meanwhile is left out."""
    for start in range(0, len(wanted), size):
        keys = wanted[start : start + size]
        found = {row.pk: row for row in rows.filter(pk__in=keys).order_by()}
        yield [found[key] for key in keys if key in found]


def safe(cell: Cell) -> str:
    """A cell of a CSV file: a text that a spreadsheet could take for a formula gets an apostrophe in front."""
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return format(cell, "f") if isinstance(cell, Decimal) else str(cell)
    text = written(cell)
    return f"'{text}" if text.lstrip().startswith(_RISKY) else text


def written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return str(cell) if isinstance(cell, str | int | Decimal) else "; ".join(cell)


def as_csv(table: Table) -> Iterator[bytes]:
    """Lines as RFC 4180 has them, with a byte order mark so that Excel reads the letters."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def taken() -> bytes:
        lines = buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
        return lines

    buffer.write("\ufeff")
    writer.writerow(map(safe, table.headings()))
    yield taken()
    for batch in table.batches():
        writer.writerows([safe(column.value(row)) for column in table.columns] for row in batch)
        yield taken()


def as_jsonl(table: Table) -> Iterator[bytes]:
    """One JSON object a line: lists stay lists, what is not known is null, amounts are text so that no digit is lost."""
    for batch in table.batches():
        yield b"".join(
            json.dumps({column.key: _plain(column.value(row)) for column in table.columns}, ensure_ascii=False).encode()
            + b"\n"
            for row in batch
        )


def _plain(cell: Cell) -> Any:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return cell if cell is None or isinstance(cell, str | int) else list(cell)


def as_xlsx(table: Table) -> Iterator[bytes]:
    """A workbook, written row by row into a file that has no name and sent from there: memory does not grow with the rows."""
    with tempfile.TemporaryFile() as file:
        write_xlsx(table, file)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def write_xlsx(table: Table, file: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    title = _SHEET_NAME.sub(" ", str(table.title))[:28]
    sheet, count = None, 0
    for row in table.rows():
        if sheet is None or count == MOST_ROWS:
            sheet, count = _sheet(book, table, title), 1
        sheet.append([_typed(sheet, cell) for cell in row])
        count += 1
    if sheet is None:
        _sheet(book, table, title)
    book.save(file)


def _sheet(book: Workbook, table: Table, title: str) -> Any:
    """A sheet whose heading stays in sight."""
    number = len(book.worksheets) + 1
    sheet = book.create_sheet(title if number == 1 else f"{title} {number}")
    sheet.freeze_panes = "A2"
    for place in range(1, len(table.columns) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 24
    headings = [_typed(sheet, heading) for heading in table.headings()]
    for heading in headings:
        heading.font = Font(bold=True)
    sheet.append(headings)
    return sheet


def _typed(sheet: Any, cell: Cell) -> Any:
    """Numbers and days as such, everything else as text, whatever it begins with."""
    if cell is None or isinstance(cell, int | Decimal):
        return cell
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)  # a workbook knows no zones; the portal has one
    if isinstance(cell, date):
        return cell
    typed = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", written(cell))[:MOST_SIGNS])
    typed.data_type = "s"
    return typed


@dataclass(frozen=True, slots=True)
class Format:
    code: str
    content_type: str
    write: Callable[[Table], Iterator[bytes]]


FORMATS: Final = {
    one.code: one
    for one in (
        Format("csv", "text/csv; charset=utf-8", as_csv),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
        Format("jsonl", "application/x-ndjson; charset=utf-8", as_jsonl),
    )
}


def download(table: Table, code: str, name: str) -> StreamingHttpResponse:
    """The whole table as a file to keep, named `name` with the format's ending. `code` is one of FORMATS."""
    chosen = FORMATS[code]
    response = StreamingHttpResponse(chosen.write(table), content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{chosen.code}"'
    return response
