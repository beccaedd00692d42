"""The staff side in Vietnamese: no English of Wagtail, allauth or Django shows through."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.apps import apps
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation.trans_real import DjangoTranslation
from wagtail.admin.views.i18n import js_catalog

from portal import catalogues

OVERLAYS = [catalogues.LOCALE / "vi" / "LC_MESSAGES" / name for name in ("django.po", "djangojs.po")]
WAGTAIL = sorted(config.name for config in apps.get_app_configs() if config.name.split(".")[0] == "wagtail")
WHOLE = [*WAGTAIL, "taggit", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
ALLAUTH = ("account", "mfa", "templates/account", "templates/mfa", "templates/allauth")
FORBIDDEN_SPELLING = re.compile(r"\b\w*(?:oá|oà|oả|oã|oạ|uỷ|uý|uỳ|uỹ|uỵ)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def vietnamese() -> DjangoTranslation:
    """The catalogue a request in Vietnamese is served from: Django's, every app's, and the overlay above them."""
    catalogues.compile_catalogues()
    return DjangoTranslation("vi")


def folder(app_name: str) -> Path:
    return next(Path(config.path) for config in apps.get_app_configs() if config.name == app_name)


def shipped(app_name: str, domain: str = "django") -> list[Message]:
    source = folder(app_name) / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    return list(catalogues.messages(catalogues.read(source))) if source.exists() else []


def allauth_asks_for() -> Iterator[catalogues.Key]:
    root = folder("allauth")
    for part in ALLAUTH:
        for path in sorted((root / part).rglob("*.*")):
            if path.suffix == ".py" and "tests" not in path.parts:
                yield from (found.key for found in catalogues.extract_python(path, path.name))
            elif path.suffix in {".html", ".txt"}:
                yield from (found.key for found in catalogues.extract_template(path, path.name))


def lacking(keys: list[catalogues.Key], vietnamese: DjangoTranslation) -> list[str]:
    return [msgid for context, msgid in keys if not knows(vietnamese, context, msgid)]


def knows(vietnamese: DjangoTranslation, context: str | None, msgid: str) -> bool:
    entry = msgid if context is None else f"{context}\x04{msgid}"
    return entry in vietnamese._catalog or (entry, 0) in vietnamese._catalog


@pytest.mark.parametrize("path", OVERLAYS, ids=lambda path: path.name)
def test_the_overlay_is_sound(path: Path) -> None:
    assert catalogues.faults(path) == []


@pytest.mark.parametrize("app_name", WHOLE)
def test_every_message_of_the_app_has_vietnamese(app_name: str, vietnamese: DjangoTranslation) -> None:
    assert lacking([catalogues.key_of(message) for message in shipped(app_name)], vietnamese) == []


def test_wagtail_is_wholly_vietnamese_and_was_not_before_us(vietnamese: DjangoTranslation) -> None:
    keys = {catalogues.key_of(message) for app_name in WAGTAIL for message in shipped(app_name)}
    assert len(keys) > 1500
    assert lacking(sorted(keys, key=str), vietnamese) == []


def test_accounts_and_two_factor_are_vietnamese(vietnamese: DjangoTranslation) -> None:
    keys = list(allauth_asks_for())
    assert len(set(keys)) > 200
    assert lacking(keys, vietnamese) == []


def test_the_editor_scripts_get_the_overlay() -> None:
    """Wagtail hands its scripts one catalogue, made from its own package and LOCALE_PATHS."""
    catalogues.compile_catalogues()
    with translation.override("vi"):
        body = js_catalog(RequestFactory().get("/jsi18n/")).content.decode()
    start = body.index("const newcatalog = ") + len("const newcatalog = ")
    given, _end = json.JSONDecoder().raw_decode(body[start:])
    missing = [
        catalogues.key_of(m)[1] for m in shipped("wagtail.admin", "djangojs") if catalogues.key_of(m)[1] not in given
    ]
    assert missing == []
    assert given["Page explorer"] == "Cây trang"
    assert given["%(num)s error"] == ["%(num)s lỗi"]


def test_plural_messages_have_one_vietnamese_form(vietnamese: DjangoTranslation) -> None:
    one, many = "%(num)d year", "%(num)d years"
    assert [vietnamese.ngettext(one, many, n) % {"num": n} for n in (1, 5)] == ["1 năm", "5 năm"]


@pytest.mark.parametrize("app_name", WAGTAIL)
def test_one_spelling_of_tone_marks(app_name: str, vietnamese: DjangoTranslation) -> None:
    """hóa, hủy, ủy as the law writes them, also in what Wagtail ships."""
    seen = {msgid: vietnamese.gettext(msgid) for msgid in map(catalogues.singular, shipped(app_name))}
    assert {msgid: text for msgid, text in seen.items() if FORBIDDEN_SPELLING.search(text)} == {}
