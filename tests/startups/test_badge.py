"""The badge and the poster: what they say, whom they let in, and what their code leads to."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
import segno
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from registry.core import clock
from registry.startups import badge, selectors
from registry.startups.models import Startup
from tests.accounts.factories import UserFactory, sign_in
from tests.desk.pages import words
from tests.dossiers.factories import dossier
from tests.parties.factories import party

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path) -> None:
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"


@pytest.fixture
def owner(db):
    return UserFactory()


@pytest.fixture
def startup(owner) -> Startup:
    return Startup.objects.get(dossier=dossier(organisation=party("Công ty A", owner=owner), published=True))


def svg_of(public_id: str, language: str = "vi", **headers: str):
    return Client().get(badge.image_url(public_id, language), headers=headers)


def modules(path: str) -> set[tuple[int, int]]:
    """The dark modules (x, y) that a path of segno's draws: strokes of one module, moves relative to the last point."""
    dark, x, y = set(), 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        given = [float(n) for n in numbers.split()]
        if command == "h":
            dark |= {(int(x) + n, int(y)) for n in range(int(given[0]))}
            x += given[0]
        else:
            x, y = given if command == "M" else (x + given[0], y + given[1])
    return dark


def expected(url: str, error: str) -> set[tuple[int, int]]:
    matrix = segno.make(url, error=error, micro=False, boost_error=False).matrix
    return {(x + 4, y + 4) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}


def url_of(startup: Startup, language: str) -> str:
    path = "/khoi-nghiep/" if language == "vi" else "/en/startups/"
    return f"{settings.BASE_URL.rstrip('/')}{path}{startup.public_id}/"


@LANGUAGES
def test_the_badge_names_the_startup_and_says_that_it_is_no_certificate(startup: Startup, language: str) -> None:
    answer = svg_of(startup.public_id, language)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
    assert len(answer.content) <= 10_000
    drawing = ElementTree.fromstring(answer.content)
    title, description = drawing.find(f"{SVG}title").text, drawing.find(f"{SVG}desc").text
    assert drawing.get("role") == "img"
    assert drawing.get("aria-labelledby") == "t d"
    assert ("Trà cổ thụ Minh Họa: có trong" if language == "vi" else "Minh Hoa Ancient Tea: in the") in title
    said = answer.content.decode()
    assert ("Không phải giấy chứng nhận" if language == "vi" else "Not a certificate") in said
    assert url_of(startup, language) in description


@LANGUAGES
def test_its_code_is_that_of_the_live_page(startup: Startup, language: str) -> None:
    drawing = ElementTree.fromstring(svg_of(startup.public_id, language).content)
    (path,) = [one.get("d") for one in drawing.iter(f"{SVG}path") if one.get("stroke") == "#000"]
    assert modules(path) == expected(url_of(startup, language), "m")
    page = Client().get(url_of(startup, language).removeprefix(settings.BASE_URL.rstrip("/")), follow=True)
    assert page.status_code == 200


def test_any_site_may_show_it_and_nobody_may_run_anything_in_it(startup: Startup) -> None:
    answer = svg_of(startup.public_id)
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert not answer.cookies
    assert not re.search(rb"<script|<style|style=|href=|on[a-z]+=", answer.content)


def test_a_badge_never_outlives_its_place_in_the_directory(db) -> None:
    gone = Startup.objects.get(dossier=dossier(taken_down=True))
    answer = svg_of(gone.public_id)
    assert (answer.status_code, answer["Content-Type"]) == (410, "image/svg+xml; charset=utf-8")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    said = answer.content.decode()
    assert "Không còn trong danh bạ" in said
    assert "No longer in the directory" in svg_of(gone.public_id, "en").content.decode()
    assert "Trà cổ thụ" not in said
    ElementTree.fromstring(answer.content)
    assert Client().get(f"/huy-hieu/{gone.public_id}.pdf").status_code == 410


@pytest.mark.parametrize("public_id", ["00000000", "khong-co", "x" * 300])
@pytest.mark.parametrize("ending", ["svg", "pdf"])
def test_an_id_that_is_nobodys(db, public_id: str, ending: str) -> None:
    assert Client().get(f"/huy-hieu/{public_id}.{ending}").status_code == 404


def test_a_language_that_is_none_gives_vietnamese(startup: Startup) -> None:
    assert Client().get(f"/huy-hieu/{startup.public_id}.svg?lang=xx").content == svg_of(startup.public_id).content


def test_a_hostile_name_stays_text(db) -> None:
    name = '</title><script>alert(1)</script>&"'
    startup = Startup.objects.get(dossier=dossier(published=True, name_vi=name, short_name=""))
    answer = svg_of(startup.public_id)
    drawing = ElementTree.fromstring(answer.content)
    assert drawing.find(f"{SVG}title").text.startswith(name)
    assert not list(drawing.iter(f"{SVG}script"))


@given(st.text(max_size=200))
def test_every_name_fits_its_lines(name: str) -> None:
    lines = badge.lines_of(name)
    assert 1 <= len(lines) <= badge.LINES
    assert all(badge.fits(line) for line in lines)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Trà Minh Họa", ["Trà Minh Họa"]),
        ("Trà cổ thụ Minh Họa trên núi cao", ["Trà cổ thụ Minh Họa", "trên núi cao"]),
        ("Trà cổ thụ Minh Họa trên núi cao của chúng tôi", ["Trà cổ thụ Minh Họa", "trên núi cao của chún…"]),
    ],
)
def test_a_name_is_broken_at_words(name: str, lines: list[str]) -> None:
    assert badge.lines_of(name)[0] == lines[0]
    assert len(badge.lines_of(name)) == len(lines)


@LANGUAGES
def test_the_poster_is_a_tagged_paper_and_always_the_same(startup: Startup, language: str) -> None:
    first = Client().get(badge.image_url(startup.public_id, language, "pdf"))
    assert (first.status_code, first["Content-Type"]) == (200, "application/pdf")
    assert first["Cache-Control"] == "public, max-age=0, s-maxage=1"
    body = first.content
    assert body.startswith(b"%PDF-")
    assert b"/MarkInfo" in body
    assert b"pdfuaid" in body or b"/StructTreeRoot" in body
    badge._typeset.cache_clear()
    with clock.at(clock.now() + timedelta(days=3)):
        assert Client().get(badge.image_url(startup.public_id, language, "pdf")).content == body


def test_the_code_of_the_poster_is_that_of_the_live_page(startup: Startup) -> None:
    printed = dict(badge._words(selectors.profile_of(startup), "vi"))
    path = re.search(r' d="([^"]+)"', printed["qr"])
    assert path
    assert modules(path[1]) == expected(url_of(startup, "vi"), "q")
    assert printed["url"] == url_of(startup, "vi")


def test_the_owner_takes_it_from_the_account(startup: Startup, owner) -> None:
    client = sign_in(Client(), owner)
    home = client.get("/tai-khoan/")
    assert f'href="/tai-khoan/huy-hieu/{startup.public_id}/"' in home.content.decode()
    page = client.get(f"/tai-khoan/huy-hieu/{startup.public_id}/")
    assert page["Cache-Control"] == "private, no-store"
    snippet = re.search(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page.content.decode(), re.DOTALL)
    assert snippet
    text = words(page)
    assert f'<a href="{url_of(startup, "vi")}">' in text
    assert f'src="{settings.BASE_URL.rstrip("/")}/huy-hieu/{startup.public_id}.svg"' in text
    assert f"/huy-hieu/{startup.public_id}.pdf?lang=en" in page.content.decode()
    assert sign_in(Client(), UserFactory()).get(f"/tai-khoan/huy-hieu/{startup.public_id}/").status_code == 404


def test_a_quote_in_the_name_does_not_break_the_lines_to_copy(db, owner) -> None:
    made = dossier(organisation=party("B", owner=owner), published=True, name_vi='Chè "Mây"', short_name="")
    page = sign_in(Client(), owner).get(f"/tai-khoan/huy-hieu/{made.startup.public_id}/")
    assert 'alt="Chè &quot;Mây&quot;:' in words(page)


def test_nobody_listed_has_no_panel(db) -> None:
    assert "Huy hiệu và áp phích" not in words(sign_in(Client(), UserFactory()).get("/tai-khoan/"))
