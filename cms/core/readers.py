"""The words of a file, part by part: a PDF by pages, DOCX and ODT by headings, XLSX by sheets, plain text whole.

This module runs in a process of its own (`main`), started by `cms.core.reading`, for the parsers of foreign formats loop, swell and
crash. It knows neither Django nor the portal's state: a file comes in on standard input, lines of JSON go out on standard output.
"""

import json
import os
import resource
import signal
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from search.ocr import repaired

MAX_CHARACTERS: Final = 1_000_000
MAX_PARTS: Final = 1_000
MAX_UNPACKED: Final = 200 * 1024 * 1024
LONGEST_WORD: Final = 200
LONGEST_LABEL: Final = 120
OLD_OFFICE: Final = bytes.fromhex("d0cf11e0a1b11ae1")  # what DOCX and XLSX are wrapped in when they have a password
ENCODINGS: Final = ("utf-8-sig", "utf-16", "cp1258")

Piece = tuple[str, str]
"""Where something stands (a page's number, a heading, a sheet's name, nothing) and what stands there."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reading may use. `seconds` on the clock, `cpu_seconds` of work, bytes of address space and of output."""

    seconds: int = 60
    cpu_seconds: int = 40
    memory: int = 1024 * 1024 * 1024
    output: int = 16 * 1024 * 1024


class Unreadable(Exception):
    """No words came out of the file; the code says why (cms.core.models.files.REASONS)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def decode(raw: bytes) -> str | None:
    """The text of a plain file in one of the encodings of this country, None when it is no text."""
    for encoding in ENCODINGS:
        if encoding == "utf-16" and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def of_pdf(file: IO[bytes]) -> Iterator[Piece]:
    from pypdf import PdfReader

    reader = PdfReader(file)
    if reader.is_encrypted and not _opens_without_password(reader):
        raise Unreadable("encrypted")
    for number, page in enumerate(reader.pages, start=1):
        if number > MAX_PARTS:
            raise Unreadable("too_long")
        yield str(number), page.extract_text()


def _opens_without_password(reader: Any) -> bool:
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        return False  # a cipher that is not at hand: closed all the same


def of_docx(file: IO[bytes]) -> Iterator[Piece]:
    import docx
    from docx.text.paragraph import Paragraph

    _check_archive(file)
    heading = ""
    for block in docx.Document(file).iter_inner_content():
        if isinstance(block, Paragraph):
            if block.text.strip() and (block.style.name if block.style else "").startswith(("Heading", "Title")):
                heading = block.text
            yield heading, block.text
        else:
            for row in block.rows:
                yield heading, " ".join(cell.text for cell in row.cells)


def of_xlsx(file: IO[bytes]) -> Iterator[Piece]:
    import openpyxl

    _check_archive(file)
    workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        yield sheet.title, sheet.title
        for row in sheet.iter_rows(values_only=True):
            yield sheet.title, " ".join(str(value) for value in row if value is not None)


def of_odt(file: IO[bytes]) -> Iterator[Piece]:
    from defusedxml import ElementTree

    _check_archive(file)
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Unreadable("encrypted")
        with archive.open("content.xml") as content:
            root = ElementTree.parse(content).getroot()
    heading = ""
    for element in root.iter():
        if element.tag.endswith(("}p", "}h")):
            text = "".join(element.itertext())
            if element.tag.endswith("}h") and text.strip():
                heading = text
            yield heading, text


def of_text(file: IO[bytes]) -> Iterator[Piece]:
    text = decode(file.read())
    if text is None:
        raise Unreadable("encoding")
    yield "", text


READERS: Final[dict[str, Callable[[IO[bytes]], Iterator[Piece]]]] = {
    "pdf": of_pdf,
    "docx": of_docx,
    "xlsx": of_xlsx,
    "odt": of_odt,
    "txt": of_text,
    "csv": of_text,
}


def _check_archive(file: IO[bytes]) -> None:
    """Refuse what would unpack to more than it should, and what is locked."""
    if file.read(len(OLD_OFFICE)) == OLD_OFFICE:
        raise Unreadable("encrypted")
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("encrypted")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Unreadable("too_large")
    file.seek(0)


def tidy(text: str) -> str:
    """Composed, words divided by single blanks. What no language has for a word (a picture as text, a key) is left out."""
    sound = text.replace("\0", " ").encode("utf-8", "ignore").decode()
    return " ".join(word for word in unicodedata.normalize("NFC", sound).split() if len(word) <= LONGEST_WORD)


def read(kind: str, file: IO[bytes]) -> list[Piece]:
    """The parts of `file` that have words, in their order. Raises Unreadable, and whatever a parser raises."""
    reader = READERS.get(kind)
    if reader is None:
        raise Unreadable("kind")
    parts: list[tuple[str, list[str]]] = []
    length = 0
    for place, text in reader(file):
        words = tidy(text)
        length += len(words) + 1
        if length > MAX_CHARACTERS:
            raise Unreadable("too_long")
        label = tidy(place)[:LONGEST_LABEL]
        if not parts or (parts[-1][0] != label and len(parts) < MAX_PARTS):
            parts.append((label, []))
        parts[-1][1].append(words)
    told = [(label, " ".join(filter(None, pieces))) for label, pieces in parts]
    told = [(label, text) for label, text in told if text]
    if not told:
        raise Unreadable("no_text")
    return told


def main(kind: str, limits: Limits) -> None:
    """Read standard input within the limits; write each part as [label, text, also], last {"why": code} ("" when it went well)."""
    confine(limits)
    why = ""
    try:
        parts = read(kind, sys.stdin.buffer)
        for (label, text), also in zip(parts, repaired([text for _, text in parts]), strict=True):
            sys.stdout.write(json.dumps([label, text, also]) + "\n")
        sys.stdout.flush()
    except Unreadable as reason:
        why = reason.why
    except Exception as failure:  # the parsers of foreign formats fail in every way there is
        why = _verdict(failure, limits)
    sys.stdout.write(json.dumps({"why": why}) + "\n")


def _verdict(failure: Exception, limits: Limits) -> str:
    """What fails with the memory nearly used up failed for want of it, whatever the parser calls it."""
    too_much = isinstance(failure, MemoryError) or _most_memory() > limits.memory * 0.8
    return "too_large" if too_much or type(failure).__name__ == "LimitReachedError" else "damaged"


def _most_memory() -> int:
    """Bytes of address space at the highest; `getrusage` would count the process that started this one."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmPeak"))
    except (OSError, StopIteration):
        return 0


def confine(limits: Limits) -> None:
    """Bind this process before it looks at a stranger's file. The alarm ends it when whoever started it is gone."""
    os.nice(10)
    signal.alarm(limits.seconds)
    # The harder limit comes a little later: at that one the system kills without saying why.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 2))
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.output),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))
