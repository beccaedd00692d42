"""Journey: what the department promises and kept is read before applying; staff follow the number to its dossiers."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import assert_accessible, assert_fits, assert_unbroken

pytestmark = pytest.mark.usefixtures("province")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_from_the_procedure_to_how_long_it_takes(open_page, javascript: bool) -> None:
    page = open_page("/thu-tuc/", size=PHONE, javascript=javascript)
    page.click("main a >> text=Xem thủ tục này")
    page.wait_for_url("**/thu-tuc/dang-ky-khoi-nghiep/")
    expect(page.locator("main")).to_contain_text("Mười hai tháng qua")
    expect(page.locator("main")).to_contain_text("Chín trên mười hồ sơ có trả lời trong")
    if javascript:
        assert_accessible(page)
        assert_fits(page)
    page.click("main a[href*='/khoi-nghiep/moi/'] >> nth=0")
    page.wait_for_url("**/dang-nhap/**")
    assert_unbroken(page)


def test_a_number_leads_to_its_dossiers(open_page) -> None:
    desk = open_page("/quan-tri/dung-hen/", size=DESK, email="officer2@demo.test")
    desk.click("main table a >> nth=0")
    desk.wait_for_url("**/dung-hen/startup_registration/**")
    expect(desk.locator("tbody tr").first).to_contain_text("ngày làm việc")
    assert_accessible(desk)
    desk.click("tbody tr a >> nth=0")
    expect(desk.locator(".case-head")).to_contain_text("Xong lúc")
    assert_unbroken(desk)
