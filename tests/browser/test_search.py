"""Finding in a browser: suggestions by keyboard and through an input method, facets on phone and desk, ways out of nothing."""

import re

import pytest
from playwright.sync_api import expect

from search.models import SearchEntry
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import assert_accessible, assert_fits, assert_unbroken

pytestmark = pytest.mark.usefixtures("province")
BOX = "main [name=q]"
COMPOSE = """(box, steps) => {
    const tell = (type, Kind, facts) => box.dispatchEvent(new Kind(type, {bubbles: true, cancelable: true, ...facts}));
    tell('compositionstart', CompositionEvent, {data: ''});
    let kept = true;
    for (const text of steps) {
        kept = tell('keydown', KeyboardEvent, {key: 'ArrowDown', isComposing: true}) && kept;
        box.value = text;
        tell('input', InputEvent, {data: text, isComposing: true, inputType: 'insertCompositionText'});
    }
    return kept;
}"""
COMPOSED = "box => box.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true, data: box.value}))"


def asked(page) -> list[str]:
    """The questions for suggestions from now on."""
    questions: list[str] = []
    page.on("request", lambda request: questions.append(request.url) if "/api/v1/suggest" in request.url else None)
    return questions


def active(page) -> str:
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.innerText.trim() ?? ''"
    )


@pytest.mark.parametrize("path", ["/", "/tim-kiem/", "/khong-co/"])
def test_every_search_box_suggests(open_page, path: str) -> None:
    page = open_page(path)
    page.locator(BOX).press_sequentially("tra", delay=20)
    expect(page.get_by_role("listbox", name="Gợi ý")).to_be_visible()
    expect(page.get_by_role("option", name="Trà cổ thụ Minh Họa")).to_be_visible()


def test_suggestions_by_keyboard(open_page) -> None:
    page = open_page("/tim-kiem/")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("tra", delay=20)
    expect(box).to_have_attribute("aria-expanded", "true")
    options = page.get_by_role("option")
    number = options.count() - 1
    assert 1 <= number <= 8
    expect(page.locator(".search [role=status]")).to_have_text(f"Số gợi ý: {number}. Dùng phím mũi tên để chọn.")
    assert {g.get_attribute("aria-labelledby") for g in page.locator(".suggest [role=group]").all()} != {None}
    assert active(page) == ""
    page.keyboard.press("ArrowDown")
    assert active(page) == options.nth(0).inner_text().strip()
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    assert active(page) == "Tìm “tra”"
    page.keyboard.press("ArrowDown")
    assert active(page) == ""
    page.keyboard.press("ArrowUp")
    assert active(page) == "Tìm “tra”"
    page.keyboard.press("Home")
    assert active(page) == options.nth(0).inner_text().strip()
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("tra")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    address = options.nth(0).get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    assert_unbroken(page)


def test_enter_without_a_choice_searches_and_so_does_the_last_line_with_the_filters_kept(open_page) -> None:
    page = open_page("/tim-kiem/?kind=startup&sort=name")
    page.fill(BOX, "")
    page.locator(BOX).press_sequentially("che", delay=20)
    page.get_by_role("option", name="Tìm “che”").click()
    page.wait_for_url("**/tim-kiem/?*q=che*")
    assert "kind=startup" in page.url
    page.wait_for_url("**sort=name**")
    page.fill(BOX, "tra co thu")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=tra+co+thu*")
    expect(page.locator(".hit h3", has_text="Trà cổ thụ Minh Họa")).to_be_visible()
    assert_unbroken(page)


def test_tab_and_a_click_elsewhere_close_the_list(open_page) -> None:
    page = open_page("/tim-kiem/")
    for leave in (lambda: page.keyboard.press("Tab"), lambda: page.click("h1")):
        page.fill(BOX, "")
        page.locator(BOX).press_sequentially("tra", delay=20)
        expect(page.locator(".suggest")).to_be_visible()
        leave()
        expect(page.locator(".suggest")).to_be_hidden()


def test_one_question_for_a_word_and_none_for_a_letter(open_page) -> None:
    page = open_page("/tim-kiem/")
    questions = asked(page)
    page.locator(BOX).press_sequentially("t")
    page.wait_for_timeout(400)
    assert questions == []
    page.locator(BOX).press_sequentially("ra co", delay=20)
    expect(page.locator(".suggest")).to_be_visible()
    assert len(questions) == 1
    assert "lang=vi" in questions[0]


def test_an_answer_that_comes_late_is_not_shown(open_page) -> None:
    page = open_page("/tim-kiem/")
    held: list = []
    page.route(re.compile(r"/api/v1/suggest.*q=che$"), lambda route: held.append(route))
    page.locator(BOX).press_sequentially("che", delay=20)
    page.wait_for_timeout(400)
    assert len(held) == 1
    page.fill(BOX, "tra co thu")
    expect(page.get_by_role("option", name="Trà cổ thụ Minh Họa")).to_be_visible()
    page.wait_for_timeout(100)
    expect(page.get_by_role("option", name="Tìm “tra co thu”")).to_be_visible()
    assert_unbroken(page)


def test_an_input_method_is_left_alone(open_page) -> None:
    page = open_page("/tim-kiem/")
    questions, box = asked(page), page.locator(BOX)
    box.focus()
    assert box.evaluate(COMPOSE, ["t", "tr", "tra", "trà"]), "a key of the input method was swallowed"
    page.wait_for_timeout(400)
    assert questions == []
    box.evaluate(COMPOSED)
    expect(page.locator(".suggest")).to_be_visible()
    assert len(questions) == 1


def test_a_number_is_suggested_and_shown(open_page) -> None:
    entry = SearchEntry.objects.exclude(numbers=[]).filter(kind="startup", language="vi", deleted=False).first()
    page = open_page("/tim-kiem/")
    page.locator(BOX).press_sequentially(entry.numbers[0][:8], delay=10)
    expect(page.locator(".suggest small").first).to_have_text(re.compile(entry.numbers[0][:8]))


def test_the_english_page_suggests_english_names(open_page) -> None:
    page = open_page("/en/search/")
    page.locator(BOX).press_sequentially("anc", delay=20)
    expect(page.get_by_role("option", name="Minh Hoa Ancient Tea")).to_be_visible()
    expect(page.get_by_role("option", name="Search for “anc”")).to_be_visible()


def test_without_script_the_box_is_a_form(open_page) -> None:
    page = open_page("/", javascript=False)
    assert page.locator("[role=combobox]").count() == 0
    page.fill(BOX, "tra co thu")
    page.press(BOX, "Enter")
    page.wait_for_url("**/tim-kiem/?q=tra+co+thu")
    expect(page.locator(".hit").first).to_contain_text("Trà cổ thụ Minh Họa")


@pytest.mark.parametrize("look", ["", "contrast."])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(("path", "typed"), [("/", "tra"), ("/en/search/", "tea")])
def test_open_suggestions_are_open_to_all(open_page, path: str, typed: str, size: dict[str, int], look: str) -> None:
    page = open_page(path, size=size, look=look)
    page.locator(BOX).press_sequentially(typed, delay=20)
    expect(page.locator(".suggest")).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert_accessible(page)
    assert_fits(page)
    assert_unbroken(page)


def narrow(page, size: dict[str, int], *choices: str) -> None:
    if size is PHONE:
        page.click("button.only-small[popovertarget=bo-loc]")
    for choice in choices:
        group = page.locator(f"#bo-loc details:has({choice})").first
        if group.get_attribute("open") is None:
            group.locator("summary").first.click()
        page.locator(f"#bo-loc {choice}").check()
    page.click("#bo-loc .facets__go button")


@pytest.mark.parametrize(
    ("size", "javascript"), [(PHONE, True), (DESK, True), (PHONE, False)], ids=["phone", "desk", "no script"]
)
def test_facets_narrow_and_chips_widen(open_page, size: dict[str, int], javascript: bool) -> None:
    page = open_page("/tim-kiem/?q=che", size=size, javascript=javascript)
    everything = int(re.match(r"\d+", page.inner_text(".toolbar p"))[0])
    narrow(page, size, "[name=kind][value=startup]", "[name=year][value='2026']")
    page.wait_for_url("**kind=startup*")
    assert "year=2026" in page.url
    narrowed = int(re.match(r"\d+", page.inner_text(".toolbar p"))[0])
    assert 0 < narrowed < everything
    expect(page.locator(".tags .tag")).to_have_count(3)
    if size is PHONE:
        expect(page.locator("button.only-small[popovertarget=bo-loc]")).to_contain_text("đang chọn 2")
    page.click(".tags .tag >> nth=0")
    expect(page.locator(".tags .tag")).to_have_count(2)
    assert "kind=" not in page.url
    page.click(".tags .tag >> text=Bỏ hết bộ lọc")
    expect(page.locator(".toolbar p")).to_contain_text(f"{everything} kết quả")
    page.click(".seg >> text=Tên A–Z")
    page.wait_for_url("**sort=name**")
    assert_unbroken(page)


def test_an_empty_answer_leads_on(open_page) -> None:
    page = open_page("/tim-kiem/?q=tra+co+thu&kind=article&stage=idea", size=PHONE)
    expect(page.locator(".empty")).to_contain_text("Không tìm thấy “tra co thu”")
    way = page.locator(".empty .lines li").first
    count = int(re.search(r"(\d+) kết quả", way.inner_text())[1])
    assert count > 0
    way.locator("a").click()
    expect(page.locator(".toolbar p")).to_contain_text(f"{count} kết quả")
    assert_unbroken(page)


@pytest.mark.parametrize("look", ["", "contrast."])
@pytest.mark.parametrize(
    "path",
    [
        "/tim-kiem/?q=che&kind=startup&ward=03408",
        "/en/search/?q=tea&language=vi&language=en&sort=newest",
        "/tim-kiem/?q=tra+co+thu&kind=article&stage=idea",
        "/en/search/?q=tea&ward=99999&colour=red",
    ],
)
def test_a_narrowed_search_is_open_to_all(open_page, path: str, look: str) -> None:
    page = open_page(path, look=look)
    assert_accessible(page)
    assert_fits(page)
    page.set_viewport_size(PHONE)
    sheet = page.locator("button.only-small[popovertarget=bo-loc]")
    if sheet.count():
        sheet.click()
        expect(page.locator("#bo-loc:popover-open")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    assert_unbroken(page)
