"""The founder's pages and the officer's desk, with and without mistakes on them."""

import pytest
from playwright.sync_api import expect

from registry.dossiers.models import Dossier
from registry.startups.models import ChangeProposal
from registry.startups.selectors import in_force
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import (
    assert_accessible,
    assert_accessible_in_looks,
    assert_fits,
    assert_keyboard,
    assert_unbroken,
)
from tests.browser.places import DRAFT, FOUNDER

pytestmark = pytest.mark.usefixtures("province")
FOUNDER_A, OFFICER = "founder@demo.test", "officer2@demo.test"


@pytest.mark.parametrize("language", [0, 1], ids=["vi", "en"])
@pytest.mark.parametrize("name", FOUNDER)
def test_a_page_of_the_account_is_whole_and_open_to_all(open_page, name: str, language: int) -> None:
    page = open_page(FOUNDER[name][language], size=DESK, email=FOUNDER_A)
    assert page.locator("h1").count() == 1
    assert_accessible(page)
    assert_fits(page)
    if not language:
        assert_accessible_in_looks(page)
    assert_unbroken(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_address_of_an_account_stands_on_one_line(open_page, width: int) -> None:
    page = open_page("/tai-khoan/", size={"width": width, "height": 900}, email="founder2@demo.test")
    address = page.locator("dl.facts dd", has_text="founder2@demo.test")
    lines = address.evaluate("""place => {
        const text = document.createRange();
        text.selectNodeContents(place);
        return text.getClientRects().length;
    }""")
    assert lines == 1


@pytest.mark.parametrize("language", [0, 1], ids=["vi", "en"])
def test_the_badge_of_a_startup_is_open_to_all(open_page, language: int) -> None:
    public_id = in_force().get(slug="tra-co-thu-minh-hoa").startup.public_id
    page = open_page(("/tai-khoan/huy-hieu/", "/en/account/badge/")[language] + f"{public_id}/", email=FOUNDER_A)
    shown = page.locator("main img")
    expect(shown).to_have_count(2)
    assert all(page.evaluate("[...document.querySelectorAll('main img')].map(one => one.naturalWidth > 0)"))
    assert_accessible(page)
    assert_fits(page)
    assert_unbroken(page)


@pytest.mark.parametrize("state", ["submitted", "supplement", "published", "refused", "unlisted", "withdrawn"])
def test_a_timeline_is_open_to_all_in_every_state(open_page, state: str) -> None:
    dossier = Dossier.objects.filter(state=state).order_by("id").last()
    owner = dossier.party.memberships.filter(role="owner", until=None).first().user
    page = open_page(f"/tai-khoan/khoi-nghiep/{dossier.reference}/", size=PHONE, email=owner.email)
    assert_accessible(page)
    assert_fits(page)
    assert_unbroken(page)


@pytest.mark.usefixtures("fresh_province")
@pytest.mark.parametrize("look", ["", "contrast."], ids=["light", "contrast"])
@pytest.mark.parametrize("language", [0, 1], ids=["vi", "en"])
def test_mistakes_are_told_accessibly(open_page, language: int, look: str) -> None:
    page = open_page(DRAFT[language] + "tru-so/", size=PHONE, look=look, email=FOUNDER_A)
    page.fill("[name=phone]", "12")
    page.fill("[name=registered_on]", "hôm qua")
    page.click("[name=_next]")
    expect(page.locator(".alert--errors")).to_be_focused()
    page.click(".alert--errors a >> nth=0")
    expect(page.locator("[aria-invalid=true]:focus")).to_have_count(1)
    assert page.input_value("[name=phone]") == "12"
    assert_accessible(page)
    assert_fits(page)
    page.goto(page.url.split("/tru-so/")[0] + "/kiem-tra/")
    page.click("[name=_send]")
    page.wait_for_selector(".alert--errors")
    assert_accessible(page)
    assert_unbroken(page)


@pytest.mark.parametrize("name", ["account", "timeline", "step tru-so", "step kiem-tra"])
def test_the_keyboard_reaches_everything(open_page, name: str) -> None:
    assert_keyboard(open_page(FOUNDER[name][0], size=DESK, email=FOUNDER_A), steps=25)


DESK_PAGES = {
    "queue": lambda: "/quan-tri/ho-so/",
    "unassigned": lambda: "/quan-tri/ho-so/?tab=unassigned",
    "done": lambda: "/quan-tri/ho-so/?tab=all&state=done",
    "nothing": lambda: "/quan-tri/ho-so/?tab=all&q=zzzz",
    "dossier": lambda: place("assigned"),
    "answered": lambda: place("answered"),
    "compared": lambda: place("answered") + "so-sanh/",
    "published": lambda: place("published"),
    "proposals": lambda: "/quan-tri/de-xuat/",
    "proposal": lambda: f"/quan-tri/de-xuat/{ChangeProposal.objects.filter(state='open').latest('pk').reference}/",
    "front page": lambda: "/quan-tri/",
    "reports": lambda: "/quan-tri/bao-loi/?nhom=xong",
    "promises": lambda: "/quan-tri/dung-hen/",
    "behind a number": lambda: "/quan-tri/dung-hen/startup_registration/",
    "search": lambda: "/quan-tri/tim-kiem/?q=ch%C3%A8+c%E1%BB%95",
}


def place(which: str) -> str:
    dossiers = Dossier.objects.order_by("id")
    found = {
        "assigned": dossiers.filter(state="submitted", assigned_to__email=OFFICER),
        "answered": dossiers.filter(state="submitted", submissions__number=2),
        "published": dossiers.filter(state="published"),
    }[which].last()
    return f"/quan-tri/ho-so/{found.reference}/"


@pytest.mark.parametrize("name", DESK_PAGES)
def test_the_desk_is_whole_and_open_to_all(open_page, name: str) -> None:
    page = open_page(DESK_PAGES[name](), size=PHONE, email=OFFICER)
    assert_accessible(page)
    assert not too_wide(page)
    page.set_viewport_size(DESK)
    assert_accessible(page)
    page.evaluate("document.documentElement.classList.replace('w-theme-system', 'w-theme-dark')")
    assert page.locator("html.w-theme-dark").count() == 1
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")  # buttons change colour slowly
    assert_accessible(page)
    assert not too_wide(page)
    assert_unbroken(page)


def too_wide(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
