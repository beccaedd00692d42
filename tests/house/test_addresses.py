"""Addresses that mean nothing: every public list and record, asked for the impossible, answers clearly and breaks nothing."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.startups.models import Startup
from tests.cms.factories import article
from tests.dossiers.factories import dossier
from tests.house.asking import NASTY, assert_clear, body_of, language_of

pytestmark = pytest.mark.django_db
LISTS = {
    "/khoi-nghiep/": ("q", "field", "sector", "ward", "stage", "year", "as_of", "page", "format"),
    "/en/startups/": ("q", "ward", "as_of", "page"),
    "/tin-tuc/": ("topic", "year", "page"),
    "/en/news/": ("topic", "year", "page"),
    "/tin-tuc/rss/": ("page",),
    "/tim-kiem/": ("q", "kind", "cursor", "page"),
    "/en/search/": ("q", "kind", "cursor"),
    "/api/v1/startups": ("q", "field", "sector", "ward", "stage", "year", "as_of", "lang", "cursor"),
    "/api/v1/procedures": ("lang",),
    "/api/v1/search": ("q", "kind", "lang", "cursor"),
    "/sitemap-pages.xml": ("p",),
    "/tai-khoan/dang-nhap/": ("next",),
    "/en/account/sign-up/": ("next",),
    "/tuy-chon/": ("text", "theme"),
    "/": ("q",),
}
OTHER_NAMES = ("khong_co", "ward[]", "$ne", "", "\x00", "csrfmiddlewaretoken")


@dataclass
class Town:
    startup: str
    startup_id: str
    article: str


@pytest.fixture
def town(roles: None, searchable: Callable[[], None], django_capture_on_commit_callbacks: Any) -> Town:
    """One startup and one article."""
    with django_capture_on_commit_callbacks(execute=True):
        listed = Startup.objects.get(dossier=dossier(published=True))
        news = article("Cảm biến sương trên nương chè")
    searchable()
    return Town(f"{listed.profiles.get().slug}-{listed.public_id}", listed.public_id, news.slug)


@pytest.mark.parametrize("url", LISTS)
def test_every_parameter_of_every_list(town: Town, url: str) -> None:
    """On PostgreSQL, where the same was asked of SQLite before, each parameter meets every fourth value, the next one the next."""
    client = Client()
    few = 1 if connection.vendor == "sqlite" else 4
    for place, name in enumerate(LISTS[url]):
        for kind, value in list(NASTY.items())[place % few :: few]:
            assert_clear(client.get(url, {name: value}), f"{url}?{name}={kind}", language_of(url))


def test_names_that_are_no_parameters(town: Town) -> None:
    client = Client()
    for url, name in product(LISTS, OTHER_NAMES):
        response = client.get(url, {name: "1"})
        assert_clear(response, f"{url}?{name!r}", language_of(url))
        assert response.status_code == (400 if url.startswith("/api/") else 200), (url, name)


def test_queries_that_are_no_text(town: Town) -> None:
    client = Client()
    no_text = ("%ff%fe", "q=%ff", "%00=%00", "q=%c3%28", "q=%ed%a0%80", "&&=&=", "q=%", "q=%2&ward=%zz")
    for raw, url in product(no_text, LISTS):
        assert_clear(client.get(f"{url}?{raw}"), f"{url}?{raw}", language_of(url))


def test_two_thousand_parameters(town: Town) -> None:
    many = "&".join(f"a{number}=1" for number in range(2000))
    for url in LISTS:
        assert_clear(Client().get(f"{url}?{many}"), url, language_of(url))


@pytest.mark.parametrize(
    ("url", "vi", "en"),
    [
        ("?ward=99999", "Không có lựa chọn “99999”.", "There is no choice “99999”."),
        ("?year=1066", "Không có lựa chọn “1066”.", "There is no choice “1066”."),
        ("?as_of=2026-02-30", "Ngày chưa đúng, ví dụ 2026-06-30.", "2026-06-30"),
        ("?page=abc", "Số trang “abc” không đúng.", "The page number “abc” is not right."),
        ("?page=-1", "Không có trang -1; danh sách này có 1 trang.", "There is no page -1"),
        ("?page=999999", "Không có trang 999999", "There is no page 999999"),
        ("?format=pdf", "Tải về được ba dạng: csv, xlsx, jsonl.", "Three formats can be downloaded"),
        ("?xa=1", "Danh bạ không có bộ lọc này.", "The directory has no such filter."),
    ],
)
def test_the_directory_tells_what_it_cannot_do_and_lists_nothing(town: Town, url: str, vi: str, en: str) -> None:
    for where, sentence in (("/khoi-nghiep/", vi), ("/en/startups/", en)):
        body = body_of(Client().get(where + url))
        assert sentence in body
        assert town.startup not in body


REFUSED = (
    ("startups?ward=99999", "ward"),
    ("startups?year=1066", "year"),
    ("startups?as_of=30/06/2026", "as_of"),
    ("startups?lang=fr", "lang"),
    ("startups?cursor=abc", "cursor"),
    ("startups?page=2", "page"),
    ("startups?q=" + "x" * 5000, "q"),
    ("search?kind=ghost", "kind"),
    ("search?lang=", "lang"),
    ("search?q=" + "x" * 5000, "q"),
    ("search?cursor=%00", "cursor"),
    ("search?q=a&cursor=9" + "9" * 300, "cursor"),
    (f"startups/{'9' * 300}?x=1", "x"),
)


def test_the_api_names_the_parameter(town: Town) -> None:
    for url, parameter in REFUSED:
        response = Client().get(f"/api/v1/{url}")
        error = json.loads(response.content)["error"]
        assert (response.status_code, error["parameter"]) == (400, parameter), url
        assert error["message"]


SEGMENTS = (
    "%00",
    "a%00b",
    "%ff",
    "..",
    "%2e%2e%2f",
    "x" * 3000,
    "9" * 30,
    "-1",
    "%E2%80%AE",
    "%F0%9F%8D%B5",
    "'",
    "<x>",
    "%0a",
    "%25",
)
PATHS = (
    "/{}", "/{}/", "/en/{}/", "/khoi-nghiep/{}/", "/khoi-nghiep/{}/bao-loi/", "/en/startups/{}/", "/api/v1/startups/{}",
    "/api/v1/{}", "/tep/{}/", "/media/{}", "/media/art/{}", "/tai-lieu/{}/a.pdf", "/tai-lieu/1/{}", "/sitemap-{}.xml",
    "/tin-tuc/{}/", "/tai-khoan/xac-nhan/{}/", "/tai-khoan/mat-khau/moi/1-{}/", "/tai-khoan/loi-moi/{}/", "/static/{}",
    "/huy-hieu/{}.svg", "/huy-hieu/{}.pdf", "/thu-tuc/{}/", "/tin-tuc/{}/bao-loi/", "/quan-tri/bao-loi/{}/",
    "/_util/authenticate_with_password/{}/1/", "/tai-khoan/khoi-nghiep/{}/", "/quan-tri/ho-so/{}/",
)  # fmt: skip


def test_addresses_that_are_none(town: Town) -> None:
    client = Client()
    for path, segment in product(PATHS, SEGMENTS):
        response = client.get(path.format(segment))
        assert response.status_code in (200, 302, 301, 404, 410), (path, segment)
        if response.status_code == 404 and response["Content-Type"].startswith("text/html"):
            assert_clear(response, path.format(segment), language_of(path))


def test_what_the_proxy_did_not_say_is_not_believed(town: Town) -> None:
    forged = {"x-forwarded-host": "evil.example", "x-forwarded-for": "<script>", "x-original-url": "/quan-tri/"}
    for url in (
        "/",
        "/en/startups/",
        f"/khoi-nghiep/{town.startup}/",
        "/sitemap.xml",
        "/api/v1/startups",
        "/robots.txt",
    ):
        response = Client().get(url, headers=forged)
        assert response.status_code == 200
        assert "evil.example" not in body_of(response)


def test_another_host_is_refused_on_a_page() -> None:
    response = Client().get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_a_formula_in_a_name_is_text_in_the_table(roles: None, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("=1+1", "+84", "-x", "@SUM(A1)", "\t=1", "\r=1", " =1"):
            dossier(published=True, name_vi=f"{name} Chè", short_name="")
    lines = body_of(Client().get("/khoi-nghiep/?format=csv")).splitlines()
    assert len(lines) == 8
    for line in lines[1:]:
        assert line.split(",")[1].lstrip('"')[0] == "'", line


WORDS = st.one_of(
    st.sampled_from(sorted(NASTY.values())), st.text(max_size=40), st.from_regex(r"[\"'()*:^\-+ \w]{0,20}")
)
NAMES = st.one_of(st.sampled_from(sorted({name for names in LISTS.values() for name in names})), st.text(max_size=8))
PUBLIC = (
    *LISTS,
    "{startup}",
    "{startup}bao-loi/",
    "{english}",
    "{news}",
    "{api}",
    "/api/v1/docs",
    "{news}bao-loi/",
    "/thu-tuc/",
    "/en/procedures/startup-registration/",
    "/api/v1/procedures",
    "/robots.txt",
    "/readyz",
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(url=st.sampled_from(PUBLIC), asked=st.dictionaries(NAMES, st.lists(WORDS, min_size=1, max_size=3), max_size=4))
def test_anything_at_all(town: Town, url: str, asked: dict[str, list[str]]) -> None:
    """Random questions to every public address."""
    url = url.format(
        startup=f"/khoi-nghiep/{town.startup}/",
        english=f"/en/startups/{town.startup}/",
        news=f"/tin-tuc/{town.article}/",
        api=f"/api/v1/startups/{town.startup_id}",
    )
    query = "&".join(
        f"{quote(name.encode('utf-8', 'surrogatepass'))}={quote(value.encode('utf-8', 'surrogatepass'))}"
        for name, values in asked.items()
        for value in values
    )
    response = Client().get(f"{url}?{query}")
    assert_clear(response, f"{url}?{query}", language_of(url))
