"""A passkey in a real browser, on an authenticator that Chromium plays: added, used to sign in, and as a second factor."""

import pytest
from playwright.sync_api import expect

from portal.settings import DEMO_PASSWORD
from tests.browser.conftest import PHONE
from tests.browser.looking import assert_accessible, assert_unbroken

pytestmark = pytest.mark.usefixtures("fresh_province")
EMAIL = "founder@demo.test"


def with_authenticator(page):
    """The page's browser gets a phone's own authenticator whose owner always proves to be there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def sign_out(page, portal: str) -> None:
    page.goto(f"{portal}/tai-khoan/dang-xuat/")
    page.click("main form[data-leave] button")
    page.goto(f"{portal}/tai-khoan/dang-nhap/?next=/tai-khoan/to-chuc/")


def test_a_passkey_is_added_and_signs_in(open_page, portal) -> None:
    page = with_authenticator(open_page("/tai-khoan/bao-mat/", size=PHONE, email=EMAIL))
    page.click("text=Thêm khóa truy cập")
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("main form .actions button")
    page.wait_for_url("**/bao-mat/khoa/moi/")
    expect(page.locator("[data-no-passkey]")).to_be_hidden()
    assert_accessible(page)
    page.fill("[name=name]", "Điện thoại của Mẩu")
    page.click("form[data-passkey] .actions button:has-text('Tạo khóa')")
    page.wait_for_url("**/ma-du-phong/")
    page.goto(f"{portal}/tai-khoan/bao-mat/")
    expect(page.locator("main .lines h3")).to_have_text("Điện thoại của Mẩu")
    page.goto(f"{portal}/tai-khoan/bao-mat/khoa/moi/")
    page.click("form[data-passkey] .actions button:has-text('Tạo khóa')")
    expect(page.locator("[data-failed=known]")).to_be_visible()

    sign_out(page, portal)
    page.click("text=Đăng nhập bằng khóa truy cập")
    page.wait_for_url(f"{portal}/tai-khoan/to-chuc/")

    sign_out(page, portal)
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/dang-nhap/ma/**")
    assert_accessible(page)
    page.click("form[data-passkey] button")
    page.wait_for_url(f"{portal}/tai-khoan/to-chuc/")
    assert_unbroken(page)


def test_without_script_or_key_the_door_is_the_old_one(open_page) -> None:
    page = open_page("/tai-khoan/dang-nhap/", size=PHONE, javascript=False)
    expect(page.locator("form[data-passkey]")).to_be_hidden()
    expect(page.locator("[name=password]")).to_be_visible()
