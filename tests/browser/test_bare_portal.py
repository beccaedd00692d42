"""A portal that has just been set up: nothing to show, and still whole."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.accounts.factories import UserFactory
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


@pytest.fixture(scope="module")
def newcomers(bare: None) -> None:
    call_command("sync_roles", stdout=StringIO())
    UserFactory(email="moi@vidu.example")
    UserFactory(email="can-bo@vidu.example", officer=True)


@pytest.mark.usefixtures("newcomers")
@pytest.mark.parametrize("look", ["", "contrast."], ids=["light", "contrast"])
@pytest.mark.parametrize(
    ("path", "email"),
    [
        ("/tai-khoan/", "moi@vidu.example"),
        ("/en/account/", "moi@vidu.example"),
        ("/tai-khoan/tin/", "moi@vidu.example"),
        ("/tai-khoan/to-chuc/", "moi@vidu.example"),
        ("/tai-khoan/khoi-nghiep/moi/", "moi@vidu.example"),
        ("/en/account/startups/new/", "moi@vidu.example"),
        ("/quan-tri/ho-so/", "can-bo@vidu.example"),
        ("/quan-tri/", "can-bo@vidu.example"),
    ],
)
def test_a_newcomer_finds_whole_pages(open_page, path: str, email: str, look: str) -> None:
    page = open_page(path, size=PHONE, look=look, email=email)
    assert_accessible(page)
    assert_unbroken(page)
