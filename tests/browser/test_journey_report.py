"""Journey: a visitor reports an error without a script, an officer answers, and the visitor reads the answer."""

import pytest
from playwright.sync_api import expect

from notifications.models import Message
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import assert_accessible, assert_fits, assert_unbroken
from tests.browser.places import article, startup


@pytest.mark.usefixtures("fresh_province")
def test_from_a_wrong_number_to_its_answer(open_page) -> None:
    visitor = open_page(startup()[1], size=PHONE, javascript=False)
    visitor.click("a[href$='/report-an-error/']")
    visitor.click("main form button.btn--l")
    expect(visitor.locator("main .alert--errors")).to_be_visible()
    visitor.fill("textarea[name=text]", "The telephone number is another one.")
    visitor.fill("main [name=email]", "reader@example.vn")
    visitor.click("main form button.btn--l")
    expect(visitor.locator(".alert.is-ok")).to_be_visible()

    desk = open_page("/quan-tri/bao-loi/", size=DESK, email="officer2@demo.test")
    row = desk.locator("tbody tr", has_text="The telephone number is another one.")
    row.locator("a").click()
    expect(desk.locator(".case-row")).to_contain_text("reader@example.vn")
    assert_accessible(desk)
    desk.select_option("[name=outcome]", "mended")
    desk.fill("[name=answer]", "Số mới đã lên trang.")
    desk.click("text=Gửi câu trả lời")
    expect(desk.locator(".messages")).to_contain_text("Đã trả lời báo lỗi")
    desk.goto(desk.url + "?nhom=xong")
    expect(desk.locator("tbody tr").first).to_contain_text("Số mới đã lên trang.")
    assert_unbroken(desk)

    letter = Message.objects.get(code="report_answered", email="reader@example.vn")
    assert letter.language == "en"
    assert "Số mới đã lên trang." in letter.body_text


@pytest.mark.usefixtures("province")
@pytest.mark.parametrize("language", [0, 1], ids=["vi", "en"])
def test_the_form_is_open_to_all(open_page, language: int) -> None:
    """Reached from an article; a picture in high contrast, too."""
    page = open_page(article()[language], size=PHONE, look="contrast.")
    page.click(("a[href$='/bao-loi/']", "a[href$='/report-an-error/']")[language])
    expect(page.locator("textarea[name=text]")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    assert_unbroken(page)
