"""The portal's addresses as the resolver knows them, in the wording of the matrix."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

BACK_OFFICE = "quan-tri/"
OPEN_TO_ALL_STAFF = frozenset(
    [
        "account",
        "api",
        "block-preview",
        "bulk",
        "choose-anchor-link",
        "choose-email-link",
        "choose-external-link",
        "choose-page",
        "choose-phone-link",
        "dismissibles",
        "editing-sessions",
        "embeds",
        "failwhale",
        "jsi18n",
        "login",
        "logout",
        "password_reset",
        "sprite",
        "tag-autocomplete",
        "test404",
        "translation",
    ]
)
"""Wagtail's parts that ask for nothing but the right to enter; `quan-tri/*` speaks for them."""


@dataclass(frozen=True)
class Address:
    """`pattern` as written in the urls.py files, in Vietnamese. `row` is the pattern of the row that must cover it."""

    pattern: str
    view: str

    @property
    def row(self) -> str:
        """Wagtail's own views are covered by their part of the back office, everything else by a row of its own."""
        if not self.pattern.startswith(BACK_OFFICE) or not self.view.startswith(("wagtail.", "django.")):
            return self.pattern
        part, slash, _ = self.pattern.removeprefix(BACK_OFFICE).partition("/")
        named = slash and part.replace("-", "").replace("_", "").isalnum() and part not in OPEN_TO_ALL_STAFF
        return f"{BACK_OFFICE}{part}/*" if named else f"{BACK_OFFICE}*"


def addresses() -> list[Address]:
    with override("vi"):
        return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[Any], before: str) -> Iterator[Address]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            view = entry.callback
            cls = getattr(view, "view_class", view)
            yield Address(before + str(entry.pattern), f"{cls.__module__}.{getattr(cls, '__qualname__', cls)}")
