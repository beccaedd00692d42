"""Journey 4: anybody finds a startup, with or without marks, narrows, downloads, reads, reports an error."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import assert_unbroken

WAYS = pytest.mark.parametrize(
    ("size", "javascript"), [(PHONE, True), (DESK, True), (PHONE, False)], ids=["phone", "desk", "no script"]
)


@pytest.mark.usefixtures("province")
@WAYS
def test_finding_in_the_directory(open_page, size: dict[str, int], javascript: bool) -> None:
    page = open_page("/khoi-nghiep/", size=size, javascript=javascript)
    expect(page.locator(".toolbar")).to_contain_text("60")
    narrow(page, size, "[name=q]", fill="tra co thu")
    expect(page.locator(".record").first).to_contain_text("Trà cổ thụ Minh Họa")
    page.goto(page.url.split("?")[0])
    narrow(page, size, "[name=sector][value=services]")
    page.wait_for_url("**sector=services*")
    counted = int(page.inner_text(".toolbar b"))
    assert 0 < counted < 60
    page.click(".toolbar details.menu summary")
    with page.expect_download() as download:
        page.click("a[download][href*='format=csv']")
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == counted + 1
    page.click(".tags .tag >> nth=0")
    expect(page.locator(".toolbar")).to_contain_text("60")
    assert_unbroken(page)


def narrow(page, size: dict[str, int], choice: str, *, fill: str = "") -> None:
    if size is PHONE:
        page.click("button.only-small[popovertarget=bo-loc]")
    box = page.locator(f"#bo-loc {choice}")
    box.fill(fill) if fill else box.check()
    page.click("#bo-loc .facets__go button")


@pytest.mark.usefixtures("fresh_province")
@WAYS
def test_from_the_front_page_to_a_record_and_a_report(open_page, size: dict[str, int], javascript: bool) -> None:
    page = open_page("/", size=size, javascript=javascript)
    page.fill("main [name=q]", "san pham tra co thu")
    page.press("main [name=q]", "Enter")
    page.wait_for_url("**/tim-kiem/**")
    page.fill("main [name=q]", "tra co thu")
    page.press("main [name=q]", "Enter")
    page.click("main a >> text=Trà cổ thụ Minh Họa")
    expect(page.locator("h1")).to_have_text("Trà cổ thụ Minh Họa")
    about = json.loads(page.locator("script[type='application/ld+json']").first.text_content() or "")
    assert about["@type"] == "Organization"
    assert about["identifier"]
    assert about["foundingDate"] == "2023-05-12"
    page.click(".masthead a[hreflang=en]")
    expect(page.locator("h1")).to_have_text("Minh Hoa Ancient Tea")
    expect(page.locator(".crumbs")).to_contain_text("Minh Hoa Ancient Tea")
    assert "/en/startups/tra-co-thu-minh-hoa-" in page.url
    page.go_back()
    page.click("a[href$='/bao-loi/']")
    page.fill("textarea[name=text]", "Số gốc chè đã khác.")
    page.click("main form button.btn--l")
    expect(page.locator(".alert.is-ok")).to_be_visible()
    assert_unbroken(page)


@pytest.mark.usefixtures("province")
def test_what_has_no_english_says_so(open_page) -> None:
    page = open_page("/en/startups/?q=lon+den")
    page.click(".record a")
    page.wait_for_url("**/en/startups/*-*/")
    expect(page.locator("main [lang=vi]").first).to_be_attached()
    assert page.locator("html").get_attribute("lang") == "en"
