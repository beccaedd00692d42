"""Journey 5: a founder proposes two changes on a phone, an officer accepts one of them, the page and the founder say so."""

import pytest
from playwright.sync_api import expect

from registry.startups import selectors
from tests.browser.conftest import PHONE
from tests.browser.looking import assert_accessible, assert_fits, assert_unbroken

pytestmark = pytest.mark.usefixtures("fresh_province")
FOUNDER, OFFICER = "founder@demo.test", "officer2@demo.test"
PITCH = "Mỗi gốc chè cổ thụ một mã; quét là biết ai hái, ai sao."


def test_one_of_two_changes_is_accepted(open_page) -> None:
    profile = selectors.in_force().get(slug="tra-co-thu-minh-hoa")
    url, reference = selectors.url_of(profile, "vi"), profile.startup.dossier.reference
    founder = open_page(f"/tai-khoan/khoi-nghiep/{reference}/", size=PHONE, email=FOUNDER)
    founder.click(".alert a:has-text('Đề xuất thay đổi')")
    founder.click("text=Đề xuất thay đổi mới")
    founder.click("text=Sửa phần này: Tên và một câu giới thiệu")
    founder.fill("[name=pitch_vi]", PITCH)
    assert_accessible(founder)
    assert_fits(founder)
    founder.click("main form .actions >> text=Lưu vào đề xuất")
    founder.click("text=Sửa phần này: Ngành nghề, công nghệ")
    founder.check("[name=stage][value=idea]")
    founder.click("main form .actions >> text=Lưu vào đề xuất")
    expect(founder.locator("#thay-doi ins").last).to_contain_text("tưởng")
    founder.fill("[name=reason]", "Khách hỏi nhiều về người sao chè.")
    assert_accessible(founder)
    assert_fits(founder)
    founder.click("[name=_send]")
    expect(founder.locator("main")).to_contain_text("Sở trả lời chậm nhất")
    assert_unbroken(founder)
    assert PITCH not in open_page(url, size=PHONE).content()

    desk = open_page("/quan-tri/de-xuat/", email=OFFICER)
    desk.click("tr:has-text('Trà cổ thụ Minh Họa') .case-ref")
    expect(desk.locator(".case-main")).to_contain_text("Khách hỏi nhiều về người sao chè.")
    mark = desk.locator("#muc-stage .case-mark")
    mark.locator("label").first.click()
    mark.locator("textarea").fill("Dự án đã bán hàng, không còn ở giai đoạn ý tưởng.")
    assert_accessible(desk)
    desk.click("text=Nhận các mục không đánh dấu")
    expect(desk.locator(".case-head")).to_contain_text("Đã nhận một phần")
    assert_unbroken(desk)

    public = open_page(url, size=PHONE)
    expect(public.locator("main")).to_contain_text(PITCH)
    expect(public.locator("main")).to_contain_text("Tăng trưởng")
    public.click("main >> text=/^Từ .* đến trước/")
    expect(public.locator("main .alert")).to_contain_text("Trang này ghi ngày")
    expect(public.locator("main")).not_to_contain_text(PITCH)
    assert_accessible(public)
    assert_fits(public)
    assert_unbroken(public)

    founder.reload()
    expect(founder.locator("main")).to_contain_text("Dự án đã bán hàng, không còn ở giai đoạn ý tưởng.")
    assert_accessible(founder)
    assert_unbroken(founder)


def test_what_shows_by_consent_goes_at_once(open_page) -> None:
    profile = selectors.in_force().get(slug="tra-co-thu-minh-hoa")
    url, reference = selectors.url_of(profile, "vi"), profile.startup.dossier.reference
    expect(open_page(url, size=PHONE).locator("main")).to_contain_text(profile.email)
    founder = open_page(
        f"/tai-khoan/khoi-nghiep/{reference}/de-xuat/", size=PHONE, email=FOUNDER, look="contrast.", javascript=False
    )
    founder.click("[name=_hide][value=show_email]")
    expect(founder.locator(".alert.is-ok")).to_contain_text("đã thôi hiện")
    expect(founder.locator("[name=_hide][value=show_email]")).to_have_count(0)
    assert_unbroken(founder)
    expect(open_page(url, size=PHONE).locator("main")).not_to_contain_text(profile.email)
