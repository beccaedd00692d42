"""V.1, V.2, V.3, V.5 and V.6 as DOCX, to be edited further: the same lines as the PDF. The same content and moment give the same bytes."""

from datetime import datetime

from registry.core.papers.word import sheet_word
from registry.st_enterprises.papers.content import Draft
from registry.st_enterprises.papers.forms import sheet


def word(paper: Draft, made_at: datetime) -> bytes:
    return sheet_word(sheet(paper), made_at)
