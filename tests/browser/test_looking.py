"""What looks at pages must see: each of the questions is put to a page that fails it."""

import pytest

from tests.browser.conftest import DESK
from tests.browser.looking import assert_accessible, assert_fits, assert_keyboard, assert_unbroken

pytestmark = pytest.mark.usefixtures("bare")


@pytest.mark.parametrize(
    ("question", "spoil"),
    [
        (assert_accessible, "document.querySelector('main').innerHTML += '<img src=\"/static/art/mark.svg\">'"),
        (assert_fits, "document.querySelector('h1').style.width = '3000px'"),
        (assert_keyboard, "document.querySelector('.skip').remove()"),
        (assert_unbroken, "console.error('x')"),
        (assert_unbroken, "fetch('http://127.0.0.2:9/').catch(() => 0)"),
        (assert_unbroken, "document.body.setAttribute('style', 'color: red')"),
    ],
    ids=["axe", "width", "skip link", "console", "foreign host", "policy"],
)
def test_a_spoiled_page_is_seen(open_page, question, spoil: str) -> None:
    page = open_page("/gioi-thieu/", size=DESK)
    page.evaluate(spoil)
    page.wait_for_timeout(200)
    with pytest.raises(AssertionError):
        question(page)
