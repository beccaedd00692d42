"""The enterprise, on a phone: it checks itself, applies, supplements, reports its year, asks for a change."""

import re
from datetime import date, datetime

from playwright.sync_api import Page, expect

from tests.browser.life import figures
from tests.browser.looking import looked_at
from tests.core.factories import PDF

NEXT = "[name=_next]"


def fill(page: Page, given: dict[str, str], prefix: str = "") -> None:
    for name, value in given.items():
        page.fill(f"[name='{prefix}{name}']", value)


def step(page: Page, code: str, *, known: bool = False) -> None:
    """A step of a dossier is there; it is looked at, unless the journey knows its questions from before."""
    page.wait_for_url(re.compile(rf"/{code}/(#.*)?$"))
    if not known:
        looked_at(page)


def check_itself(page: Page, today: date) -> None:
    """From the foot of the front page, a question at a time, up to the result."""
    page.click("footer a:has-text('Tự đánh giá doanh nghiệp')")
    looked_at(page)
    page.fill("[name=founded_on]", figures.REGISTERED)
    answered(page)
    page.check(f"[name=sector][value={figures.SECTOR}]")
    fill(page, {"insured_workers": figures.WORKERS, "capital": figures.CAPITAL})
    answered(page)
    for year in range(today.year - 1, today.year - 4, -1):
        fill(page, figures.MONEY, f"y{year}-")
        answered(page, known=year > today.year - 3)
    page.check(f"[name=results][value={figures.RESULT_CHOICES['kind']}]")
    answered(page)
    fill(page, {"products": "1", "commercialised": "1"})
    answered(page)
    fill(page, {"sti_people": "2", "sti_people_vietnamese": "2", "hired_experts": "0"})
    answered(page)
    expect(page.locator(".verdict").first).to_contain_text("Đạt")


def answered(page: Page, *, known: bool = False) -> None:
    """On to the next question; `known` where it asks the same of another year."""
    with page.expect_navigation():
        page.click("main [name=go][value=next]")
    if not known:
        looked_at(page)


def keep_as_goal(page: Page) -> None:
    page.click("main button:has-text('Giữ làm mục tiêu')")
    looked_at(page)
    page.click("main label:has-text('Thảo Dược Lá Rừng')")
    page.click("main button:has-text('Giữ làm mục tiêu')")
    expect(page.locator("h1")).to_contain_text("Thảo Dược Lá Rừng")
    looked_at(page)


def apply(page: Page, received: datetime, filed_number: str) -> str:
    """From the goal through the ten steps; the reference of the dossier that was filed."""
    page.click("main a:has-text('Soạn hồ sơ đề nghị cấp')")
    page.wait_for_url("**/moi/?party=*")
    looked_at(page)
    page.click("main form .actions button")
    step(page, "doanh-nghiep")
    fill(page, figures.ENTERPRISE)
    page.click(NEXT)
    step(page, "dai-dien")
    fill(page, figures.REPRESENTATIVE)
    page.click(NEXT)
    step(page, "linh-vuc")
    page.check(f"[name=sector][value={figures.SECTOR}]")
    page.check("[name=fields_of_technology][value=biotech]")
    page.fill("[name=structure]", "Giám đốc, xưởng, tổ thử nghiệm hai người.")
    page.click(NEXT)
    step(page, "ket-qua")
    fill(page, figures.RESULT, "results-0-")
    for name, value in figures.RESULT_CHOICES.items():
        page.select_option(f"[name=results-0-{name}]", value)
    fill(page, {"name": figures.PRODUCT, "result": "1"}, "products-0-")
    page.check("[name=products-0-commercialised]")
    fill(page, {"technical_features": "Cô ở 45 độ.", "technology_process": "Hái, rửa, cô."})
    page.click(NEXT)
    step(page, "so-lieu")
    for row in range(3):
        year = {"year": str(received.year - 1 - row), "insured_workers": figures.WORKERS, "capital": figures.CAPITAL}
        if row:
            page.click("[name=_more]")
        fill(page, {**year, **figures.MONEY}, f"years-{row}-")
    page.click(NEXT)
    step(page, "con-nguoi")
    people = {"workers": "14", "sti_people": "2", "sti_people_vietnamese": "2", "hired_experts": "0"}
    fill(page, {**people, "rd_unit_graduates": "0", "rd_unit_vietnamese": "0"})
    page.click(NEXT)
    step(page, "hieu-qua")
    page.fill("[name=development_plan]", "Thêm một nồi cô, thử với lá của ba bản.")
    page.click(NEXT)
    step(page, "tep")
    put_in(page, "ip_title", "bang.pdf")
    page.click(NEXT)
    step(page, "nop")
    receipt(page, received, filed_number)
    send(page)
    return re.findall(r"[A-Z]+-\d{4}-\d{5}", page.url)[0]


def put_in(page: Page, purpose: str, name: str) -> None:
    page.select_option("[name=purpose]", purpose)
    page.set_input_files("#tep-moi", {"name": name, "mimeType": "application/pdf", "buffer": PDF})
    page.wait_for_selector(f".files__name >> text={name}")


def receipt(page: Page, received: datetime, filed_number: str = "") -> None:
    """What the public-service system gave back: its number and time of receipt."""
    if filed_number:
        page.fill("[name=filed_number]", filed_number)
    page.fill("[name=filed_at]", f"{received:%d/%m/%Y %H:%M}")
    page.click(NEXT)


def send(page: Page, *, known: bool = False) -> None:
    """What was answered is read once more, confirmed, and sent."""
    step(page, "kiem-tra", known=known)
    if page.locator("[name=truthful]").count():
        page.check("[name=truthful]")
    page.click("[name=_send]")
    page.wait_for_url(re.compile(r"/[A-Z]+-\d{4}-\d{5}/(#.*)?$"))
    if not known:
        looked_at(page)


def supplement(page: Page, received: datetime, asked: str) -> None:
    """What the department asked for, and the new time of receipt."""
    page.reload()
    expect(page.locator("main")).to_contain_text(asked)
    looked_at(page)
    page.click("text=Bổ sung ngay")
    step(page, "ket-qua")
    page.fill("[name=technology_process]", "Hái, rửa, cô ở 45 độ trong ba giờ, lọc, đóng lọ.")
    page.click(NEXT)
    step(page, "nop", known=True)
    receipt(page, received)
    send(page, known=True)


def signed_paper(page: Page) -> bytes:
    """The electronic certificate, from the account."""
    page.click("main a:has-text('Bản điện tử đã ký')", trial=True)
    answer = page.context.request.get(
        page.locator("main a:has-text('Bản điện tử đã ký')").first.evaluate("a => a.href")
    )
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def report_the_year(page: Page, year: int, received: date) -> None:
    """The figures of V.6 first, the receipt of the Ministry's platform after them: it alone makes the year reported."""
    page.click("main a:has-text('Mọi năm báo cáo')")
    looked_at(page)
    page.click(f"main table a:text('{year}')")
    looked_at(page)
    fill(page, {"total_revenue": "10.500.000.000", "profit": "-12.000.000"})
    page.click("text=Lưu số liệu")
    expect(page.locator("[name=profit]")).to_have_value("-12.000.000")
    expect(page.locator("main .chip").first).to_have_text("Chưa báo cáo")
    page.click("main .page-head a:text('Ghi biên nhận')")
    looked_at(page)
    fill(page, {"number": "BN-VD-009", "received_on": f"{received:%d/%m/%Y}"})
    page.set_input_files("[name=file]", {"name": "bien-nhan.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.click("main .actions button")
    expect(page.locator("main .chip").first).to_have_text("Đã báo cáo")
    looked_at(page)


def ask_for_change(page: Page, received: datetime, filed_number: str) -> str:
    """Another name, and a product from the result that is on the certificate; the reference of the dossier."""
    page.click(".crumbs a:has-text('Tài khoản')")
    page.click("main a:has-text('Thay đổi, cấp lại giấy này')")
    looked_at(page)
    page.click("main form button[type=submit], main form .btn >> nth=0")
    step(page, "de-nghi")
    page.check("[name=cases][value=registration]")
    page.check("[name=cases][value=list]")
    page.fill("[name=change_reason]", "Đăng ký thay đổi lần thứ 2; có thêm một sản phẩm.")
    page.click(NEXT)
    step(page, "doanh-nghiep", known=True)
    page.fill("[name=name_vi]", figures.NEW_NAME)
    page.click(NEXT)
    step(page, "dai-dien", known=True)
    fill(page, figures.REPRESENTATIVE)
    page.click(NEXT)
    step(page, "danh-muc")
    page.click(NEXT)
    step(page, "bo-sung")
    fill(page, {"name": figures.NEW_PRODUCT, "line": "1"}, "products-0-")
    page.click(NEXT)
    step(page, "tep", known=True)
    put_in(page, "business_plan", "phuong-an.pdf")
    page.click(NEXT)
    step(page, "nop", known=True)
    receipt(page, received, filed_number)
    send(page)
    return re.findall(r"[A-Z]+-\d{4}-\d{5}", page.url)[0]


def told(page: Page, words: str) -> None:
    """What the account says, found from its front page."""
    page.click("main a:has-text('Về tài khoản')")
    expect(page.locator("main")).to_contain_text(words)
    looked_at(page)
