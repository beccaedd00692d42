"""Anybody: asks the page for verification, and reads the QR on the paper with a telephone."""

from datetime import date
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.looking import looked_at


def ask(page: Page, number: str, day: date | None = None, *, known: bool = False) -> None:
    """By the form, on the page that is open: how a certificate stands today, or stood on a day.

    The answer is looked at, unless the journey has seen one of its kind (`known`).
    """
    page.fill("main [name=so]", number)
    page.fill("main [name=ngay]", f"{day:%d/%m/%Y}" if day else "")
    with page.expect_navigation():
        page.click("main form .btn--accent")
    if not known:
        looked_at(page)


def answered(page: Page, chip: str, *words: str) -> None:
    expect(page.locator("main .chip").first).to_have_text(chip)
    for said in words:
        says(page, said)


def says(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)


def scan(page: Page, link: str, portal: str, number: str, *, known: bool = False) -> None:
    """Where the QR leads: the signature is judged on the telephone, and from there today's status is one press away.

    The paper names the portal's own address; the test's server has another.
    """
    said = urlsplit(link)
    assert said.path == "/xac-minh/"
    page.goto(f"{portal}{said.path}#{said.fragment}")
    page.wait_for_url("**/xac-minh/ngoai-tuyen.html#*")
    expect(page.locator("body")).to_contain_text(number)
    expect(page.locator("body")).to_contain_text("Chữ ký đúng")
    if not known:
        looked_at(page)


def ask_from_the_scan(page: Page, portal: str) -> None:
    """How it stands today is asked of the portal, from the page that judged the signature."""
    link = urlsplit(page.locator("a:has-text('xem tình trạng hôm nay')").evaluate("a => a.href"))
    page.goto(f"{portal}{link.path}?{link.query}")
    looked_at(page)


def read_the_decision(page: Page) -> None:
    """The page of the enterprise in the register: the withdrawal and until when it is published (Art. 53(5))."""
    page.click("main h3 a")
    says(page, "Giấy này đã bị thu hồi")
    says(page, "Thông báo công khai đến hết ngày")
    looked_at(page)
