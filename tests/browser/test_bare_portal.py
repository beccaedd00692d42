"""The public pages of a portal that has just been set up: nothing to show, and still whole."""

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import assert_accessible, assert_fits, assert_unbroken
from tests.browser.places import PUBLIC

pytestmark = pytest.mark.usefixtures("bare")
EMPTY = ("home", "startups", "news", "search", "no result", "about", "sign in", "sign up")


@pytest.mark.parametrize("language", [0, 1], ids=["vi", "en"])
@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_page_is_whole_and_open_to_all(open_page, name: str, language: int) -> None:
    page = open_page(PUBLIC[name][language], size=DESK)
    assert_accessible(page)
    assert_fits(page)
    page.set_viewport_size(PHONE)
    assert_accessible(page)
    assert_unbroken(page)


@pytest.mark.parametrize("language", [0, 1], ids=["vi", "en"])
@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_page_is_accessible_in_high_contrast(open_page, name: str, language: int) -> None:
    page = open_page(PUBLIC[name][language], size=PHONE, look="contrast.")
    assert_accessible(page)
    assert_unbroken(page)
