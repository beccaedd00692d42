"""Papers as DOCX, to be edited further: real headings and tables, the same lines as the PDF.

The same lines and moment give the same bytes. `sheet_word` makes a form whole; another paper puts its own head and foot
around the lines with what stands here.
"""

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from registry.core import clock
from registry.core.papers.sheets import Blank, Block, Gap, Heading, Line, Part, Sheet, Signature, Table

FONT: Final = "Times New Roman"
BLACK: Final = RGBColor(0, 0, 0)
LEFT, RIGHT, EDGE = Mm(30), Mm(18), Mm(20)
WIDTH: Final = Mm(210 - 30 - 18)
HALF: Final = Mm(83)
BEFORE_HALF: Final = Mm(79)
SIGNATURE_FROM: Final = Mm(70)
ROOM_TO_SIGN: Final = Pt(60)
DOTS_OF_ADDRESSEE: Final = 80
CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER
_CORNERS: Final = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")


def sheet_word(made: Sheet, made_at: datetime) -> bytes:
    footer = " · ".join(filter(None, (f"Mẫu số {made.code}", made.issued_as, "trang ")))
    document = new_document(made.name, made.author, footer, made_at)
    _head(document, made)
    for block in made.blocks:
        add_block(document, block)
    _signature(document, made.signature)
    return packed(document, made_at)


def new_document(title: str, author: str, footer_says: str, made_at: datetime) -> Document:
    """An empty A4 page in Vietnamese; its footer says `footer_says` and the number of the page, or nothing."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = LEFT, RIGHT, EDGE, EDGE
    _set_style(document, "Normal", 13)
    for level, size in enumerate((14, 13, 13, 13), 1):
        _set_style(document, f"Heading {level}", size, bold=level < 4, italic=level == 4)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    if footer_says:
        footer = section.footer.paragraphs[0]
        footer.alignment = CENTRE
        footer.add_run(footer_says)
        footer._p.append(element("w:fldSimple", {"w:instr": "PAGE"}))
    about = document.core_properties
    about.title, about.author, about.language, about.comments = title, author, "vi-VN", ""
    about.created = about.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    return document


def _set_style(document: Document, name: str, size: int, *, bold: bool = False, italic: bool = False) -> None:
    """A font of its own wins only where the theme's is taken away."""
    style: Any = document.styles[name]
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    fonts.attrib.clear()
    for corner in _CORNERS:
        fonts.set(qn(corner), FONT)
    style.font.size, style.font.bold, style.font.italic, style.font.color.rgb = Pt(size), bold, italic, BLACK
    style.paragraph_format.space_before = Pt(8 if name != "Normal" else 0)
    style.paragraph_format.space_after = Pt(4)
    style.paragraph_format.line_spacing = 1.1


def _head(document: Document, made: Sheet) -> None:
    if not made.issued_as:
        code = document.add_paragraph()
        code.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        code.add_run(f"Mẫu số {made.code}").bold = True
    if made.beside:
        beside = document.add_table(1, 2)
        set_widths(beside, (Mm(68), WIDTH - Mm(68)))
        left, right = beside.rows[0].cells
        centred(left.paragraphs[0], made.beside)
        motto(right.paragraphs[0], size=12)
    else:
        motto(document.add_paragraph(), size=13)
    title = document.add_heading(level=1)
    title.alignment = CENTRE
    title.paragraph_format.space_before = Pt(18)
    title.add_run("\n".join(made.title))
    for line in made.below:
        paragraph = document.add_paragraph()
        paragraph.alignment = CENTRE
        write(paragraph, line.parts)
    if made.to is not None:
        to = document.add_paragraph()
        to.alignment = CENTRE
        to.paragraph_format.space_before = to.paragraph_format.space_after = Pt(10)
        write(to, ("Kính gửi: ", Blank(made.to.text, DOTS_OF_ADDRESSEE)))


def motto(paragraph: Paragraph, size: int) -> None:
    paragraph.alignment = CENTRE
    state = paragraph.add_run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n")
    words = paragraph.add_run("Độc lập - Tự do - Hạnh phúc")
    words.underline = True
    for run in (state, words):
        run.bold, run.font.size = True, Pt(size)


def centred(paragraph: Paragraph, lines: Sequence[str]) -> None:
    paragraph.alignment = CENTRE
    run = paragraph.add_run("\n".join(lines))
    run.bold, run.font.size = True, Pt(12)


def add_block(document: Document, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(text, level)
        case Table():
            _table(document, block)
        case Line(parts):
            paragraph = document.add_paragraph()
            layout = paragraph.paragraph_format
            if isinstance(parts[0], str) and parts[0].startswith("- "):
                layout.left_indent, layout.first_line_indent = Mm(3), Mm(-3)
            layout.keep_with_next = len(parts) == 1 and isinstance(parts[0], str) and parts[0].endswith(":")
            write(paragraph, parts)


def write(paragraph: Paragraph, parts: Sequence[Part]) -> None:
    """Open places become tabs with a leader of dots, so that they fill the line in any font."""
    stops = paragraph.paragraph_format.tab_stops
    for number, part in enumerate(parts):
        match part:
            case Gap():
                stops.add_tab_stop(HALF)
                paragraph.add_run("\t")
            case Blank("", None):
                end = BEFORE_HALF if Gap.HALF in parts[number:] else WIDTH
                stops.add_tab_stop(end, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
                paragraph.add_run("\t")
            case Blank("", int(dots)):
                paragraph.add_run("." * dots)
            case Blank(text) | str(text):
                paragraph.add_run(text)


def _table(document: Document, given: Table) -> None:
    table = document.add_table(1 + len(given.rows), len(given.columns), style="Table Grid")
    whole = sum(column.width for column in given.columns)
    set_widths(table, [WIDTH * column.width // whole for column in given.columns])
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit", {"w:val": "true"}))
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader", {"w:val": "true"}))
    for at, column in enumerate(given.columns):
        for number, cell in enumerate(table.columns[at].cells):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            words = given.rows[number - 1][at] if number else column.title
            run = paragraph.add_run(words)
            run.font.size, run.bold = Pt(11), number == 0
            if number == 0:
                paragraph.alignment = CENTRE
            elif column.is_right(words):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(6)


def set_widths(table: WordTable, widths: Sequence[int]) -> None:
    """Word reads the cells', other programs the columns'."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Length(width)
        for cell in column.cells:
            cell.width = Length(width)


def _signature(document: Document, given: Signature) -> None:
    place: Sequence[Part] = () if given.where is None else given.where.parts
    written: list[tuple[Sequence[Part], bool]] = [(place, False), ((given.role,), True), ((given.note,), False)]
    for parts, is_bold in written:
        paragraph = _signing(document)
        paragraph.paragraph_format.keep_with_next = True
        write(paragraph, parts)
        for run in paragraph.runs:
            run.bold, run.italic = is_bold, not is_bold
    name = _signing(document)
    name.paragraph_format.space_before = ROOM_TO_SIGN
    name.add_run(given.name).bold = True


def _signing(document: Document) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.left_indent = SIGNATURE_FROM
    return paragraph


def element(name: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def packed(document: Document, made_at: datetime) -> bytes:
    """The document's parts with `made_at` as their day; python-docx would take the machine's."""
    parts, packed = BytesIO(), BytesIO()
    document.save(parts)
    moment = clock.local(made_at).timetuple()[:6]
    with zipfile.ZipFile(parts) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(zipfile.ZipInfo(item.filename, moment), source.read(item), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
