"""Reading uploaded files: part by part, within limits, and whatever a stranger's file tries."""

import os
import struct
import time
import zipfile
import zlib
from io import BytesIO

import docx
import openpyxl
import pytest
from pypdf import PdfReader, PdfWriter

from cms.core import reading
from cms.core.models.files import REASONS
from cms.core.readers import MAX_CHARACTERS, MAX_PARTS, Limits, Unreadable
from cms.core.reading import read_file
from tests.cms.test_files import docx_file, odt_file, pdf_file, xlsx_file

QUICK = Limits(seconds=4, cpu_seconds=2, memory=400 * 1024 * 1024, output=2 * 1024 * 1024)


def told(name: str, content: bytes, limits: Limits | None = None) -> list[tuple[str, str]]:
    return [(part.label, part.text) for part in read_file(name, BytesIO(content), limits)]


def refusal(name: str, content: bytes, limits: Limits = QUICK) -> str:
    with pytest.raises(Unreadable) as refused:
        read_file(name, BytesIO(content), limits)
    assert refused.value.why in REASONS
    return refused.value.why


def pdf_of(*pages: bytes, password: str = "", algorithm: str = "RC4-128") -> bytes:
    writer, written = PdfWriter(), BytesIO()
    for page in pages:
        writer.append(PdfReader(BytesIO(page)))
    if password:
        writer.encrypt(password, algorithm=algorithm)
    writer.write(written)
    return written.getvalue()


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    body, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer


def archive(**members: bytes) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return written.getvalue()


def packed_again(original: bytes, name: str, content: bytes) -> bytes:
    """The same archive with one member put in place of its own."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(original)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return written.getvalue()


def test_a_pdf_is_read_page_by_page():
    assert told("pdf", pdf_of(pdf_file("Trang dau"), pdf_file("Trang sau"))) == [("1", "Trang dau"), ("2", "Trang sau")]


def test_a_docx_is_read_by_its_headings_tables_in_their_place():
    document, written = docx.Document(), BytesIO()
    document.add_paragraph("Lời mở")
    document.add_heading("I. Mục tiêu", 1)
    document.add_paragraph("Đến năm 2030")
    document.add_table(1, 2).cell(0, 1).text = "37,6%"
    document.add_heading("II. Giải pháp", 2)
    document.add_paragraph("Đầu tư")
    document.save(written)
    assert told("docx", written.getvalue()) == [
        ("", "Lời mở"),
        ("I. Mục tiêu", "I. Mục tiêu Đến năm 2030 37,6%"),
        ("II. Giải pháp", "II. Giải pháp Đầu tư"),
    ]


def test_an_xlsx_is_read_by_its_sheets():
    workbook, written = openpyxl.Workbook(), BytesIO()
    workbook.active.append(["Xã Sìn Hồ", 26])
    workbook.create_sheet("Năm 2030").append([None, "phường"])
    workbook.save(written)
    workbook.close()
    assert told("xlsx", written.getvalue()) == [("Sheet", "Sheet Xã Sìn Hồ 26"), ("Năm 2030", "Năm 2030 phường")]


def test_an_odt_is_read_by_its_headings():
    with_heading = odt_file("mở</text:p><text:h>Mục 1</text:h><text:p>Kế hoạch")
    assert told("odt", with_heading) == [("", "mở"), ("Mục 1", "Mục 1 Kế hoạch")]


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("txt", "Sàn giao di\u0323ch".encode(), "Sàn giao dịch"),
        ("csv", "ngày,giờ\n1,2".encode("utf-16"), "ngày,giờ 1,2"),
        ("txt", "Tiếng Việt".encode("utf-8-sig"), "Tiếng Việt"),
        ("txt", f"trước {'x' * 201} sau".encode(), "trước sau"),
        ("txt", f"trước {'ngày' * 50} sau".encode(), f"trước {'ngày' * 50} sau"),
    ],
)
def test_a_text_is_read_whole_without_words_that_are_none(kind, content, words):
    assert told(kind, content) == [("", words)]


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        ("pdf", b"", "damaged"),
        ("pdf", b"%PDF-1.7 broken", "damaged"),
        ("pdf", pdf_file(""), "no_text"),
        ("pdf", pdf_of(pdf_file(), password="bi-mat"), "encrypted"),
        ("docx", b"", "damaged"),
        ("docx", b"PK\x03\x04 broken", "damaged"),
        ("docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "encrypted"),
        ("docx", docx_file()[:900], "damaged"),
        ("xlsx", xlsx_file()[:-40], "damaged"),
        ("odt", odt_file('<!DOCTYPE x [<!ENTITY y "z">]>&y;'), "damaged"),
        ("odt", archive(META__INF=b""), "damaged"),
        ("txt", b"   \n", "no_text"),
        ("txt", b"", "no_text"),
        ("txt", b"\x00\x01", "encoding"),
        ("bin", b"x", "kind"),
        ("txt", "chè ".encode() * (MAX_CHARACTERS // 4 + 1), "too_long"),
    ],
)
def test_a_file_without_readable_words_says_why(kind, content, why):
    assert refusal(kind, content, Limits()) == why


def test_a_pdf_that_only_forbids_printing_is_read():
    writer, written = PdfWriter(clone_from=BytesIO(pdf_file("Van mo"))), BytesIO()
    writer.encrypt(user_password="", owner_password="chu", algorithm="RC4-128")
    writer.write(written)
    assert told("pdf", written.getvalue()) == [("1", "Van mo")]


def test_an_encrypted_odt_says_so():
    content = BytesIO(odt_file())
    with zipfile.ZipFile(content, "a") as packed:
        packed.writestr(
            "META-INF/manifest.xml", '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>'
        )
    assert refusal("odt", content.getvalue()) == "encrypted"


BILLION_LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha ha ha ha ">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghij", "bcdefghijk", strict=True))
    + "]>"
)


def bomb(member: str, original: bytes) -> bytes:
    return packed_again(original, member, b" " * (201 * 1024 * 1024))


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("docx", lambda: bomb("word/document.xml", docx_file())),
        ("xlsx", lambda: bomb("xl/worksheets/sheet1.xml", xlsx_file())),
        ("odt", lambda: bomb("content.xml", odt_file())),
    ],
)
def test_a_zip_bomb_is_not_unpacked(kind, make):
    started = time.monotonic()
    assert refusal(kind, make()) == "too_large"
    assert time.monotonic() - started < 5


def test_an_archive_that_lies_about_its_size_is_no_archive():
    honest = odt_file("Kế hoạch " * 50_000)
    with zipfile.ZipFile(BytesIO(honest)) as packed:
        size = packed.getinfo("content.xml").file_size
    lying = honest.replace(struct.pack("<I", size), struct.pack("<I", 100))
    assert refusal("odt", lying) == "damaged"


@pytest.mark.parametrize(
    ("kind", "member", "original", "body"),
    [
        (
            "docx",
            "word/document.xml",
            docx_file("x"),
            "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>&k;</w:t></w:r></w:p></w:body></w:document>",
        ),
        ("xlsx", "xl/workbook.xml", xlsx_file(), "<workbook>&k;</workbook>"),
        (
            "odt",
            "content.xml",
            odt_file(),
            "<d xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><text:p>&k;</text:p></d>",
        ),
    ],
)
def test_a_billion_laughs_are_not_laughed(kind, member, original, body):
    hostile = packed_again(original, member, (BILLION_LAUGHS + body).encode())
    assert refusal(kind, hostile) in ("damaged", "no_text", "too_slow", "too_large")


def test_a_pdf_whose_pages_never_end():
    endless = raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Count 999999999>>")
    assert refusal("pdf", endless) in ("damaged", "too_slow", "too_large", "no_text")


def test_a_pdf_with_too_many_pages():
    kids = b"3 0 R " * (MAX_PARTS + 1)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    long = raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, MAX_PARTS + 1), page)
    assert refusal("pdf", long, Limits()) == "too_long"


def test_a_pdf_whose_stream_unpacks_without_end():
    stream = zlib.compress(zlib.compress(b"(x) Tj " * 40_000_000, 1), 1)
    hostile = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(stream), stream),
    )
    assert refusal("pdf", hostile) in ("too_large", "too_slow", "no_text")


def looping_docx() -> bytes:
    """A table row that says it is a billion columns wide: the reader counts them one by one."""
    body = (
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:tbl><w:tr><w:tc><w:tcPr>"
        "<w:gridSpan w:val='1000000000'/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
    )
    return packed_again(docx_file("x"), "word/document.xml", body.encode())


def test_a_reader_that_goes_on_for_ever_or_swallows_the_memory_is_ended():
    started = time.monotonic()
    assert refusal("docx", looping_docx()) in ("too_slow", "too_large")
    assert time.monotonic() - started < 10


def endless(kind: str) -> str:
    """A program that stands for a reader with a fault of the given kind, under the same limits."""
    deeds = {"sleep": "time.sleep(600)", "spin": "while True: pass", "eat": "bytearray(8 << 30)"}
    fault = f"def fault(file):\n    {deeds[kind]}\n    yield '', 'x'\n"
    return (
        "import sys; sys.path.insert(0, sys.argv[1]); import json, time\nfrom cms.core import readers\n"
        f"{fault}readers.READERS['txt'] = fault\nreaders.main(sys.argv[2], readers.Limits(**json.loads(sys.argv[3])))"
    )


@pytest.mark.parametrize(("kind", "why"), [("sleep", "too_slow"), ("spin", "too_slow"), ("eat", "too_large")])
def test_time_work_and_memory_have_an_end(monkeypatch, kind, why):
    monkeypatch.setattr(reading, "PROGRAM", endless(kind))
    started = time.monotonic()
    assert refusal("txt", b"x", Limits(seconds=3, cpu_seconds=1, memory=300 * 1024 * 1024)) == why
    assert time.monotonic() - started < 8


def test_output_has_an_end():
    assert refusal("txt", "chè ".encode() * 100_000, Limits(output=100_000)) == "too_long"


def test_the_reading_process_inherits_nothing(monkeypatch):
    told_of = "; ".join(
        [
            "import sys, os, json",
            "os.environ.setdefault('x', str(len(os.environ)))",
            "print(json.dumps(['', json.dumps([os.environ['x'], os.getcwd(), sorted(os.listdir('/proc/self/fd'))[:3]]), '']))",
            "print(json.dumps({'why': ''}))",
        ]
    )
    monkeypatch.setattr(reading, "PROGRAM", told_of)
    monkeypatch.setenv("PORTAL_SECRET_KEY", "bi mat")
    inherited = os.open("/dev/null", os.O_RDONLY)
    (part,) = read_file("txt", BytesIO(b"x"))
    os.close(inherited)
    assert part.text.startswith('["'), part.text
    assert '"/", ["0", "1", "2"]' in part.text
    assert int(part.text.split('"')[1]) <= 1, "at most what Python sets for itself"
