"""The words of a document, for the search: PDF, DOCX, XLSX, ODT and plain text."""

import logging
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element

import docx
import openpyxl
from defusedxml import ElementTree
from pypdf import PdfReader

from cms.core.uploads import decode, extension

MAX_CHARACTERS: Final = 400_000
MAX_PAGES: Final = 400
MAX_ROWS: Final = 20_000

log = logging.getLogger("cms.documents")


class Unreadable(Exception):
    """No words came out of the file. The message is for staff."""


def of_pdf(file: IO[bytes]) -> Iterator[str]:
    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("Tệp PDF có mật khẩu nên chữ trong tệp chưa tìm được. Bỏ mật khẩu rồi tải lại.")
    for page, _ in zip(reader.pages, range(MAX_PAGES), strict=False):
        yield page.extract_text()


def of_docx(file: IO[bytes]) -> Iterator[str]:
    document = docx.Document(file)
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        yield from (" ".join(cell.text for cell in row.cells) for row in table.rows)


def of_xlsx(file: IO[bytes]) -> Iterator[str]:
    workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        yield sheet.title
        for row in sheet.iter_rows(max_row=MAX_ROWS, values_only=True):
            yield " ".join(str(value) for value in row if value is not None)


def of_odt(file: IO[bytes]) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive, archive.open("content.xml") as content:
        root: Element = ElementTree.parse(content).getroot()
    for element in root.iter():
        if element.tag.endswith(("}p", "}h")):
            yield "".join(element.itertext())


def of_text(file: IO[bytes]) -> Iterator[str]:
    text = decode(file.read())
    if text is None:
        raise Unreadable("Tệp chữ không đọc được. Lưu lại theo bảng mã UTF-8 rồi tải lên.")
    yield text


READERS: Final[dict[str, Callable[[IO[bytes]], Iterator[str]]]] = {
    "pdf": of_pdf,
    "docx": of_docx,
    "xlsx": of_xlsx,
    "odt": of_odt,
    "txt": of_text,
    "csv": of_text,
}


def read_text(name: str, file: IO[bytes]) -> str:
    """The text of `file`, NFC, words divided by single spaces, at most MAX_CHARACTERS. Raises Unreadable."""
    reader = READERS.get(extension(name))
    if reader is None:
        raise Unreadable(f"Chưa đọc được chữ trong tệp loại {extension(name).upper() or 'này'}.")
    file.seek(0)
    words: list[str] = []
    length = 0
    try:
        for piece in reader(file):
            clean = " ".join(unicodedata.normalize("NFC", piece).replace("\0", " ").split())
            words.append(clean)
            length += len(clean) + 1
            if length >= MAX_CHARACTERS:
                break
    except Unreadable:
        raise
    except (
        Exception
    ) as failure:  # the parsers of foreign formats fail in every way there is; staff are told, nothing breaks
        log.warning("document not readable", extra={"kind": extension(name), "failure": type(failure).__name__})
        raise Unreadable(
            "Không đọc được chữ trong tệp; tệp vẫn tải về được nhưng chưa tìm được theo nội dung."
        ) from failure
    text = " ".join(filter(None, words))[:MAX_CHARACTERS]
    if not text:
        raise Unreadable("Tệp không có chữ, có thể là bản quét ảnh. Tải lên bản có chữ để người đọc tìm được.")
    return text
