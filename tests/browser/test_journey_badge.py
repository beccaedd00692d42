"""Journey: a founder takes the badge and the poster; both lead to the live page, and say so when there is none any more."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from accounts.models import User
from registry.startups import selectors
from tests.browser.conftest import PHONE
from tests.browser.looking import assert_accessible, assert_fits, assert_unbroken
from tests.dossiers.factories import act

pytestmark = pytest.mark.usefixtures("fresh_province")


def test_from_the_account_to_a_picture_on_another_page(open_page) -> None:
    page = open_page("/tai-khoan/", size=PHONE, email="founder@demo.test")
    page.click("main a:has-text('Huy hiệu và áp phích')")
    expect(page.locator("h1")).to_have_text("Huy hiệu và áp phích")
    assert_accessible(page)
    assert_fits(page)
    assert_unbroken(page)
    snippet = page.input_value("#ma-vi")
    picture = urlsplit(snippet.split('src="')[1].split('"')[0]).path
    poster = page.context.request.get(page.locator("main a[href$='.pdf']").first.evaluate("a => a.href"))
    assert poster.body().startswith(b"%PDF-")

    elsewhere = open_page("/tuy-chon/")
    assert elsewhere.context.request.get(elsewhere.url.split("/tuy-chon/")[0] + picture).status == 200
    profile = selectors.in_force().select_related("startup__dossier").get(slug="tra-co-thu-minh-hoa")
    act(profile.startup.dossier, "take_down", User.objects.get(email="leader@demo.test"), note="Ngừng hoạt động.")
    gone = elsewhere.context.request.get(elsewhere.url.split("/tuy-chon/")[0] + picture)
    assert gone.status == 410
    assert "không còn trong danh bạ" in gone.text()
