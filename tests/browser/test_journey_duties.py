"""Journey: an enterprise keeps its figures and the receipt of its yearly report; an officer does a duty and sees the report."""

from typing import Any

import pytest
from playwright.sync_api import expect

from registry.certificates.models import Certificate
from tests.browser.conftest import PHONE
from tests.browser.looking import assert_accessible, assert_fits, assert_unbroken
from tests.duties.factories import pdf

pytestmark = pytest.mark.usefixtures("fresh_province")


def looked_at(page: Any) -> None:
    assert_accessible(page)
    assert_fits(page)
    assert_unbroken(page)


def test_from_figures_to_the_receipt_and_the_desk(open_page: Any) -> None:
    found = Certificate.objects.get(versions__name_vi="Công ty TNHH Chè Hai Lửa Ví Dụ (giả định)")
    page = open_page("/tai-khoan/bao-cao-nam/", size=PHONE, email="founder2@demo.test")
    looked_at(page)
    page.click("main table a:text('2026')")
    page.fill("[name=profit]", "-12.000.000")
    page.click("text=Lưu số liệu")
    expect(page.locator("[name=profit]")).to_have_value("-12.000.000")
    page.reload()
    looked_at(page)
    page.click("main .page-head a:text('Ghi biên nhận')")
    looked_at(page)
    page.fill("[name=number]", "BN-VD-2026-001")
    page.fill("[name=received_on]", "20/11/2026")
    upload = pdf()
    page.set_input_files(
        "[name=file]", {"name": "bien-nhan.pdf", "mimeType": "application/pdf", "buffer": upload.read()}
    )
    page.click("main .actions button")
    expect(page.locator("main .chip").first).to_have_text("Đã báo cáo")

    staff = open_page("/quan-tri/nghia-vu/", size=PHONE, email="officer@demo.test")
    assert_accessible(staff)
    staff.click("table a:text('Thông báo cho Bộ Khoa học và Công nghệ') >> nth=0")
    staff.fill("[name=done_on]", "26/11/2026")
    staff.fill("[name=document]", "412/SKHCN-QLCN")
    staff.click("button:text('Ghi đã làm')")
    expect(staff.locator(".case-chips")).to_contain_text("Đã làm")
    staff.reload()
    assert_accessible(staff)
    staff.goto(staff.url.split("/nghia-vu/")[0] + "/nghia-vu/bao-cao/?nam=2026")
    expect(staff.locator("main")).to_contain_text("BN-VD-2026-001")
    assert_accessible(staff)
    staff.click(f"table a:text('{found.number}')")
    expect(staff.locator("main")).to_contain_text("Số liệu doanh nghiệp đã lưu")
    assert_accessible(staff)
