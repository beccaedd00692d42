"""Journey 5: an editor writes an article at the desk, publishes it, and anybody finds it."""

import re

import pytest
from django.test.utils import override_settings
from playwright.sync_api import expect

from cms.news.models import NewsIndexPage
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import assert_accessible, assert_unbroken

pytestmark = pytest.mark.usefixtures("fresh_province")
TITLE = "Sàn chè buổi sáng mở phiên đầu tiên"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@override_settings(WAGTAIL_AUTOSAVE_INTERVAL=0)  # its saves would come between the typist and the button, now and then
def test_an_editor_writes_and_anybody_finds(open_page, size: dict[str, int]) -> None:
    index = NewsIndexPage.objects.get(locale__language_code="vi")
    page = open_page(f"/quan-tri/pages/add/cms_news/articlepage/{index.pk}/", size=size, email="editor@demo.test")
    page.fill("[name=title]", TITLE)
    page.fill("[name=lead]", "Mười hai xưởng chào giá trước bảy giờ sáng.")
    page.click(".c-sf-add-button")
    page.click("[role=option] >> text=Đoạn văn")
    page.click(".public-DraftEditor-content")
    page.keyboard.type("Búp chè được cân ngay đầu nương, xe gom đến đúng giờ hẹn.")
    expect(page.locator("[name='body-0-value']")).to_have_value(re.compile("giờ hẹn"))
    page.click("footer .w-dropdown__toggle")
    page.click("button[name=action-publish]")
    page.wait_for_url(re.compile(r"/quan-tri/pages/\d+/$"))
    assert_unbroken(page)

    reader = open_page("/tim-kiem/?q=san+che+buoi+sang", size=size)
    reader.click(f"main a >> text={TITLE}")
    reader.wait_for_url("**/tin-tuc/**")
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.locator("main")).to_contain_text("xe gom đến đúng giờ")
    assert_accessible(reader)
    assert_unbroken(reader)
