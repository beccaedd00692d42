"""A person sees where they are signed in, takes a copy of their data, clears what stands in the way, and closes the account."""

import zipfile

import pytest
from playwright.sync_api import expect

from portal.settings import DEMO_PASSWORD
from tests.browser.conftest import PHONE
from tests.browser.looking import assert_accessible, assert_fits, assert_unbroken

pytestmark = pytest.mark.usefixtures("fresh_province")


def look_over(page) -> None:
    assert_accessible(page)
    assert_fits(page)
    assert_unbroken(page)


def test_from_the_list_of_places_to_a_closed_account(open_page, portal) -> None:
    page = open_page("/tai-khoan/phien/", size=PHONE, email="founder2@demo.test")
    look_over(page)
    page.goto(f"{portal}/tai-khoan/du-lieu/")
    page.fill("[name=password]", DEMO_PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page.locator("h1")).to_have_text("Dữ liệu của bạn")
    look_over(page)
    with page.expect_download() as taken:
        page.click("main form button")
    with zipfile.ZipFile(taken.value.path()) as copy:
        assert {"doc-truoc.html", "read-first.html", "json/dossiers.json"} <= set(copy.namelist())

    page.goto(f"{portal}/tai-khoan/dong/")
    expect(page.locator("main")).to_contain_text("Cần làm xong trước")
    look_over(page)
    for left in range(2, 0, -1):
        expect(page.locator("main a:has-text('Mở hồ sơ')")).to_have_count(left)
        page.click("text=Mở hồ sơ")
        page.click("main a[href$='/rut/']")
        page.click("main form button.btn--bad")
        page.goto(f"{portal}/tai-khoan/dong/")
    page.click("main form button.btn--bad")
    expect(page.locator(".alert--errors")).to_be_focused()
    look_over(page)
    page.check("[name=understood]")
    page.click("main form button.btn--bad")
    expect(page.locator("h1")).to_have_text("Tài khoản đã đóng")
    look_over(page)
    page.goto(f"{portal}/tai-khoan/")
    expect(page.locator("[name=login]")).to_be_visible()
