"""The walk through the questions without script, in both languages: what is asked, what is kept, what comes out."""

import re
from datetime import datetime
from html import unescape

import html5lib
import pytest
from django.test import Client

from registry.core import clock
from tests.plumbing.queries import recorded
from tests.portal.shareable import assert_shareable

pytestmark = pytest.mark.django_db

URLS = {"vi": "/doanh-nghiep-khcn/tu-danh-gia/", "en": "/en/st-enterprises/self-assessment/"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
KEEPING = re.compile(r"""<form[^>]*/(?:luu|save)/".*?</form>""", re.S)  # the form that keeps all this as a goal


@pytest.fixture(autouse=True)
def _that_day():
    with clock.at(datetime.fromisoformat("2026-11-22T09:00+07:00")):
        yield


class Visitor:
    """Somebody without script: sends what the page carries, what they type, and the button they press."""

    def __init__(self, client: Client, language: str = "vi") -> None:
        self.client, self.url = client, URLS[language]
        self.page = client.get(self.url).content.decode()

    @property
    def carried(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in HIDDEN.findall(KEEPING.sub("", self.page)):
            found.setdefault(name, []).append(unescape(value))
        return found

    @property
    def step(self) -> str:
        return self.carried.get("step", [""])[0]

    def send(self, go: str = "next", **typed: object) -> str:
        data = {**self.carried, **{name.replace("__", "-"): value for name, value in typed.items()}, "go": go}
        response = self.client.post(self.url, data)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert not response.cookies
        self.page = response.content.decode()
        html5lib.HTMLParser(strict=False).parse(self.page)
        return self.page

    def years(self, spending: str = "200.000.000") -> None:
        for year in (2025, 2024, 2023):
            assert self.step == f"year-{year}"
            self.send(
                **{
                    f"y{year}__net_revenue": "10 tỷ",
                    f"y{year}__total_revenue": "10.300.000.000",
                    f"y{year}__sti_spending": spending,
                    f"y{year}__sti_product_revenue": "4 tỷ",
                }
            )


@pytest.mark.parametrize(("language", "word"), [("vi", "Đạt"), ("en", "Met")])
def test_the_whole_walk_of_a_small_enterprise(client: Client, language: str, word: str) -> None:
    visitor = Visitor(client, language)
    visitor.send(founded_on="06/05/2019")
    visitor.send(sector="industry", insured_workers="20", capital="5 tỷ")
    visitor.years()
    visitor.send(results=["software", "patent"])
    visitor.send(products="2", commercialised="1")
    assert visitor.step == "people"
    page = visitor.send(sti_people="2", sti_people_vietnamese="1", hired_experts="0")
    assert f"<b>{word}</b>" in page
    assert 'class="is-bad"' not in page
    assert ("Điều 49" if language == "vi" else "Article 49") in page
    assert ("/thu-tuc/chung-nhan-" if language == "vi" else "/en/procedures/st-enterprise-certificate/") in page
    assert visitor.carried["results"] == ["software", "patent"]


def test_what_is_lacking_and_then_mended(client: Client) -> None:
    visitor = Visitor(client)
    visitor.send(founded_on="06/05/2019")
    visitor.send(sector="industry", insured_workers="20", capital="5 tỷ")
    visitor.years("190 triệu")
    visitor.send(results=["none"])
    visitor.send(products="0")
    page = visitor.send(sti_people="1", sti_people_vietnamese="1", hired_experts="1")
    assert "<b>Chưa đạt</b>" in page
    assert "30.000.000\xa0đồng" in page
    assert "1,9\xa0%" in page
    assert "1,84\xa0%" in page
    assert "Tổng nguồn vốn: 5.000.000.000\xa0đồng" in page
    assert "đồng." in page
    visitor.send(go="year-2023")
    assert 'value="190 triệu"' in visitor.page
    assert visitor.step == "year-2023"


def test_a_large_enterprise_is_asked_of_its_unit_and_effects(client: Client) -> None:
    visitor = Visitor(client)
    visitor.send(founded_on="06/05/2010")
    visitor.send(sector="services", insured_workers="1.200", capital="900 tỷ")
    for _ in range(3):
        visitor.send(go="skip")
    visitor.send(go="skip")
    visitor.send(go="skip")
    assert visitor.step == "unit"
    visitor.send(rd_unit_graduates="10", rd_unit_vietnamese="5")
    assert visitor.step == "effects"
    page = visitor.send(effects=["export"])
    assert "<b>Cần biết thêm</b>" in page
    assert "Doanh nghiệp lớn." in page


def test_where_the_readings_differ_both_are_shown(client: Client) -> None:
    visitor = Visitor(client)
    visitor.send(founded_on="06/05/2019")
    visitor.send(sector="industry", insured_workers="20", capital="5 tỷ")
    for year, net, spent in ((2025, "10 tỷ", "140 triệu"), (2024, "1 tỷ", "40 triệu"), (2023, "1 tỷ", "40 triệu")):
        visitor.send(**{f"y{year}__net_revenue": net, f"y{year}__total_revenue": net, f"y{year}__sti_spending": spent})
    visitor.send(results=["variety"])
    visitor.send(products="1", commercialised="1")
    page = visitor.send(sti_people="2", sti_people_vietnamese="2")
    assert "<b>Để Sở quyết định</b>" in page
    assert "1,83\xa0%" in page
    assert "3,13\xa0%" in page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_not_knowing_anything_is_an_answer(client: Client, language: str) -> None:
    visitor = Visitor(client, language)
    seen = []
    while visitor.step:
        seen.append(visitor.step)
        visitor.send(go="skip")
    assert seen == [
        "founding", "size", "year-2025", "year-2024", "year-2023", "results", "products", "people", "unit", "effects",
    ]  # fmt: skip
    assert ("Cần biết thêm" if language == "vi" else "Need to know more") in visitor.page


@pytest.mark.parametrize(("language", "unit"), [("vi", "Bằng đồng."), ("en", "In đồng.")])
def test_every_amount_of_a_year_says_in_what_it_is_given(client: Client, language: str, unit: str) -> None:
    visitor = Visitor(client, language)
    visitor.send(go="skip")
    assert visitor.send(go="skip").count(unit) == 4
    assert visitor.step == "year-2025"


def test_years_before_the_founding_are_not_asked(client: Client) -> None:
    visitor = Visitor(client)
    visitor.send(founded_on="01/02/2026")
    visitor.send(go="skip")
    assert visitor.step == "results"
    for _ in range(5):
        visitor.send(go="skip")
    assert "chưa có năm tài chính đầy đủ" in visitor.page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"capital": "nhiều"}, "Ghi số tiền"),
        ({"capital": "-5"}, "Ghi số tiền"),
        ({"insured_workers": "2,5"}, "Ghi một số nguyên từ 0"),
        ({"insured_workers": "9" * 19}, "Ghi một số nguyên từ 0 đến 1.000.000."),
    ],
)
def test_wrong_input_is_told_at_the_field_and_nothing_is_lost(
    client: Client, typed: dict[str, str], sentence: str
) -> None:
    visitor = Visitor(client)
    visitor.send(founded_on="06/05/2019")
    page = visitor.send(**{"sector": "industry", **typed})
    assert visitor.step == "size"
    assert sentence in page
    assert "<title>Lỗi: " in page
    assert f'value="{next(iter(typed.values()))}"' in page
    assert visitor.carried["founded_on"] == ["06/05/2019"]
    assert set(visitor.carried) == {"step", "founded_on"}, "a field that is asked is not carried along as well"
    assert re.search(r'value="industry"[^>]*checked', page)


def test_a_part_is_no_more_than_its_whole_and_none_is_alone(client: Client) -> None:
    visitor = Visitor(client)
    visitor.send(founded_on="06/05/2019")
    visitor.send(sector="industry", insured_workers="20", capital="5 tỷ")
    assert "không thể lớn hơn" in visitor.send(y2025__net_revenue="2 tỷ", y2025__total_revenue="1 tỷ")
    visitor.send(go="results")
    assert "Bỏ chọn" in visitor.send(results=["none", "patent"])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_forged_and_broken_answers_are_asked_again(client: Client, language: str) -> None:
    nasty = ["<script>alert(1)</script>", "\x00", "9" * 5000, "ⅷ", "２", "1" + "." * 39, "%s%(x)s", "0001-01-01"]
    names = [
        "founded_on",
        "sector",
        "capital",
        "insured_workers",
        "results",
        "effects",
        "products",
        "y2025-net_revenue",
    ]
    for step in ("", "founding", "size", "year-2025", "results", "people", "effects", "x" * 999):
        for go in ("", "next", "skip", "back", "results", "zzz"):
            for text in nasty:
                response = client.post(URLS[language], {"step": step, "go": go, **dict.fromkeys(names, text)})
                assert response.status_code == 200
                assert b"<script>alert" not in response.content
    assert client.post(URLS[language]).status_code == 200
    assert client.put(URLS[language]).status_code == 405


def test_a_last_step_with_forged_answers_before_it_goes_back_to_them(client: Client) -> None:
    response = client.post(
        URLS["vi"],
        {"step": "effects", "go": "next", "founded_on": "nay", "insured_workers": "500", "sector": "industry"},
    )
    assert b'value="founding"' in response.content


@pytest.mark.parametrize("url", URLS.values())
def test_the_first_page_is_the_same_for_everybody(url: str) -> None:
    assert_shareable(url)


def test_nothing_is_kept(client: Client) -> None:
    with recorded() as queries:
        Visitor(client).send(founded_on="06/05/2019")
    assert not queries.writes
    assert not client.cookies


def test_the_two_languages_and_the_sitemap_know_the_page(client: Client) -> None:
    assert URLS["en"] in client.get(URLS["vi"]).content.decode()
    listed = client.get("/sitemap-standing.xml").content.decode()
    assert URLS["vi"] in listed
    assert URLS["en"] in listed
