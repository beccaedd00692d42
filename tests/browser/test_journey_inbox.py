"""Journey: somebody reads what is new and chooses how to be told of the rest."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.looking import assert_accessible, assert_fits, assert_unbroken

pytestmark = pytest.mark.usefixtures("fresh_province")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_from_the_inbox_to_one_letter_a_day(open_page, javascript: bool) -> None:
    page = open_page("/tai-khoan/tin/", size=PHONE, email="founder@demo.test", javascript=javascript)
    page.click("text=Đánh dấu đã đọc hết")
    expect(page.locator("main")).not_to_contain_text("Chưa đọc")
    page.click("text=Chọn cách nhận tin")
    page.wait_for_url("**/thong-bao/")
    page.check("[name=confirmation][value=digest]")
    page.check("[name=organisation][value=inbox]")
    page.click("main form button.btn--l")
    expect(page.locator(".alert.is-ok")).to_be_visible()
    page.reload()
    expect(page.locator("[name=confirmation][value=digest]")).to_be_checked()
    expect(page.locator("[name=organisation][value=inbox]")).to_be_checked()
    expect(page.locator("main")).to_contain_text("Thư luôn được gửi")
    if javascript:
        assert_accessible(page)
        assert_fits(page)
    assert_unbroken(page)
