"""The public pages of a portal that has just been set up: nothing is broken, nobody is kept out."""

import pytest

from tests.browser.conftest import DESK, PHONE, assert_accessible, assert_unbroken

PAGES = {
    "home": ("/", "/en/"),
    "startups": ("/khoi-nghiep/", "/en/startups/"),
    "nothing found": ("/khoi-nghiep/?q=kh%C3%B4ng-c%C3%B3", "/en/startups/?q=nothing-like-this"),
    "news": ("/tin-tuc/", "/en/news/"),
    "search": ("/tim-kiem/", "/en/search/"),
    "no result": ("/tim-kiem/?q=zzzz", "/en/search/?q=zzzz"),
    "sign in": ("/tai-khoan/dang-nhap/", "/en/account/sign-in/"),
    "sign up": ("/tai-khoan/dang-ky/", "/en/account/sign-up/"),
    "display": ("/tuy-chon/", "/en/display/"),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_public_page_is_whole_and_open_to_all(open_page, name: str, size: dict[str, int]) -> None:
    for path in PAGES[name]:
        page = open_page(path, size=size)
        assert_unbroken(page)
        assert_accessible(page)


@pytest.mark.parametrize("name", PAGES)
def test_high_contrast_is_accessible_too(open_page, name: str) -> None:
    page = open_page(PAGES[name][0], look="contrast.")
    assert page.locator("html").get_attribute("data-theme") == "contrast"
    assert_accessible(page)


@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_needs_no_script(open_page, name: str) -> None:
    page = open_page(PAGES[name][0], size=PHONE, javascript=False)
    assert page.locator("h1").is_visible()
