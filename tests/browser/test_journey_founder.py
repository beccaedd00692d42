"""Journey 2: a founder signs up, brings an organisation, writes seven steps, sends, and sees what happens next."""

import re
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import expect

from portal.demo.invented import tax_code
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import assert_unbroken
from tests.core.factories import PDF

pytestmark = pytest.mark.usefixtures("fresh_province")
EMAIL, PASSWORD = "nguoi.moi@vidu.example", "len-nui-xuong-suoi-2030"


def logo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 64), "#1f3a5f").save(out, "PNG")
    return out.getvalue()


def sign_up(page) -> None:
    page.fill("[name=full_name]", "Chẻo Thị Thử")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password1]", PASSWORD)
    page.click("main form button.btn--l")
    expect(page.locator("h1")).to_contain_text("hộp thư")
    page.goto(page.url.split("/tai-khoan/")[0] + f"/dev/thu/?to={EMAIL}")
    page.click("article a[href*='/xac-nhan/']")
    page.click("main form button.btn--l")
    page.wait_for_url("**/tai-khoan/")
    expect(page.locator("h1")).to_contain_text("Chẻo Thị Thử")


def bring_an_organisation(page) -> None:
    """A tax code with a wrong check digit is told at the field, and what was typed stays."""
    right = tax_code(900).value
    page.check("[name=kind][value=enterprise]")
    page.fill("[name=name]", "Công ty TNHH Măng Chua Thử (giả định)")
    page.fill("[name=tax_code]", right[:-1] + str((int(right[-1]) + 1) % 10))
    page.click("main form .actions button")
    expect(page.locator("[name=tax_code][aria-invalid=true]")).to_have_count(1)
    assert page.input_value("[name=name]").startswith("Công ty TNHH Măng Chua")
    page.fill("[name=tax_code]", right)
    page.click("main form .actions button")


def write_the_steps(page, *, javascript: bool) -> None:
    page.fill("[name=name_vi]", "Măng chua bản Thử")
    page.fill("[name=pitch_vi]", "Măng chua ủ chum, mở ra còn giòn.")
    page.set_input_files("#id_picture", {"name": "logo.png", "mimeType": "image/png", "buffer": logo()})
    page.click("[name=_next]")

    page.select_option("[name=ward]", "03408")
    page.fill("[name=address]", "Tổ 1")
    page.fill("[name=registered_on]", "12/05/2023")
    page.fill("[name=representative]", "Chẻo Thị Thử")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=phone]", "12")
    page.click("[name=_next]")
    expect(page.locator(".alert--errors a[href='#id_phone']")).to_have_count(1)
    page.fill("[name=phone]", "0213 0000 999")
    page.click("[name=_next]")

    page.fill("[name=industries-q]", "rau qua")
    page.click("[name=_find]")
    page.locator(".chooser__found [name=industries]").first.check()
    page.check("[name=fields_of_technology][value=biotech]")
    page.check("[name=sector][value=agriculture]")
    page.check("[name=stage][value=trial]")
    page.click("[name=_next]")

    page.fill("[name=problem_vi]", "Măng rộ ba tuần, phần lớn bị bỏ.")
    if javascript:
        keeps_what_was_typed(page)
    page.fill("[name=solution_vi]", "Ủ chum kín, đo độ chua, mở bán dần.")
    page.fill("[name=products-0-name]", "Măng chua hũ 1 kg")
    page.click("[name=_next]")

    page.fill("[name=team-0-name]", "Chẻo Thị Thử")
    page.click("[name=_next]")

    page.set_input_files("#tep-moi", {"name": "giay-dang-ky.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(page.locator("[name=_upload]")).to_be_visible(visible=not javascript)
    if not javascript:
        page.click("[name=_upload]")
    page.wait_for_selector(".files__name >> text=giay-dang-ky.pdf")
    page.click("[name=_next]")


def keeps_what_was_typed(page) -> None:
    """The line says when it was saved; the text is there after the page is loaded anew."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.type("[name=problem_vi]", " Nhiều nhà đổ xuống suối.")
    page.reload()
    assert "đổ xuống suối" in page.input_value("[name=problem_vi]")


@pytest.mark.parametrize(
    ("size", "javascript"), [(PHONE, True), (DESK, True), (PHONE, False)], ids=["phone", "desk", "no script"]
)
def test_a_founder_registers_a_startup(open_page, size: dict[str, int], javascript: bool) -> None:
    page = open_page("/tai-khoan/dang-ky/", size=size, javascript=javascript)
    sign_up(page)
    page.click("a[href='/tai-khoan/khoi-nghiep/moi/'] >> nth=0")
    page.click("main .actions a.btn--accent")
    bring_an_organisation(page)
    page.wait_for_url("**/khoi-nghiep/moi/?party=*")
    page.click("main form .actions button")
    page.wait_for_url("**/ten/")
    write_the_steps(page, javascript=javascript)

    page.wait_for_url(re.compile(r"/kiem-tra/(#.*)?$"))
    page.click("[name=_send]")
    expect(page.locator(".alert--errors")).to_be_visible()
    page.check("[name=show_email]")
    page.check("[name=truthful]")
    page.click("[name=_send]")

    page.wait_for_url(re.compile(r"/khoi-nghiep/KN-\d{4}-\d{5}/(#.*)?$"))
    reference = re.findall(r"KN-[\d-]+", page.url)[0]
    told = page.inner_text("main")
    assert "Sở trả lời chậm nhất" in told
    assert "cam kết phục vụ" in told
    papers = page.context.request.get(page.locator("a[href$='.pdf']").first.evaluate("a => a.href"))
    assert papers.headers["content-type"] == "application/pdf"
    page.goto(page.url.split("/tai-khoan/")[0] + f"/dev/thu/?to={EMAIL}")
    assert reference in page.inner_text("main")
    assert_unbroken(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_session_that_ends_while_one_types(open_page, javascript: bool) -> None:
    page = open_page(
        "/tai-khoan/khoi-nghiep/KN-2026-00001/du-an/", size=PHONE, email="founder@demo.test", javascript=javascript
    )
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.fill("[name=problem_vi]", "Gõ đúng lúc phiên hết.")
    page.click("[name=_next]")
    expect(page.locator("main, [role=status]").first).to_contain_text("được giữ lại")
    page.fill("[name=login]", "founder@demo.test")
    page.fill("[name=password]", settings.DEMO_PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page.locator("[name=problem_vi]")).to_have_value("Gõ đúng lúc phiên hết.")
    page.click("[name=_pause]")
    page.wait_for_url("**/KN-2026-00001/")
    assert_unbroken(page)


def test_signing_out_leaves_nothing_in_the_tab(open_page) -> None:
    page = open_page("/tai-khoan/dang-xuat/", email="founder@demo.test")
    page.evaluate("sessionStorage['/tai-khoan/khoi-nghiep/KN-2026-00001/tru-so/'] = '[]'")
    page.click("main form button")
    page.wait_for_url(re.compile(r"/$"))
    assert page.evaluate("sessionStorage.length") == 0
