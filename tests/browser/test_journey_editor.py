"""Journey 5: an editor writes an article at the desk, publishes it, and anybody finds it."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from cms.news.models import ArticlePage, NewsIndexPage
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import assert_accessible, assert_unbroken

pytestmark = pytest.mark.usefixtures("fresh_province")
TITLE = "Sàn chè buổi sáng mở phiên đầu tiên"
SLOW_LINE = """const send = window.fetch;
window.fetch = async (address, options) => {
    const answer = await send(address, options);
    if (options?.body instanceof FormData) await new Promise(resolve => setTimeout(resolve, 1500));
    return answer;
};"""
NOTES_WATCH = """document.addEventListener('w-unsaved:watch-edits', event => { event.target.dataset.watched = 'yes'; });
document.addEventListener('w-autosave:success', event => { event.target.dataset.saved = 'yes'; });"""


def write(page: Any) -> None:
    """As a person does: Wagtail has begun to watch for changes by the time one types, and saves by itself in between."""
    page.add_init_script(NOTES_WATCH)
    index = NewsIndexPage.objects.get(locale__language_code="vi")
    page.goto(re.sub(r"/quan-tri/.*", f"/quan-tri/pages/add/cms_news/articlepage/{index.pk}/", page.url))
    expect(page.locator("form[data-edit-form]")).to_have_attribute("data-watched", "yes")
    page.fill("[name=title]", TITLE)
    page.fill("[name=lead]", "Mười hai xưởng chào giá trước bảy giờ sáng.")
    page.click(".c-sf-add-button")
    page.click("[role=option] >> text=Đoạn văn")
    page.click(".public-DraftEditor-content")
    page.keyboard.type("Búp chè được cân ngay đầu nương, xe gom đến đúng giờ hẹn.")
    expect(page.locator("[name='body-0-value']")).to_have_value(re.compile("giờ hẹn"))


def publish(page: Any) -> None:
    page.click("footer .w-dropdown__toggle")
    page.click("button[name=action-publish]")
    page.wait_for_url(re.compile(r"/quan-tri/pages/\d+/$"))
    assert_unbroken(page)


def is_own_save(request: Any) -> bool:
    return request.method == "POST" and request.headers.get("accept") == "application/json"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_an_editor_writes_and_anybody_finds(open_page, size: dict[str, int]) -> None:
    page = open_page("/quan-tri/", size=size, email="editor@demo.test")
    write(page)
    publish(page)

    reader = open_page("/tim-kiem/?q=san+che+buoi+sang", size=size)
    reader.click(f"main a >> text={TITLE}")
    reader.wait_for_url("**/tin-tuc/**")
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.locator("main")).to_contain_text("xe gom đến đúng giờ")
    assert_accessible(reader)
    assert_unbroken(reader)


@pytest.mark.parametrize("saved", [False, True], ids=["first save", "later save"])
def test_publishing_while_the_page_saves_itself(open_page, saved: bool) -> None:
    """Pressed while a save is on its way, the first (which makes the page) or a later one: one article, and it is public."""
    page = open_page("/quan-tri/", email="editor@demo.test")
    page.add_init_script(SLOW_LINE)
    write(page)
    if saved:
        page.wait_for_url(re.compile(r"/quan-tri/pages/\d+/edit/"))
        expect(page.locator("[data-saved]")).to_have_count(1)  # the address comes before Wagtail watches again
    with page.expect_request(is_own_save):
        page.fill("[name=lead]", "Mười ba xưởng chào giá trước bảy giờ sáng.")
    publish(page)
    article = ArticlePage.objects.get(title=TITLE)
    assert article.live
    assert not article.has_unpublished_changes
    assert article.lead.startswith("Mười ba")
