"""The badge of a startup: a small picture for its own site, with a QR to its live page, and the poster of the same.

A badge says that the startup is in the directory. It is no certificate and says so. When the startup leaves the directory
the badge at the same address says that, so that one embedded elsewhere never lies.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from registry.core.bilingual import text_in
from registry.core.text import clean
from registry.core.typesetting import TEMPLATES, typeset
from registry.startups.models import Profile

WIDTH, HEIGHT = 348, 124
A_LINE: Final = 22  # small letters of the name that fit a line in any common sans-serif
LINES: Final = 2
MARK: Final = TEMPLATES.parent.parent / "static" / "art" / "mark.svg"


def short_url(public_id: str, language: str) -> str:
    """The address that lasts, as it is known outside: the id alone, without the name."""
    with override(language):
        return f"{settings.BASE_URL.rstrip('/')}{reverse('startup', kwargs={'slug': public_id})}"


def image_url(public_id: str, language: str, ending: str = "svg") -> str:
    """Where the badge (`svg`) or the poster (`pdf`) stands, without the host."""
    asked = "" if language == settings.LANGUAGE_CODE else f"?lang={language}"
    return f"{reverse(f'startup_{ending}', kwargs={'public_id': public_id})}{asked}"


def code(url: str, error: str) -> segno.QRCode:
    """The QR of an address: `error` is how much of it may be lost (`m` 15 %, `q` 25 %)."""
    return segno.make(url, error=error, micro=False, boost_error=False)


def drawn(qr: segno.QRCode) -> str:
    """A picture of it that takes the size of its frame, with the four quiet modules around it that readers ask for."""
    return str(qr.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None))


def lines_of(name: str) -> list[str]:
    """The name in at most two lines that fit; what is cut ends in an ellipsis. The whole name is in the title."""
    lines = [""]
    for word in clean(name).split():
        longer = f"{lines[-1]} {word}".strip()
        if fits(longer) or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = lines[:LINES]
    if len(lines) > LINES:
        kept[-1] = f"{kept[-1]}…"
    return [cut(line) for line in kept]


def fits(line: str) -> bool:
    """Nobody knows with which font it is shown: a capital counts as one letter and a half."""
    return sum(3 if sign.isupper() else 2 for sign in line) <= 2 * A_LINE


def cut(line: str) -> str:
    while not fits(line):
        line = f"{line.rstrip('…')[:-1].rstrip()}…"
    return line


def svg(profile: Profile, language: str) -> str:
    """The badge of a startup that is in the directory."""
    url = short_url(profile.startup.public_id, language)
    shown = text_in(profile, "name", language)
    name = clean(shown.text)
    with override(language):
        return _svg(
            language,
            title=_("%(name)s: có trong danh bạ khởi nghiệp tỉnh Lai Châu") % {"name": name},
            description=_("Đã đăng ký trong danh bạ, không phải giấy chứng nhận. Mã QR dẫn đến %(url)s") % {"url": url},
            kicker=_("Có trong danh bạ khởi nghiệp"),
            says=_("tỉnh Lai Châu"),
            honest=_("Không phải giấy chứng nhận"),
            lines=lines_of(name),
            name_language=shown.language,
            qr=drawn(code(url, "m")),
        )


def svg_of_one_gone(language: str) -> str:
    """What stands at the address of a badge once its startup has left the directory."""
    with override(language):
        return _svg(
            language,
            title=_("Không còn trong danh bạ khởi nghiệp tỉnh Lai Châu"),
            description=_("Dự án từng mang huy hiệu này không còn trong danh bạ."),
            kicker=_("Danh bạ khởi nghiệp Lai Châu"),
            says=_("Không còn trong danh bạ"),
            honest="",
            lines=[],
            name_language=language,
            qr="",
        )


def _svg(language: str, **words: Any) -> str:
    frame = {"width": WIDTH, "height": HEIGHT, "language": language}
    return render_to_string("startups/badge.svg", {**frame, **words})


def poster(profile: Profile, language: str) -> bytes:
    """An A4 paper to hang on a wall: the QR is 120 mm wide, so that a phone reads it from a metre away and more."""
    return _typeset(_words(profile, language), profile.recorded_at)


def _words(profile: Profile, language: str) -> tuple[tuple[str, Any], ...]:
    url = short_url(profile.startup.public_id, language)
    shown = text_in(profile, "name", language)
    name = clean(shown.text)
    with override(language):
        return (
            ("language", language),
            ("author", _("Sở Khoa học và Công nghệ tỉnh Lai Châu")),
            ("portal", _("Danh bạ khởi nghiệp tỉnh Lai Châu")),
            ("name", name),
            ("name_language", shown.language),
            ("size", 40 if len(name) <= 24 else 30 if len(name) <= 60 else 20),
            ("says", _("Có trong danh bạ khởi nghiệp tỉnh Lai Châu")),
            ("scan", _("Quét mã để xem trang của dự án hôm nay")),
            ("alt", _("Mã QR dẫn đến %(url)s") % {"url": url}),
            ("url", url),
            ("honest", _("Tờ này cho biết dự án đã đăng ký trong danh bạ. Đây không phải giấy chứng nhận; trang sau mã QR cho biết dự án còn trong danh bạ hay không.")),
            ("qr", drawn(code(url, "q"))),
        )  # fmt: skip


@lru_cache(maxsize=64)
def _typeset(words: tuple[tuple[str, Any], ...], made_at: datetime) -> bytes:
    """Kept for a while: the same words always make the same paper, and a paper costs more than a page."""
    return typeset("poster", {**dict(words), "mark": MARK.read_text(encoding="utf-8")}, made_at)
