"""Where a passage stands: in the text itself, or on which page of which attachment."""

import html

import pytest

from search.engine import Query
from search.entries import Part
from tests.search.factories import entry

PLAN = "Kế hoạch 2030 (PDF)"
PAGES = [
    Part("Mục tiêu tổng quát đến năm 2030.", f"{PLAN}, trang 1", "/tai-lieu/7/ke-hoach.pdf#page=1"),
    Part("Trạm đo sương ở xã Sìn Hồ & bản bên.", f"{PLAN}, trang 2", "/tai-lieu/7/ke-hoach.pdf#page=2"),
    Part("Kinh phí vụ xuân. " + "Bảng số liệu. " * 60 + "Trạm đo mưa ở xã Mường Tè.", f"{PLAN}, trang 3", "/p#page=3"),
]


@pytest.fixture
def hit(engine, publish):
    publish(entry("Tin về chè", summary="Chè cổ thụ trên núi.", body="Sương muối đến sớm.", parts=PAGES))

    def first(text: str):
        (found,) = engine.search(Query(text=text, language="vi")).hits
        return found

    return first


def test_a_passage_of_an_attachment_names_its_page(hit):
    found = hit("tram do suong")
    assert found.snippet == "<mark>Trạm đo sương</mark> ở xã Sìn Hồ &amp; bản bên."
    assert (found.place, found.place_url) == (f"{PLAN}, trang 2", "/tai-lieu/7/ke-hoach.pdf#page=2")


def test_a_passage_is_cut_inside_its_page(hit):
    found = hit("muong te")
    assert found.place == f"{PLAN}, trang 3"
    assert found.snippet.startswith("… ")
    assert found.snippet.endswith("<mark>Mường Tè</mark>.")
    assert "Sìn Hồ" not in found.snippet
    assert hit("kinh phi").snippet.startswith("<mark>Kinh phí</mark> vụ xuân.")


def test_words_that_stand_on_two_pages_show_the_first_that_has_most(hit):
    assert hit("tram do mua").place == f"{PLAN}, trang 3"
    assert hit("tram do").place == f"{PLAN}, trang 2"
    assert hit("muc tieu tram").place == f"{PLAN}, trang 1"


def test_the_text_itself_is_no_place(hit):
    for text in ("che co thu", "suong muoi", "tin ve che", ""):
        assert (hit(text).place, hit(text).place_url) == ("", ""), text


def test_no_mark_reaches_from_one_page_into_the_next(engine, publish):
    publish(entry("Hai trang", parts=[Part("Công", "trang 1", "/1"), Part("nghệ cao", "trang 2", "/2")]))
    (found,) = engine.search(Query(text="cong nghe", language="vi")).hits
    assert (found.snippet, found.place) == ("<mark>Công</mark>", "trang 1")
    assert engine.search(Query(text='"cong nghe"', language="vi")).count == 0


def test_a_damaged_word_found_by_its_other_reading_is_shown_as_it_stands(engine, publish):
    scan = [Part("Lời mở.", "trang 1", "/1"), Part("c6ng nghi¢p hoa", "trang 2", "/2")]
    publish(entry("Bản quét", parts=scan, also="cong nghiep hoa"))
    (found,) = engine.search(Query(text="công nghiệp", language="vi")).hits
    assert (found.snippet, found.place) == ("<mark>c6ng nghi¢p</mark> hoa", "trang 2")


def test_page_and_api_say_where(client, publish):
    publish(entry("Tin về chè", parts=PAGES))
    text = html.unescape(client.get("/tim-kiem/?q=tram+do+suong").content.decode())
    assert f'href="/tai-lieu/7/ke-hoach.pdf#page=2">{PLAN}, trang 2</a>' in text
    (told,) = client.get("/api/v1/search?q=tram+do+suong").json()["results"]
    assert told["place"] == f"{PLAN}, trang 2"
    assert told["place_url"] == "http://testserver/tai-lieu/7/ke-hoach.pdf#page=2"
    assert (
        "trang"
        not in html.unescape(client.get("/tim-kiem/?q=tin+ve").content.decode())
        .split("hit__kind")[1]
        .split("</article>")[0]
    )
