"""A CSV or XLSX file as rows of text, read whole before the first row is taken over: a file that breaks in the middle does no harm.

The rows wait in a file without a name, so that memory does not grow with them. Nothing is guessed: another encoding, an old
format, a heading that cannot be mapped and a file that would unpack without end are told.
"""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Final

import openpyxl

from registry.core.text import clean, fault_of_file
from registry.startups.importing.columns import Unusable, letter, mapped

MOST_BYTES: Final = 50 * 1024 * 1024
MOST_UNPACKED: Final = 150 * 1024 * 1024
MOST_SHARED_TEXT: Final = 60 * 1024 * 1024  # openpyxl holds it in memory
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
MOST_SIGNS: Final = 32_767
OLD_OFFICE: Final = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and XLSX with a password
DELIMITERS: Final = (",", ";", "\t")
RISKY: Final = ("=", "+", "-", "@")

csv.field_size_limit(MOST_SIGNS * 4)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a spreadsheet counts it: the headings are row 1. `formulas` are the keys of cells that hold no text but a sum."""

    number: int
    cells: dict[str, str]
    formulas: tuple[str, ...] = ()


@dataclass(slots=True)
class Sheet:
    """What was read. `headings` maps a column's key to how the file calls it."""

    sha256: str
    headings: dict[str, str]
    total: int = 0
    _rows: IO[str] = field(default_factory=lambda: tempfile.TemporaryFile("w+", encoding="utf-8"))  # noqa: SIM115 (closed by `close`)

    def rows(self, after: int = 0) -> Iterator[Row]:
        """The rows that are not empty, those up to number `after` left out."""
        self._rows.seek(0)
        for line in self._rows:
            number, cells, formulas = json.loads(line)
            if number > after:
                yield Row(number, cells, tuple(formulas))

    def close(self) -> None:
        self._rows.close()

    def __enter__(self) -> "Sheet":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def read(path: Path) -> Sheet:
    """The list in a file. Raises Unusable with a sentence."""
    try:
        size = path.stat().st_size
        if size == 0:
            raise Unusable("Tệp trống.")
        if size > MOST_BYTES:
            raise Unusable(f"Tệp nặng {size // 1024**2} MB, quá mức {MOST_BYTES // 1024**2} MB. Chia thành nhiều tệp.")
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            head = file.read(8)
            file.seek(0)
            with closing(_xlsx(file) if head.startswith(b"PK\x03\x04") else _csv(file, head)) as lines:
                return _gathered(sha256, lines)
    except OSError as failure:
        raise Unusable(f"Không mở được tệp: {fault_of_file(failure)}.") from failure


Cells = Sequence[tuple[str, bool]]
"""The cells of a row: the text, and whether it is a formula."""


def _gathered(sha256: str, lines: Iterable[Cells]) -> Sheet:
    rows = iter(lines)
    first = next(rows, None)
    if first is None or not any(text for text, _formula in first):
        raise Unusable("Tệp không có dòng nào, hoặc dòng 1 trống. Dòng 1 phải là tên các cột.")
    if any(formula for _text, formula in first):
        raise Unusable("Tên cột là công thức. Gõ tên cột thành chữ.")
    headings = [text for text, _formula in first]
    while headings and not headings[-1]:
        headings.pop()
    places = mapped(headings)
    sheet = Sheet(sha256, {key: headings[place] for key, place in places.items()})
    try:
        for number, cells in enumerate(rows, start=2):
            _keep(sheet, number, cells, places, len(headings))
    except BaseException:
        sheet.close()
        raise
    if sheet.total == 0:
        sheet.close()
        raise Unusable("Tệp chỉ có tên cột, chưa có dòng nào.")
    return sheet


def _keep(sheet: Sheet, number: int, cells: Cells, places: dict[str, int], width: int) -> None:
    if not any(text for text, _formula in cells):
        return
    beyond = next((place for place, (text, _formula) in enumerate(cells) if place >= width and text), None)
    if beyond is not None:
        raise Unusable(
            f"Dòng {number} có chữ ở cột {letter(beyond)}, cột không có tên. Dòng lệch cột hoặc ô tiêu đề bị gộp."
        )
    sheet.total += 1
    if sheet.total > MOST_ROWS:
        raise Unusable(f"Tệp có hơn {MOST_ROWS:,} dòng. Chia thành nhiều tệp.".replace(",", "."))
    found = {key: cells[place] for key, place in places.items() if place < len(cells)}
    texts = {key: found[key][0] if key in found else "" for key in places}
    line = [number, texts, [key for key, (_text, formula) in found.items() if formula]]
    sheet._rows.write(json.dumps(line, ensure_ascii=False) + "\n")


def _csv(file: IO[bytes], head: bytes) -> Generator[Cells, None, None]:
    """UTF-8 only: another encoding gives letters that look right and are not."""
    if head.startswith(OLD_OFFICE):
        raise Unusable("Tệp .xls cũ hoặc tệp có mật khẩu. Lưu lại thành .xlsx không mật khẩu.")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unusable("Tệp mã hóa UTF-16. Trong Excel chọn Lưu thành, kiểu “CSV UTF-8”.")
    if head.startswith((b"%PDF", b"<!DOC", b"<html", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")):
        raise Unusable("Tệp này không phải bảng tính. Gửi tệp .xlsx hoặc .csv.")
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        first = text.readline(MOST_SIGNS * 4)
        if "\0" in first:
            raise Unusable("Tệp này không phải bảng tính. Gửi tệp .xlsx hoặc .csv.")
        delimiter = max(DELIMITERS, key=first.count)
        text.seek(0)
        for record in csv.reader(text, delimiter=delimiter, strict=True):
            if len(record) > MOST_COLUMNS and any(record[MOST_COLUMNS:]):
                raise Unusable(f"Tệp có hơn {MOST_COLUMNS} cột.")
            yield [(_written(cell), False) for cell in record[:MOST_COLUMNS]]
    except UnicodeDecodeError as wrong:
        raise Unusable(
            "Tệp không phải UTF-8 (có thể là Windows-1258). Trong Excel chọn Lưu thành, kiểu “CSV UTF-8”."
        ) from wrong
    except csv.Error as wrong:
        raise Unusable(f"Tệp CSV sai cấu trúc (dấu ngoặc kép không khép, hoặc ô quá dài): {wrong}.") from wrong
    finally:
        text.detach()


def _written(cell: str) -> str:
    """A cell without the apostrophe that an export sets before what a spreadsheet could run."""
    text = clean(cell)
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) else text


def _xlsx(file: IO[bytes]) -> Generator[Cells, None, None]:
    _check_archive(file)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheets = book.worksheets
        if not sheets:
            raise Unusable("Tệp không có trang tính nào.")
        sheet = sheets[0]
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(max_col=MOST_COLUMNS + 1):
            yield _cells(cells)
        book.close()
    except Unusable:
        raise
    except Exception as broken:  # a damaged workbook may break the reader anywhere
        raise Unusable("Không đọc được tệp XLSX: tệp hỏng. Mở bằng Excel rồi lưu lại.") from broken


def _cells(cells: Sequence[Any]) -> Cells:
    if len(cells) > MOST_COLUMNS and cells[MOST_COLUMNS].value is not None:
        raise Unusable(f"Tệp có hơn {MOST_COLUMNS} cột.")
    return [(_text(cell.value), cell.data_type == "f") for cell in cells[:MOST_COLUMNS]]


def _text(value: Any) -> str:
    """A cell as somebody would have typed it."""
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case datetime() | date():
            return f"{value:%d/%m/%Y}"
        case float() if value.is_integer() and abs(value) < 1e16:
            return str(int(value))
        case str():
            return clean(value[:MOST_SIGNS])
        case _:
            return clean(str(value))


def _check_archive(file: IO[bytes]) -> None:
    """What it would unpack to, before a byte of it is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except Exception as broken:
        raise Unusable("Không đọc được tệp XLSX: tệp hỏng. Mở bằng Excel rồi lưu lại.") from broken
    finally:
        file.seek(0)
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Unusable("Tệp này không phải bảng tính XLSX. Gửi tệp .xlsx hoặc .csv.")
    shared = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    if len(parts) > 1_000 or sum(part.file_size for part in parts) > MOST_UNPACKED or shared > MOST_SHARED_TEXT:
        raise Unusable("Tệp XLSX bung ra quá lớn nên không mở. Chép các ô cần nhập sang một tệp mới.")
