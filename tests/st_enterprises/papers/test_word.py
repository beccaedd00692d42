"""The papers as DOCX, read back."""

import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph

from registry.core import clock
from registry.core.papers.sheets import Heading
from registry.core.papers.sheets import Table as SheetTable
from registry.st_enterprises.papers.content import Paper
from registry.st_enterprises.papers.forms import sheet
from registry.st_enterprises.papers.word import word
from tests.st_enterprises.papers.reading import bare, words_of
from tests.st_enterprises.papers.samples import EMPTY, FULL, MADE_AT

DRAFTS = ["V.1", "V.2", "V.5", "V.6"]
CODES = pytest.mark.parametrize("code", DRAFTS)


def opened(paper: Paper) -> Document:
    return docx.Document(BytesIO(word(paper, MADE_AT)))


def text_of(document: Document) -> str:
    found = []
    for block in document.iter_inner_content():
        match block:
            case Paragraph():
                found.append(block.text)
            case Table():
                found += [cell.text for row in block.rows for cell in row.cells]
    return "\n".join(found)


@CODES
@pytest.mark.parametrize("papers", [FULL, EMPTY], ids=["full", "empty"])
def test_it_has_every_word_of_the_pdf_in_its_order(code: str, papers: dict) -> None:
    text, at = bare(text_of(opened(papers[code]))), 0
    for words in words_of(papers[code]):
        found = text.find(bare(words), at)
        assert found >= 0, words
        at = found + len(bare(words))
    assert "None" not in text


@CODES
def test_headings_and_tables_are_real(code: str) -> None:
    document, made = opened(FULL[code]), sheet(FULL[code])
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "\n".join(made.title)),
        *((f"Heading {block.level}", block.text) for block in made.blocks if isinstance(block, Heading)),
    ]
    tables = [table for table in document.tables if table.style.name == "Table Grid"]
    wanted = [block for block in made.blocks if isinstance(block, SheetTable)]
    assert [(len(t.rows), len(t.columns)) for t in tables] == [(len(w.rows) + 1, len(w.columns)) for w in wanted]
    for table, block in zip(tables, wanted, strict=True):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        widths = [column.width for column in table.columns]
        assert [cell.width for cell in table.rows[-1].cells] == widths
        assert sum(widths) == pytest.approx(Mm(162), rel=0.01)
        assert widths[0] * block.columns[1].width == pytest.approx(widths[1] * block.columns[0].width, rel=0.01)


def test_words_stand_left_and_figures_right() -> None:
    (rows,) = (table.rows for table in opened(FULL["V.6"]).tables if table.style.name == "Table Grid")
    sides = {row.cells[1].text: row.cells[1].paragraphs[0].alignment for row in rows[1:]}
    assert {side for words, side in sides.items() if any(map(str.isalpha, words))} == {None}
    assert sides["-320"] == sides["12.345,678901"] == WD_ALIGN_PARAGRAPH.RIGHT


@CODES
def test_it_is_vietnamese_on_a4_in_a_font_that_word_has(code: str) -> None:
    document = opened(EMPTY[code])
    section = document.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        fonts = document.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{corner}")) for corner in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
        assert fonts.get(qn("w:asciiTheme")) is None
    assert {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))} == {"vi-VN"}


@CODES
def test_open_places_are_dotted(code: str) -> None:
    leaders = [
        stop.leader
        for paragraph in opened(EMPTY[code]).paragraphs
        for stop in paragraph.paragraph_format.tab_stops
        if "\t" in paragraph.text
    ]
    assert sum(1 for leader in leaders if leader is not None and leader.name == "DOTS") >= 6
    assert "\t" not in text_of(opened(FULL[code])).replace("\tFax", "").replace("\tChức", "").replace("\tEmail", "")


def test_an_issued_certificate_names_its_form_and_number_in_the_footer_as_the_pdf_does() -> None:
    document = opened(replace(FULL["V.4"], fax=""))
    text = text_of(document)
    assert "Mẫu số V.4" not in text
    assert "Số: 07/2026/DNKHCN" in text
    assert document.sections[0].footer.paragraphs[0].text == "Mẫu số V.4 · Giấy chứng nhận số 07/2026/DNKHCN · trang "
    assert text_of(opened(EMPTY["V.4"])).startswith("Mẫu số V.4\n")
    (fax,) = (one for one in document.paragraphs if one.text.endswith("Fax: \t"))
    assert fax.paragraph_format.tab_stops[-1].leader == WD_TAB_LEADER.DOTS, "to be filled in by hand, as in the PDF"


@CODES
def test_the_same_paper_gives_the_same_bytes_and_no_other_clock_is_asked(code: str) -> None:
    first = word(FULL[code], MADE_AT)
    with clock.at("2031-01-01"):
        assert word(FULL[code], MADE_AT) == first
    with zipfile.ZipFile(BytesIO(first)) as parts:
        assert {item.date_time for item in parts.infolist()} == {(2026, 11, 22, 9, 0, 0)}
    about = docx.Document(BytesIO(first)).core_properties
    assert about.created == datetime(2026, 11, 22, 2, 0, tzinfo=about.created.tzinfo)
    assert about.title == sheet(FULL[code]).name
    assert about.comments == ""
