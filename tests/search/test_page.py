"""The page of results: what it shows, what it says, what it costs."""

import html

import pytest

from search import abbreviations
from tests.search.factories import entry, generated


@pytest.fixture
def library(publish):
    publish(
        entry("Sâm Núi Mây", ref="a", summary="Nhân giống sâm bản địa."),
        entry("Lứa sâm đầu tiên", kind="news", ref="b", body="Khởi nghiệp ở xã Sìn Hồ."),
        entry("Cloud Mountain Ginseng", ref="a", language="en"),
    )


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def test_results_are_marked_linked_and_counted_by_kind(client, library):
    text = page(client, "/tim-kiem/?q=sam")
    assert "<mark>Sâm</mark> Núi Mây" in text
    assert "Nhân giống <mark>sâm</mark> bản địa." in text
    assert 'href="/khoi-nghiep/' in text
    assert "2 kết quả cho “sam”" in text
    assert "<span>Khởi nghiệp</span><span>1</span>" in text
    assert "Cloud Mountain" not in text
    news = page(client, "/tim-kiem/?q=sam&kind=news")
    assert "Lứa" in news
    assert "Núi Mây" not in news
    assert "1 kết quả cho “sam”" in news
    assert "<span>Khởi nghiệp</span><span>1</span>" in news  # the choice of a kind does not narrow the kinds


def test_the_english_page_finds_english_entries(client, library):
    text = page(client, "/en/search/?q=ginseng")
    assert "Cloud Mountain <mark>Ginseng</mark>" in text
    assert "1 result for “ginseng”" in text
    assert "Nothing found for “chè”" in page(client, "/en/search/?q=chè")


def test_without_a_text_it_only_asks(client, library):
    text = page(client, "/tim-kiem/")
    assert 'name="q"' in text
    assert "hit" not in text
    assert "Không tìm thấy" not in text


def test_a_typo_is_answered_with_a_link(client, publish):
    publish(entry("Khởi nghiệp xanh"), entry("Khởi nghiệp trẻ"))
    text = page(client, "/tim-kiem/?q=khoi+nghep")
    assert "Không tìm thấy “khoi nghep”" in text
    assert '<a href="?q=kh%E1%BB%9Fi+nghi%E1%BB%87p">khởi nghiệp</a>' in text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/tim-kiem/?q=sam&kind=nonsense", "Không có loại “nonsense”"),
        ("/tim-kiem/?q=sam&cursor=forged", "không thuộc về lần tìm này"),
        ("/tim-kiem/?cursor=forged", "không thuộc về lần tìm này"),
        ("/tim-kiem/?q=sam&colour=red", "Trang này không có tham số “colour”"),
        ("/tim-kiem/?q=sam&ward=99999", "Không có xã, phường “99999”. Ghi mã như: 03408."),
        ("/tim-kiem/?q=sam&year=twenty", "Không có năm “twenty”"),
        ("/tim-kiem/?q=sam&language=fr", "Không có ngôn ngữ “fr”"),
        ("/tim-kiem/?q=sam&sort=best", "Không có cách sắp xếp “best”"),
        ("/tim-kiem/?q=sam&q=che", "Chỉ ghi tham số này một lần."),
        ("/en/search/?q=sam&kind=nonsense", "There is no kind “nonsense”"),
    ],
)
def test_what_cannot_be_used_is_said(client, library, address, said):
    text = page(client, address)
    assert said in text
    assert ("<mark>" in text) == ("colour" in address)  # a choice that means nothing lists nothing


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"', "a\0b", "NEAR(", "đ" * 5000, "sâm " * 1500, "=1+1", "'; --"]
)
def test_no_input_breaks_the_page(client, library, text):
    response = client.get("/tim-kiem/", {"q": text})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_pages_follow_each_other(client, publish):
    publish(*(entry(f"Sâm số {n}") for n in range(45)))
    address, seen = "/tim-kiem/?q=sam", []
    for _ in range(3):
        response = client.get(address)
        seen += [found.hit.ref for found in response.context["found"]]
        address = "/tim-kiem/" + response.context["next_url"]
    assert len(set(seen)) == 45
    assert response.context["next_url"] == ""
    assert "Đang xem từ 41 đến 45." in html.unescape(response.content.decode())


def test_the_page_is_shared_and_costs_the_same_with_ten_and_a_thousand_entries(client, publish, query_budget):
    publish(*generated(10))
    client.get("/tim-kiem/?q=moi")
    abbreviations.forget()  # read in both, however long a thousand entries take
    with query_budget(10) as few:
        response = client.get("/tim-kiem/?q=moi")
    assert "s-maxage" in response["Cache-Control"]
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert "csrf" not in response.content.decode()
    assert few.writes == []
    publish(*generated(1000))
    abbreviations.forget()
    with query_budget(10) as many:
        client.get("/tim-kiem/?q=moi")
    assert len(many) == len(few)
