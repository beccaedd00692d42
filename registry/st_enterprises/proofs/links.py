"""Where the QR of a certificate leads: the portal's page for checking, the payload behind the `#`, which no server is sent."""

from typing import Final
from urllib.parse import quote

import segno
from django.conf import settings

CHECKING: Final = "/xac-minh/"


def verification_url(payload: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{CHECKING}#{payload}"


def status_url(number: str = "") -> str:
    """Where the portal says how the certificate of that number stands today; without one, what a number is written behind."""
    return f"{settings.BASE_URL.rstrip('/')}{CHECKING}?so={quote(number, safe='')}"


def payload_in(text: str) -> str:
    """The payload of a whole address, or the text itself where it is none."""
    return text.strip().rpartition("#")[2]


def qr_svg(url: str) -> str:
    """The picture takes the size of its frame, with the four quiet modules around it that readers ask for.

    A link with the longest payload has 73 × 73 modules at most behind a host of 50 signs: 40 mm on paper leave half a
    millimetre a module. A seventh of it (level M) may be lost.
    """
    code = segno.make(url, error="m", micro=False, boost_error=False)
    return str(code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None))
