"""The papers as PDF: A4, tagged (PDF/UA-1), fonts embedded. The same content and moment give the same bytes."""

from dataclasses import dataclass
from datetime import datetime

from registry.core.papers.pdf import sheet_words
from registry.core.typesetting import typeset
from registry.st_enterprises.papers.content import Certificate, Draft
from registry.st_enterprises.papers.forms import sheet


@dataclass(frozen=True, slots=True)
class QrCode:
    """What is printed beside the signature: an SVG, what a reader of the screen hears, the words below it."""

    svg: str
    alt: str
    says: str


def pdf(paper: Draft, made_at: datetime) -> bytes:
    """Every form but the certificate."""
    return typeset("st_form", sheet_words(sheet(paper)), made_at)


def certificate_pdf(certificate: Certificate, made_at: datetime, qr: QrCode | None = None) -> bytes:
    """V.4, not signed yet (`signing`). Its number stands on every page."""
    code = None if qr is None else {"svg": qr.svg, "alt": qr.alt, "says": qr.says}
    return typeset("st_certificate", sheet_words(sheet(certificate)) | {"qr": code}, made_at)
