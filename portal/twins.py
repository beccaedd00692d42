"""The same page in the other language, and the one address a page is known by."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, translate_url
from django.utils.translation import get_language, override
from wagtail.models import Page

NAMES = dict(settings.LANGUAGES)
KEPT = "_twin"
HOMES = {language: "/" if language == settings.LANGUAGE_CODE else f"/{language}/" for language in NAMES}


@dataclass(frozen=True, slots=True)
class Twin:
    """`exact`: the very page; otherwise the front page of that language, where nothing closer is known."""

    language: str
    url: str
    exact: bool

    @property
    def name(self) -> str:
        return NAMES[self.language]


def other_language() -> str:
    return "en" if get_language() == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE


def twin(request: HttpRequest | None, *, alternate_url: str = "", page: Any = None) -> Twin:
    """The twin of what `request` shows.

    A view that knows it says so (`alternate_url`); a Wagtail page has its translation; any other address is
    translated word by word. Each request asks once, however often the shell prints it.
    """
    language = other_language()
    if request is None:
        return Twin(language, HOMES[language], exact=False)
    known: Twin | None = getattr(request, KEPT, None)
    if known is None:
        known = _find(request, language, alternate_url, page)
        setattr(request, KEPT, known)
    return known


def _find(request: HttpRequest, language: str, alternate_url: str, page: Any) -> Twin:
    if alternate_url:
        return Twin(language, alternate_url, exact=True)
    if isinstance(page, Page):
        url = _translation_url(page, language, request)
        return Twin(language, url or HOMES[language], exact=bool(url))
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return Twin(language, HOMES[language], exact=False)
    if match.view_name == "wagtail_serve":
        return Twin(language, HOMES[language], exact=False)
    url = translate_url(request.get_full_path(), language)
    changed = url != request.get_full_path()
    return Twin(language, url if changed else HOMES[language], exact=changed)


def _translation_url(page: Page, language: str, request: HttpRequest) -> str | None:
    translation = page.get_translations().filter(live=True, locale__language_code=language).first()
    if translation is None:
        return None
    with override(language):
        return translation.get_url(request)


def absolute(url: str) -> str:
    return urljoin(settings.BASE_URL.rstrip("/") + "/", url)


def canonical(request: HttpRequest) -> str:
    """The address of the page itself: filters and orders are other views of it, a page number is another page."""
    number = request.GET.get("page", "")
    return absolute(request.path) + (f"?page={number}" if number.isdecimal() and number != "1" else "")
