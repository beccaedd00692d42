"""The language link, `hreflang` and the canonical address."""

import re

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override
from wagtail.models import Locale, Page

from portal.context import ACCOUNT, MENU, SEARCH, SIGN_IN
from portal.site_info import NAMES, fallback, forget, read_from, site_info
from portal.twins import canonical, twin

pytestmark = pytest.mark.django_db


def language_link(url: str) -> str:
    return re.search(r'<a href="([^"]+)" lang="\w+" hreflang', Client().get(url).content.decode()).group(1)


def test_an_address_is_translated_word_by_word_and_keeps_its_question() -> None:
    assert language_link("/tuy-chon/?a=b") == "/en/display/?a=b"
    assert language_link("/en/display/") == "/tuy-chon/"


def test_a_page_that_is_not_there_leads_to_the_front_page() -> None:
    assert language_link("/khong-co/") == "/en/"
    assert language_link("/en/nothing/") == "/"


def test_both_languages_name_each_other() -> None:
    for url in ("/tuy-chon/", "/en/display/"):
        page = Client().get(url).content.decode()
        assert '<link rel="alternate" hreflang="vi" href="http://localhost:8000/tuy-chon/">' in page
        assert '<link rel="alternate" hreflang="en" href="http://localhost:8000/en/display/">' in page
        assert f'<link rel="canonical" href="http://localhost:8000{url}">' in page


def test_a_wagtail_page_has_its_translation() -> None:
    home = Page.objects.filter(depth=2).first()
    english, _ = Locale.objects.get_or_create(language_code="en")
    page = home.add_child(instance=Page(title="Trang thử", slug="trang-thu"))
    about = home.add_child(
        instance=Page(title="Trial page", slug="trial-page", locale=english, translation_key=page.translation_key)
    )
    with override("vi"):
        found = twin(RequestFactory().get("/trang-thu/"), page=page)
        assert (found.exact, found.url) == (True, about.get_url())
        about.unpublish()
        assert twin(RequestFactory().get("/trang-thu/"), page=page).url == "/en/"


def test_a_view_may_say_it_itself() -> None:
    request = RequestFactory().get("/x/")
    assert twin(request, alternate_url="/en/startups/a-1/").url == "/en/startups/a-1/"


@pytest.mark.parametrize(
    ("asked", "kept"),
    [("/a/?q=x&ward=1", "/a/"), ("/a/?page=3&q=x", "/a/?page=3"), ("/a/?page=1", "/a/"), ("/a/?page=%3Cb%3E", "/a/")],
)
def test_filters_are_no_pages_of_their_own(asked: str, kept: str) -> None:
    assert canonical(RequestFactory().get(asked)) == f"http://localhost:8000{kept}"


def test_the_doors_have_the_fixed_addresses() -> None:
    with override("vi"):
        assert [door.url for door in MENU] == ["/khoi-nghiep/", "/doanh-nghiep-khcn/", "/tin-tuc/"]
        assert (SEARCH.url, ACCOUNT.url, SIGN_IN.url) == ("/tim-kiem/", "/tai-khoan/", "/tai-khoan/dang-nhap/")
    with override("en"):
        assert [door.url for door in MENU] == ["/en/startups/", "/en/st-enterprises/", "/en/news/"]
        assert (SEARCH.url, ACCOUNT.url, SIGN_IN.url) == ("/en/search/", "/en/account/", "/en/account/sign-in/")


@pytest.fixture
def lent(monkeypatch):
    """The list of readers as it was before, after the test."""
    monkeypatch.setattr("portal.site_info._sources", [])
    forget()
    yield
    forget()


def test_the_departments_facts_come_from_one_place(lent, query_budget) -> None:
    asked: list[str] = []

    def facts(language: str) -> dict[str, str]:
        asked.append(language)
        return {"phone": "0213 0000 000", "email": "", "unknown": "x"}

    read_from(facts)
    with override("vi"):
        assert site_info().phone == "0213 0000 000"
        assert site_info().address == fallback().address
        assert asked == ["vi"]
        forget()
        site_info()
        assert asked == ["vi", "vi"]
    with override("en"):
        assert site_info().department == "Department of Science and Technology"
    assert "phone" in NAMES
