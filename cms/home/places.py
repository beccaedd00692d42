"""Where a door of the front page may lead inside the portal: by name, so that its address is right in both languages."""

from typing import Final

from django.conf import settings
from django.utils.translation import get_language, gettext

PLACES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "register": ("Đăng ký khởi nghiệp", ("tai-khoan/", "khoi-nghiep/", "moi/")),
    "startups": ("Danh bạ khởi nghiệp", ("khoi-nghiep/",)),
    "search": ("Tìm kiếm", ("tim-kiem/",)),
    "account": ("Tài khoản", ("tai-khoan/",)),
    "sign-up": ("Mở tài khoản", ("tai-khoan/", "dang-ky/")),
    "news": ("Tin tức", ("tin-tuc/",)),
}
CHOICES: Final = [(place, label) for place, (label, _words) in PLACES.items()]


def url_of(place: str) -> str:
    """The address of a place in the language that is on."""
    language = get_language() or settings.LANGUAGE_CODE
    prefix = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    return prefix + "".join(gettext(word) for word in PLACES[place][1])
