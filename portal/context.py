"""What every page's shell needs, without a query and without a look at who is asking.

`signed_in` says only that a session cookie came along. Everything personal in a template stands inside
`{% if signed_in %}`, so that all anonymous visitors of a language get the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, gettext_noop

from portal.look import look_of
from portal.site_info import site_info


@dataclass(frozen=True, slots=True)
class Door:
    """One link of the shell: Vietnamese words of address, each translated on its own, and what it is called."""

    words: tuple[str, ...]
    label: str

    @property
    def url(self) -> str:
        return address(*self.words)


# The rooms that exist. A new room adds its door here, and nowhere else.
MENU = (
    Door(("khoi-nghiep/",), gettext_noop("Khởi nghiệp")),
    Door(("doanh-nghiep-khcn/",), gettext_noop("Doanh nghiệp KH&CN")),
    Door(("tin-tuc/",), gettext_noop("Tin tức")),
)
SEARCH = Door(("tim-kiem/",), gettext_noop("Tìm kiếm"))
ACCOUNT = Door(("tai-khoan/",), gettext_noop("Tài khoản"))
SIGN_IN = Door(("tai-khoan/", "dang-nhap/"), gettext_noop("Đăng nhập"))
REGISTER = Door(("tai-khoan/", "khoi-nghiep/", "moi/"), gettext_noop("Đăng ký khởi nghiệp"))
PROCEDURES = Door(("thu-tuc/",), gettext_noop("Thủ tục và thời gian trả lời"))
ASSESSMENT = Door(("doanh-nghiep-khcn/tu-danh-gia/",), gettext_noop("Tự đánh giá doanh nghiệp khoa học và công nghệ"))
SERVICES = (REGISTER, PROCEDURES, ASSESSMENT, ACCOUNT)
ABOUT = (
    Door(("gioi-thieu/",), gettext_noop("Giới thiệu trang này")),
    Door(("tro-giup/",), gettext_noop("Trợ giúp")),
    Door(("tiep-can/",), gettext_noop("Tuyên bố tiếp cận")),
    Door(("du-lieu-ca-nhan/",), gettext_noop("Bảo vệ dữ liệu cá nhân")),
)
FINDING = (
    Door(("khoi-nghiep/",), gettext_noop("Danh bạ khởi nghiệp")),
    Door(("doanh-nghiep-khcn/",), gettext_noop("Doanh nghiệp khoa học và công nghệ")),
    Door(("xac-minh/",), gettext_noop("Xác minh giấy chứng nhận")),
    Door(("tin-tuc/",), gettext_noop("Tin tức")),
    SEARCH,
)


def address(*words: str) -> str:
    """The address of a room in the language that is on: `/khoi-nghiep/` or `/en/startups/`."""
    prefix = "/" if get_language() == settings.LANGUAGE_CODE else f"/{get_language()}/"
    return prefix + "".join(gettext(word) for word in words)


def links(doors: Iterable[Door], path: str) -> list[dict[str, Any]]:
    """The doors in the language that is on; `current` where `path` stands inside the room."""
    return [{"url": door.url, "label": gettext(door.label), "current": path.startswith(door.url)} for door in doors]


def has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "signed_in": has_session(request),
        "look": look_of(request),
        "menu": SimpleLazyObject(lambda: links(MENU, request.path)),
        "services": SimpleLazyObject(lambda: links(SERVICES, request.path)),
        "about": SimpleLazyObject(lambda: links(ABOUT, request.path)),
        "finding": SimpleLazyObject(lambda: links(FINDING, request.path)),
        "home_url": address(),
        # Not "search_url": the templates of the Wagtail admin read that name and mean a view.
        "site_search_url": SEARCH.url,
        "account_url": ACCOUNT.url,
        "sign_in_url": SIGN_IN.url,
        "register_url": REGISTER.url,
        "site_info": SimpleLazyObject(site_info),
        "feed_url": address("tin-tuc/") + "rss/",
        "demo": settings.DEMO,
    }
