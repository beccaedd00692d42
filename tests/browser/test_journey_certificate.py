"""Journey: the department grants on an application, makes the electronic certificate, withdraws it; anybody verifies it at each step."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from registry.certificates.models import Certificate, CertificatePaper
from registry.dossiers.models import Dossier
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import assert_accessible, assert_fits, assert_unbroken

pytestmark = pytest.mark.usefixtures("fresh_province")
SIGNATORY = "Ông Giàng A Ví Dụ, Phó Chủ tịch"


def decide(page: Any, label: str, **typed: str) -> None:
    page.click(f"details.case-decide summary:text-is('{label}')")
    form = page.locator("details.case-decide[open] form")
    for name, value in {"authority": "ubnd-tinh", "signatory": SIGNATORY, **typed}.items():
        field = form.locator(f"[name={name}]")
        if name in ("authority", "ground"):
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("button[type=submit]").click()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_decision_to_the_withdrawal(open_page, size: dict[str, int]) -> None:
    dossier = Dossier.objects.get(procedure="st_certification", state="valid", appraisals__kind="experts")
    page = open_page(f"/quan-tri/ho-so/{dossier.reference}/", size=size, email="officer2@demo.test")
    decide(page, "Cấp Giấy chứng nhận", number="3001/QĐ-UBND", certificate_number="02/DNKHCN")
    expect(page.locator(".case-error")).to_contain_text("Số giấy chứng nhận này đã có trong sổ.")
    page.fill("details.case-decide[open] [name=certificate_number]", "")
    page.click("details.case-decide[open] form button[type=submit]")
    expect(page.locator(".messages")).to_contain_text("Cấp Giấy chứng nhận")
    page.broken.clear()  # the refusal was answered 400, as it should
    found = Certificate.objects.get(dossier=dossier)

    page.goto(re.sub(r"/quan-tri/.*", f"/quan-tri/giay-chung-nhan/{found.public_id}/", page.url))
    page.click("button:has-text('Làm bản điện tử')")
    page.click("button:has-text('Ký bằng khóa của cổng')")
    expect(page.locator(".case")).to_contain_text("Bản đã ký (PDF)")
    page.reload()  # without the message that moves in
    assert_accessible(page)
    assert_unbroken(page)

    visitor = open_page("/xac-minh/", size=size)
    visitor.fill("[name=so]", found.number.lower().replace("/", " / "))
    visitor.keyboard.press("Enter")
    expect(visitor.locator("main .chip").first).to_have_text("Còn hiệu lực")
    assert_accessible(visitor)
    assert_fits(visitor)
    visitor.goto(
        re.sub(
            r"/xac-minh/.*",
            f"/xac-minh/#{CertificatePaper.objects.get(version__certificate=found).payload}",
            visitor.url,
        )
    )
    visitor.wait_for_url("**/xac-minh/ngoai-tuyen.html#*")
    expect(visitor.locator("body")).to_contain_text(found.number)
    expect(visitor.locator("body")).to_contain_text("Chữ ký đúng")

    why = {"ground": "nd268:53.2.d", "note": "Ba năm liên tiếp không đủ điều kiện."}
    decide(page, "Thông báo sẽ thu hồi", number="88/TB-UBND", **why)
    expect(page.locator(".messages")).to_contain_text("Đã thông báo")
    decide(page, "Thu hồi", number="89/QĐ-UBND", **why)
    expect(page.locator(".messages")).to_contain_text("Đã thu hồi")
    page.reload()
    assert_accessible(page)
    assert_unbroken(page)

    visitor = open_page(f"/xac-minh/?so={found.number}", size=size)
    expect(visitor.locator("main .chip").first).to_have_text("Đã thu hồi")
    visitor.click("main h3 a")
    expect(visitor.locator("main")).to_contain_text("Thông báo công khai đến hết ngày")
    assert_accessible(visitor)
    assert_fits(visitor)
    assert_unbroken(visitor)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_certificate_on_paper_is_entered(open_page, size: dict[str, int]) -> None:
    page = open_page("/quan-tri/giay-chung-nhan/vao-so/", size=size, email="officer2@demo.test")
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
    reader = open_page("/doanh-nghiep-khcn/?q=vao+so+vi+du", size=size)
    reader.click("main h3 a")
    expect(reader.locator("h1")).to_have_text("Công ty Vào Sổ Ví Dụ")
    assert_unbroken(reader)
