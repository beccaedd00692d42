"""Journey: a certificate that was issued on paper is entered, and anybody finds it. What the portal grants itself: test_whole_life."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import assert_accessible, assert_unbroken

pytestmark = pytest.mark.usefixtures("fresh_province")


def test_a_certificate_on_paper_is_entered(open_page) -> None:
    page = open_page("/quan-tri/giay-chung-nhan/vao-so/", size=DESK, email="officer2@demo.test")
    page.click("button:text-is('Vào sổ')")
    expect(page.locator("#case-told")).to_contain_text("Chưa vào sổ được.")
    assert_accessible(page)
    for name, value in {
        "tax_code": "0100047516", "name_vi": "Công ty Vào Sổ Ví Dụ", "address": "Bản Ví Dụ 6", "certificate_number": "46/ĐK-DNKHCN",
        "signed_on": "02/01/2019", "lines-0-result": "Giống lê", "lines-0-product": "Cây giống lê",
    }.items():  # fmt: skip
        page.fill(f"[name={name}]", value)
    for name, value in {
        "ward": "03478",
        "sector": "agriculture",
        "regime": "nd13",
        "lines-0-result_kind": "variety",
    }.items():
        page.select_option(f"[name={name}]", value)
    page.check("[name=fields_of_technology][value=biotech]")
    page.click("button:text-is('Vào sổ')")
    expect(page.locator(".messages")).to_contain_text("46/ĐK-DNKHCN")
    reader = open_page("/doanh-nghiep-khcn/?q=vao+so+vi+du", size=PHONE)
    reader.click("main h3 a")
    expect(reader.locator("h1")).to_have_text("Công ty Vào Sổ Ví Dụ")
    assert_unbroken(reader)
