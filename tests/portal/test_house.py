"""Health, robots, sitemap, security.txt, public pictures."""

import json
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.db import DatabaseError
from django.test import Client
from wagtail.models import Locale, Page

from portal import views
from registry.core import clock

pytestmark = pytest.mark.django_db
MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def test_alive_without_asking_the_database(query_budget) -> None:
    with query_budget(0):
        response = Client().get("/healthz")
    assert json.loads(response.content) == {"status": "ok"}
    assert response["Cache-Control"] == "no-store"


def test_ready_when_database_and_search_answer(settings, tmp_path) -> None:
    settings.SEARCH_FILE = tmp_path / "search.sqlite3"
    assert Client().get("/readyz").json() == {"status": "ok", "database": "ok", "search": "ok"}


def test_not_ready_says_what_is_missing(settings, tmp_path, monkeypatch) -> None:
    settings.SEARCH_FILE = tmp_path / "search.sqlite3"
    settings.SEARCH_FILE.write_text("no database at all, only words that fill a page " * 10)
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "ok", "search": "unavailable"}

    class Broken:
        def cursor(self):
            raise DatabaseError("gone")

    monkeypatch.setattr(views, "connection", Broken())
    assert Client().get("/readyz").json()["database"] == "unavailable"


def test_robots_point_to_the_sitemap_and_stay_out_of_accounts() -> None:
    text = Client().get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text
    assert "Disallow: /tai-khoan/" in text


def test_security_txt_is_valid_for_a_while() -> None:
    with clock.at("2026-12-31T10:00:00"):
        lines = dict(
            line.split(": ", 1) for line in Client().get("/.well-known/security.txt").content.decode().splitlines()
        )
    assert set(lines) >= {"Contact", "Expires"}
    assert 20 < (datetime.fromisoformat(lines["Expires"]) - datetime(2026, 12, 31, tzinfo=clock.ZONE)).days < 366


def test_the_mark_answers_the_browsers_habit() -> None:
    assert Client().get("/favicon.ico")["Location"] == "/static/art/mark.svg"


def test_the_sitemap_names_each_page_in_each_language() -> None:
    home = Page.objects.filter(depth=2).first()
    english, _ = Locale.objects.get_or_create(language_code="en")
    vietnamese = home.add_child(instance=Page(title="Trang thử", slug="trang-thu", live=True))
    twin = home.add_child(
        instance=Page(title="Trial page", slug="trial-page", locale=english, translation_key=vietnamese.translation_key)
    )
    home.add_child(instance=Page(title="Nháp", slug="nhap", live=False))
    index = Client().get("/sitemap.xml").content.decode()
    assert "http://testserver/sitemap-pages.xml" in index
    tree = ElementTree.fromstring(Client().get("/sitemap-pages.xml").content)
    entries = {entry.find(f"{{{MAP}}}loc").text.rsplit("/", 2)[-2]: entry for entry in tree}
    assert "nhap" not in entries
    for slug in ("trang-thu", "trial-page"):
        twins = {link.attrib["hreflang"]: link.attrib["href"] for link in entries[slug].iter(f"{{{XHTML}}}link")}
        assert set(twins) == {"vi", "en"}
        assert twins["en"] == twin.get_full_url()


@pytest.fixture
def pictures(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    for folder in ("art", "images", "documents", "original_images"):
        (settings.MEDIA_ROOT / folder).mkdir(parents=True)
        (settings.MEDIA_ROOT / folder / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "secret.svg").write_text("<svg/>")
    return tmp_path


def test_a_public_picture_is_served_without_powers(pictures) -> None:
    response = Client().get("/media/art/a.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"<svg" in b"".join(response.streaming_content)


@pytest.mark.parametrize(
    "path",
    [
        "documents/a.svg",
        "original_images/a.svg",
        "art/no.svg",
        "art/../documents/a.svg",
        "art/../../secret.svg",
        "art",
        "art/a.svg/",
        "images/a.html",
        "art/%2e%2e/%2e%2e/secret.svg",
        "art/a%00.svg",
    ],
)
def test_nothing_else_is(pictures, path: str) -> None:
    assert Client().get(f"/media/{path}").status_code == 404
