"""Every main public page of the demo province, in both languages and every look."""

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import (
    assert_accessible,
    assert_accessible_in_looks,
    assert_fits,
    assert_keyboard,
    assert_unbroken,
)
from tests.browser.places import PUBLIC, RECORDS

pytestmark = pytest.mark.usefixtures("province")
EVERY = [*PUBLIC, *RECORDS]


def addresses(name: str) -> tuple[str, str]:
    return PUBLIC[name] if name in PUBLIC else RECORDS[name]()


def is_whole(page, name: str) -> None:
    """A page that says 404 on purpose is reported by the browser as one line of its console."""
    if name == "not found":
        page.broken[:] = [line for line in page.broken if "404" not in line]
    assert_unbroken(page)


@pytest.mark.parametrize("language", [0, 1], ids=["vi", "en"])
@pytest.mark.parametrize("name", EVERY)
def test_it_is_whole_fits_and_is_open_to_all(open_page, name: str, language: int) -> None:
    page = open_page(addresses(name)[language], size=DESK)
    assert page.locator("h1").count() == 1
    assert_accessible(page)
    assert_fits(page)
    page.set_viewport_size(PHONE)
    assert_accessible(page)
    if not language:
        assert_accessible_in_looks(page)
    is_whole(page, name)


@pytest.mark.parametrize("look", ["dark.", "contrast."])
def test_the_chosen_look_comes_from_the_server(open_page, look: str) -> None:
    page = open_page("/", size=PHONE, look=look, javascript=False)
    assert page.locator("html").get_attribute("data-theme") == look.rstrip(".")


@pytest.mark.parametrize("name", ["home", "startups", "startup", "article", "search", "sign up"])
def test_the_keyboard_reaches_everything(open_page, name: str) -> None:
    assert_keyboard(open_page(addresses(name)[0], size=DESK))


@pytest.mark.parametrize("name", EVERY)
def test_it_needs_no_script(open_page, name: str) -> None:
    page = open_page(addresses(name)[0], size=PHONE, javascript=False)
    assert page.locator("h1").is_visible()
    assert page.locator("main").inner_text().strip()
