"""Journey: somebody at a desk fills in for a founder, prints the sheet; a phone without an account confirms. And a second device."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from registry.dossiers.models import Dossier
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import assert_accessible, assert_fits, assert_unbroken
from tests.browser.test_journey_founder import write_the_steps
from tests.core.factories import PDF

pytestmark = pytest.mark.usefixtures("fresh_province")
HELPER, FOUNDER = "nhap-ho@demo.test", "founder@demo.test"


def begin(page) -> str:
    page.click("main a.btn--accent")
    page.fill("[name=founder_name]", "Chẻo Thị Thử")
    page.fill("[name=contact]", "0912 345 678")
    page.check("[name=kind][value=person]")
    page.fill("[name=name]", "Chẻo Thị Thử")
    page.click("main form .actions .btn--accent")
    page.wait_for_url("**/ten/")
    return re.findall(r"KN-\d{4}-\d{5}", page.url)[0]


def test_a_helper_fills_in_and_the_founder_confirms_on_a_phone_without_script(open_page, portal: str) -> None:
    desk = open_page("/tai-khoan/nhap-ho/", size=DESK, email=HELPER)
    reference = begin(desk)
    write_the_steps(desk, javascript=True)
    desk.wait_for_url("**/nho-xac-nhan/")
    desk.click("[name=_give]")
    expect(desk.locator(".key__code")).to_be_visible()
    assert_fits(desk, 320)
    assert_accessible(desk)
    assert_unbroken(desk)
    link = desk.input_value("#lien-ket")
    with desk.context.expect_page() as opened:
        desk.click("main form[target=_blank] button")
    expect(opened.value).to_have_url(re.compile(r"/to-giay\.pdf$"))

    phone = open_page(link.removeprefix(portal), size=PHONE, javascript=False)
    phone.click("main .btn--accent")
    phone.wait_for_url("**/tiep-tuc/ho-so/")
    expect(phone.locator("main")).to_contain_text("Măng chua bản Thử")
    expect(phone.locator("main")).to_contain_text("Vàng Thị Hộ")
    phone.click("[name=_send]")
    expect(phone.locator(".alert--errors")).to_be_visible()
    phone.check("[name=truthful]")
    phone.check("[name=show_phone]")
    phone.click("[name=_send]")
    expect(phone.locator("h2").first).to_contain_text("Sở trả lời chậm nhất")
    assert_unbroken(phone)
    sent = Dossier.objects.get(reference=reference)
    assert sent.state == "submitted"
    assert sent.answers["show_phone"] is True
    assert not sent.party.memberships.exists()


@pytest.mark.parametrize("language", ["", "/en"], ids=["vi", "en"])
def test_the_founders_pages_are_open_to_all(open_page, language: str) -> None:
    cache.clear()
    waiting = Dossier.objects.get(helps__isnull=False, helps__until=None)
    desk = open_page(f"/tai-khoan/khoi-nghiep/{waiting.reference}/nho-xac-nhan/", email=HELPER)
    assert_accessible(desk)
    desk.click("[name=_give]")
    code = desk.inner_text(".key__code")
    phone = open_page(f"{language}{'/continue/' if language else '/tiep-tuc/'}", size=PHONE, look="contrast.")
    phone.fill("[name=key]", "sai")
    phone.click("main .btn--accent")
    expect(phone.locator(".alert--errors")).to_be_focused()
    assert_accessible(phone)
    phone.fill("[name=key]", code.lower())
    phone.click("main .btn--accent")
    phone.wait_for_url(re.compile("/(ho-so|dossier)/$"))
    assert_accessible(phone)
    assert_fits(phone, 320)
    phone.fill("[name=wrong]", "Tên tôi là Nháp, viết hoa chữ N.")
    phone.click("[name=_wrong]")
    expect(phone.locator(".alert.is-ok")).to_be_visible()
    assert_accessible(phone)
    assert_unbroken(phone)
    desk.goto(desk.url.split("/nho-xac-nhan/")[0] + "/")
    expect(desk.locator("main")).to_contain_text("viết hoa chữ N")
    assert_accessible(desk)
    desk.goto(desk.url.split("/tai-khoan/")[0] + "/tai-khoan/nhap-ho/moi/")
    assert_accessible(desk)
    assert_fits(desk)


def test_a_phone_goes_on_with_the_draft_until_it_is_ended(open_page) -> None:
    cache.clear()
    desk = open_page("/tai-khoan/khoi-nghiep/KN-2026-00001/tep/", size=DESK, email=FOUNDER)
    desk.click("a[href*='/may-khac/']")
    desk.click("[name=_make]")
    code = desk.inner_text(".key__code")
    assert_accessible(desk)
    phone = open_page("/tiep-tuc/", size=PHONE)
    phone.fill("[name=key]", code)
    phone.click("main .btn--accent")
    phone.wait_for_url("**/KN-2026-00001/tep/")
    phone.set_input_files("#tep-moi", {"name": "chup.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(phone.locator(".files__name", has_text="chup.pdf")).to_be_visible()
    phone.click("[name=_pause]")
    phone.wait_for_url("**/tiep-tuc/ho-so/")
    assert_accessible(phone)
    assert_fits(phone)
    assert_unbroken(phone)
    desk.goto(desk.url)
    desk.click("[name=_end]")
    expect(desk.locator("[name=_make]")).to_be_visible()
    phone.goto(phone.url.split("/tiep-tuc/")[0] + "/tai-khoan/khoi-nghiep/KN-2026-00001/tep/")
    phone.wait_for_url("**/dang-nhap/**")
