"""Certificate numbers: the portal's own series, without a gap, or a number that stands on paper already."""

import re
from datetime import date
from typing import Final

from django.conf import settings

from registry.core import numbers
from registry.core.text import clean

SCOPE: Final = "st_certificate"


def take(typed: str, issued_on: date) -> str:
    """The number of a certificate: the next of the series, or the typed one; one that is written as the series writes
    its own is taken over, so that the series steps over it.

    A pattern with the year begins anew each year. Call it in the certificate's transaction. Raises `numbers.NumberTaken`.
    """
    pattern: str = settings.NUMBER_PATTERNS[SCOPE]
    year = issued_on.year if "{year" in pattern else 0
    if not (typed := clean(typed)):
        return numbers.next_reference(SCOPE, year)
    if written := re.fullmatch(_as_written(pattern), typed):
        parts = written.groupdict()
        numbers.take_over(SCOPE, int(parts.get("year") or year), int(parts["number"]))
    return typed


def _as_written(pattern: str) -> str:
    """How the series writes a number, as a regular expression."""
    plain = re.escape(re.sub(r"\{(number|year)[^}]*\}", r"<\1>", pattern))
    return plain.replace("<number>", r"(?P<number>[0-9]{1,9})").replace("<year>", r"(?P<year>[0-9]{4})")
