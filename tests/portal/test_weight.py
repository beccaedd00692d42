"""What a phone on a bad line has to carry."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

STATIC: Path = settings.BASE_DIR / "static"
KB = 1024


def packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def test_stylesheet() -> None:
    assert packed(STATIC / "css" / "look.css") <= 14 * KB


def test_display_script() -> None:
    assert (STATIC / "js" / "display.js").stat().st_size <= KB


def test_suggest_script() -> None:
    assert (STATIC / "js" / "suggest.js").stat().st_size <= 8 * KB


def test_fonts() -> None:
    assert sum(path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2")) <= 70 * KB


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["/", "/en/", "/khoi-nghiep/", "/tin-tuc/", "/tim-kiem/?q=che", "/en/display/", "/khong-co/"]
)
def test_page_with_its_style_and_script(url: str) -> None:
    shell = sum(packed(STATIC / name) for name in ("css/look.css", "js/display.js", "js/suggest.js"))
    assert len(gzip.compress(Client().get(url).content, 9)) + shell <= 60 * KB
