"""The department, at a desk: it asks for a supplement, finds the dossier valid, grants, changes, signs, withdraws."""

import re
from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import looked_at

SIGNATORY = "Ông Giàng A Ví Dụ, Phó Chủ tịch"


def open_dossier(page: Page, reference: str, *, known: bool = False) -> None:
    """From the menu through the queue; both are looked at unless the journey knows them (`known`)."""
    menu(page, "Hồ sơ")
    page.click("a:has-text('Tất cả')")
    if not known:
        looked_at(page)
    page.click(f".case-ref:has-text('{reference}')")
    expect(page.locator(".case-head")).to_contain_text(reference)
    if not known:
        looked_at(page)


def menu(page: Page, label: str) -> None:
    page.click(f"nav a:has-text('{label}') >> nth=0")


def decide(page: Page, label: str, **typed: str) -> None:
    """Unfold a decision, state it, take it. What needs no number is given none."""
    form = unfolded(page, label)
    for name, value in typed.items():
        field = form.locator(f"[name={name}]")
        if name in ("authority", "ground"):
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("button[type=submit]").click()


def unfolded(page: Page, label: str) -> Locator:
    page.click(f"details.case-decide summary:text-is('{label}')")
    return page.locator("details.case-decide[open] form")


def done(page: Page, words: str) -> None:
    """The page says what was done, and is whole without the message that moves in."""
    said(page, words)
    page.reload()
    looked_at(page)


def said(page: Page, words: str) -> None:
    expect(page.locator(".messages")).to_contain_text(words)


def ask_for_a_supplement(page: Page, reference: str, field: str, asked: str) -> None:
    open_dossier(page, reference)
    page.click("text=Nhận hồ sơ này")
    mark = page.locator(".case-mark", has=page.locator(f"input[value='field:{field}']"))
    mark.locator("label").first.click()
    mark.locator("textarea").fill(asked)
    page.click("text=Gửi yêu cầu bổ sung")
    expect(page.locator(".case-head")).to_contain_text("Chờ bổ sung")


def find_valid(page: Page) -> None:
    page.reload()
    decide(page, "Hồ sơ hợp lệ")
    expect(page.locator(".case-head")).to_contain_text("Hợp lệ, đang xem xét")


def appraise(page: Page) -> None:
    """The department appraises by itself (Art. 51(3)); the page of a valid dossier says so."""
    form = unfolded(page, "Ghi cách thẩm định")
    form.locator("[name=appraisal][value=own]").check()
    form.locator("button[type=submit]").click()
    done(page, "thẩm định")


def grant(page: Page, on: date, taken: str) -> None:
    """A number that is in the register already is refused and nothing typed is lost; then the next of the series."""
    stated = {"number": "3001/QĐ-UBND", "signatory": SIGNATORY, "authority": "ubnd-tinh"}
    decide(page, "Cấp Giấy chứng nhận", **stated, signed_on=f"{on:%d/%m/%Y}", certificate_number=taken)
    expect(page.locator(".case-error")).to_contain_text("Số giấy chứng nhận này đã có trong sổ.")
    page.broken[:] = [line for line in page.broken if "400" not in line]  # type: ignore[attr-defined]
    page.fill("details.case-decide[open] [name=certificate_number]", "")
    page.click("details.case-decide[open] form button[type=submit]")
    done(page, "Cấp Giấy chứng nhận")


def change(page: Page, on: date) -> None:
    stated = {"number": "3002/QĐ-UBND", "signatory": SIGNATORY, "authority": "ubnd-tinh"}
    decide(page, "Cấp thay đổi nội dung", **stated, signed_on=f"{on:%d/%m/%Y}")
    done(page, "Cấp thay đổi nội dung")


def open_certificate(page: Page, number: str) -> None:
    """From the dossier to the certificate it is about."""
    page.click(f".case a:has-text('{number}')")
    expect(page.locator(".case-kicker")).to_contain_text("Giấy chứng nhận doanh nghiệp")
    looked_at(page)


def sign(page: Page) -> None:
    page.click("button:has-text('Làm bản điện tử')")
    page.click("button:has-text('Ký bằng khóa của cổng')")
    expect(page.locator(".case")).to_contain_text("Bản đã ký (PDF)")
    page.reload()
    looked_at(page)


def notify_the_ministry(page: Page, on: date) -> None:
    """A duty that the grant brought, done with its evidence from the certificate's page."""
    page.click(".case-side a:has-text('Thông báo cho Bộ Khoa học và Công nghệ')")
    looked_at(page)
    page.fill("[name=done_on]", f"{on:%d/%m/%Y}")
    page.fill("[name=document]", "412/SKHCN-QLCN")
    page.click("button:text('Ghi đã làm')")
    expect(page.locator(".case-chips")).to_contain_text("Đã làm")
    page.reload()
    looked_at(page)


def read_the_report(page: Page, year: int, number: str) -> None:
    """The yearly reports on the desk, and that of this certificate with its receipt."""
    menu(page, "Nghĩa vụ")
    looked_at(page)
    page.click("main a:has-text('Báo cáo năm V.6')")
    page.wait_for_url(re.compile("/bao-cao/"))
    expect(page.locator("main")).to_contain_text("BN-VD-009")
    looked_at(page)
    page.click(f"table a:text('{number}')")
    expect(page.locator("main")).to_contain_text("Số liệu doanh nghiệp đã lưu")
    looked_at(page)


WHY = {"ground": "nd268:53.2.c", "note": "Hợp đồng chuyển quyền sử dụng kết quả đã chấm dứt.", "signatory": SIGNATORY}


def announce(page: Page, on: date) -> None:
    """The enterprise is told before anything is withdrawn (Art. 53(2))."""
    page.reload()
    decide(page, "Thông báo sẽ thu hồi", number="88/TB-UBND", signed_on=f"{on:%d/%m/%Y}", **WHY)
    said(page, "Đã thông báo")


def withdraw(page: Page, on: date) -> None:
    page.reload()
    decide(page, "Thu hồi", number="89/QĐ-UBND", signed_on=f"{on:%d/%m/%Y}", **WHY)
    done(page, "Đã thu hồi")
