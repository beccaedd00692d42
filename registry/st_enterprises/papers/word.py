"""V.1 to V.6 as DOCX, to be edited further: the same lines as the PDF. The same content and moment give the same bytes."""

from datetime import datetime

from registry.core.papers.word import sheet_word
from registry.st_enterprises.papers.content import Paper
from registry.st_enterprises.papers.forms import sheet


def word(paper: Paper, made_at: datetime) -> bytes:
    return sheet_word(sheet(paper), made_at)
