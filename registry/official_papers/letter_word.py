"""A letter as DOCX, to be edited further: the same words as the PDF, in the same order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from registry.core.papers.sheets import Table
from registry.core.papers.word import (
    CENTRE,
    ROOM_TO_SIGN,
    WIDTH,
    add_block,
    element,
    motto,
    new_document,
    packed,
    set_widths,
)
from registry.official_papers.letter import DRAFT, Block, Centred, Letter, Paragraph, Title

LEFT: Final = Mm(74)
INDENT: Final = Mm(10)


def letter_docx(made: Letter, made_at: datetime) -> bytes:
    document = new_document(made.name, made.author, "", made_at)
    _number_pages(document)
    _head(document, made)
    _addressed(document, made)
    for line in made.bases:
        _paragraph(document, Paragraph(line), italic=True)
    for block in made.body:
        _block(document, block, 2 if made.heading else 1)
    _foot(document, made)
    return packed(document, made_at)


def _number_pages(document: Document) -> None:
    """In the middle above the text, and not on the first page."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = CENTRE
    header._p.append(element("w:fldSimple", {"w:instr": "PAGE"}))


def _head(document: Document, made: Letter) -> None:
    table = document.add_table(2, 2)
    set_widths(table, (LEFT, WIDTH - LEFT))
    (agency, state), (number, place) = (row.cells for row in table.rows)
    lines = agency.paragraphs[0]
    _lines(lines, made.above, size=12)
    if made.above:
        lines.add_run("\n")
    _lines(lines, made.agency, size=12, bold=True)
    motto(state.paragraphs[0], size=12)
    _lines(number.paragraphs[0], (made.number,), size=13)
    if made.about:
        _lines(number.add_paragraph(), made.about, size=12)
    if made.is_draft:
        _lines(number.add_paragraph(), (DRAFT,), size=12, bold=True)
    _lines(place.paragraphs[0], (made.where,), size=13, italic=True)


def _addressed(document: Document, made: Letter) -> None:
    if made.heading:
        title = document.add_heading(level=1)
        title.alignment = CENTRE
        title.paragraph_format.space_before = Pt(12)
        title.add_run("\n".join(made.heading))
        _lines(document.add_paragraph(), made.subject, size=13, bold=True)
    if len(made.to) == 1:
        _lines(document.add_paragraph(), (f"Kính gửi: {made.to[0]}",), size=13)
    elif made.to:
        for line in ("Kính gửi:", *(f"- {one}" for one in made.to)):
            paragraph = document.add_paragraph(line)
            paragraph.paragraph_format.left_indent = Mm(26)


def _block(document: Document, block: Block, level: int) -> None:
    """`level`: that of a heading; a letter has no name above its headings."""
    match block:
        case Table():
            add_block(document, block)
        case Centred(text):
            document.add_heading(text, level).alignment = CENTRE
        case Title(text):
            document.add_heading(text, level)
        case Paragraph():
            _paragraph(document, block)


def _paragraph(document: Document, given: Paragraph, *, italic: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = INDENT
    if given.strong:
        paragraph.add_run(given.strong).bold = True
    paragraph.add_run(given.text[len(given.strong) :]).italic = italic


def _foot(document: Document, made: Letter) -> None:
    table = document.add_table(1, 2)
    set_widths(table, (WIDTH // 2, WIDTH - WIDTH // 2))
    table.rows[0]._tr.get_or_add_trPr().append(element("w:cantSplit", {"w:val": "true"}))
    left, right = table.rows[0].cells
    if made.recipients:
        label = left.paragraphs[0].add_run("Nơi nhận:")
        label.bold, label.italic, label.font.size = True, True, Pt(12)
        for line in made.recipients:
            run = left.add_paragraph().add_run(line)
            run.font.size = Pt(11)
            left.paragraphs[-1].paragraph_format.space_after = Pt(0)
    _lines(right.paragraphs[0], made.signing, size=13, bold=True)
    name = right.add_paragraph()
    name.paragraph_format.space_before = ROOM_TO_SIGN
    _lines(name, (made.signatory,), size=13, bold=True)


def _lines(
    paragraph: WordParagraph, lines: Sequence[str], *, size: int, bold: bool = False, italic: bool = False
) -> None:
    paragraph.alignment = CENTRE
    run: Any = paragraph.add_run("\n".join(lines))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
