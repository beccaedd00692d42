"""The papers as PDF: A4, tagged (PDF/UA-1), fonts embedded. The same content and moment give the same bytes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from registry.core.typesetting import typeset
from registry.st_enterprises.papers.content import Certificate, Draft, Paper
from registry.st_enterprises.papers.forms import sheet
from registry.st_enterprises.papers.sheets import Blank, Block, Gap, Heading, Line, Part, Table


@dataclass(frozen=True, slots=True)
class QrCode:
    """What is printed beside the signature: an SVG, what a reader of the screen hears, the words below it."""

    svg: str
    alt: str
    says: str


def pdf(paper: Draft, made_at: datetime) -> bytes:
    """Every form but the certificate."""
    return typeset("st_form", _words(paper), made_at)


def certificate_pdf(certificate: Certificate, made_at: datetime, qr: QrCode | None = None) -> bytes:
    """V.4, not signed yet (`signing`). Its number stands on every page."""
    code = None if qr is None else {"svg": qr.svg, "alt": qr.alt, "says": qr.says}
    return typeset("st_certificate", _words(certificate) | {"qr": code, "number": certificate.number}, made_at)


def _words(paper: Paper) -> dict[str, Any]:
    made = sheet(paper)
    signature = made.signature
    return {
        "code": made.code,
        "name": made.name,
        "author": made.author,
        "title": made.title,
        "beside": made.beside,
        "below": [_block(line) for line in made.below],
        "to": None if made.to is None else _part(made.to),
        "blocks": [_block(block) for block in made.blocks],
        "signature": {
            "where": None if signature.where is None else _block(signature.where),
            "role": signature.role,
            "note": signature.note,
            "name": signature.name,
        },
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Line(parts):
            return {"kind": "line", "parts": [_part(part) for part in parts]}
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Table(columns, rows):
            titles = [{"title": c.title, "width": c.width, "is_number": c.is_number} for c in columns]
            return {"kind": "table", "columns": titles, "rows": rows}


def _part(part: Part) -> dict[str, Any]:
    match part:
        case Blank(text, dots):
            return {"text": text, "dots": dots}
        case Gap():
            return {"gap": True}
        case words:
            return {"words": words}
