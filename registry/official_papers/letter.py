"""A filled template as a paper in the layout of Decree 30/2020/NĐ-CP, Appendix I, before it is a PDF or a DOCX.

In the body a line that begins with "# " stands in the middle (“QUYẾT ĐỊNH:”), one with "## " is a heading, one with "- " an item;
“Điều 1.” at the beginning of a line is printed bold. Every other line is a paragraph.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final

from registry.core.papers.pdf import block_words
from registry.core.papers.sheets import Table, parts_of
from registry.core.typesetting import typeset
from registry.official_papers.fields import Value
from registry.official_papers.placeholders import filled

PARTS: Final = ("above", "agency", "heading", "subject", "addressee", "bases", "body", "recipients")
"""The parts of a template in which fields may stand, in the order of the paper."""

ARTICLE: Final = re.compile(r"(?:Điều \d{1,3}|Khoản \d{1,3})\.")
NO_NUMBER: Final = "……"
DRAFT: Final = "DỰ THẢO"


@dataclass(frozen=True, slots=True)
class Centred:
    text: str

    is_centred: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Title:
    text: str

    is_title: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`strong` is the beginning that is printed bold."""

    text: str
    strong: str = ""
    is_item: bool = False


Block = Centred | Title | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Stated:
    """What the clerk states: the number as it is printed, "" while there is none; the day; who signs and as what."""

    number: str = ""
    signed_on: date | None = None
    signing: str = ""
    signatory: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """`about` is the subject where the paper has no name of its own (a letter): it stands below the number."""

    above: tuple[str, ...]
    agency: tuple[str, ...]
    number: str
    about: tuple[str, ...]
    where: str
    is_draft: bool
    heading: tuple[str, ...]
    subject: tuple[str, ...]
    to: tuple[str, ...]
    bases: tuple[str, ...]
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    signing: tuple[str, ...]
    signatory: str

    @property
    def name(self) -> str:
        """For a file's properties and the list of bookmarks."""
        return " ".join((*self.heading, *self.subject, *self.about)) or "Văn bản"

    @property
    def author(self) -> str:
        return " ".join(self.agency)


def letter(texts: Mapping[str, str], symbol: str, place: str, values: Mapping[str, Value], stated: Stated) -> Letter:
    """The paper of a template whose parts are `texts` (see PARTS). Raises KeyError on a field without a value."""
    made = {part: filled(texts[part], values) for part in PARTS}
    said = {part: tuple(str(line) for line in lines if str(line).strip()) for part, lines in made.items()}
    heading, subject = said["heading"], said["subject"]
    return Letter(
        above=said["above"],
        agency=said["agency"],
        number=f"Số: {stated.number or NO_NUMBER + symbol}",
        about=() if heading else subject,
        where=f"{place}, {_on(stated.signed_on)}",
        is_draft=not stated.number,
        heading=heading,
        subject=subject if heading else (),
        to=said["addressee"],
        bases=said["bases"],
        body=tuple(_block(line) for line in made["body"] if isinstance(line, Table) or line.strip()),
        recipients=said["recipients"],
        signing=tuple(line.strip() for line in stated.signing.split("\n") if line.strip()),
        signatory=stated.signatory,
    )


def _on(when: date | None) -> str:
    day, month, year = parts_of(when)
    return f"ngày {day or '…'} tháng {month or '…'} năm {year or '……'}"


def _block(line: str | Table) -> Block:
    if isinstance(line, Table):
        return line
    line = line.strip()
    if line.startswith("## "):
        return Title(line[3:])
    if line.startswith("# "):
        return Centred(line[2:])
    article = ARTICLE.match(line)
    return Paragraph(line, article.group() if article else "", is_item=line.startswith(("- ", "+ ")))


def letter_pdf(made: Letter, made_at: datetime) -> bytes:
    """A4, tagged (PDF/UA-1), fonts embedded. The same letter and moment give the same bytes."""
    return typeset("official_paper", _words(made), made_at)


def _words(made: Letter) -> dict[str, Any]:
    kept = ("above", "agency", "number", "about", "where", "is_draft", "heading", "subject", "to", "bases")
    return {
        **{name: getattr(made, name) for name in kept},
        "name": made.name,
        "author": made.author,
        "draft": DRAFT,
        "blocks": [_block_words(block) for block in made.body],
        "recipients": made.recipients,
        "signing": made.signing,
        "signatory": made.signatory,
    }


def _block_words(block: Block) -> dict[str, Any]:
    match block:
        case Table():
            return block_words(block)
        case Centred(text):
            return {"kind": "centred", "text": text}
        case Title(text):
            return {"kind": "title", "text": text}
        case Paragraph(text, strong, is_item):
            return {"kind": "words", "strong": strong, "text": text[len(strong) :], "is_item": is_item}
