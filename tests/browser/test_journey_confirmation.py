"""Journey: a reminder comes, its link shows the page, one press confirms it, without an account."""

from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from notifications.services import deliver_due
from registry.core import clock
from registry.startups import confirming, selectors
from registry.startups.confirmations import Confirmation
from tests.browser.conftest import PHONE
from tests.browser.looking import assert_accessible, assert_unbroken

pytestmark = pytest.mark.usefixtures("fresh_province")


def test_from_the_letter_to_the_confirmed_page(open_page, portal) -> None:
    cycle = Confirmation.objects.filter(until=None, due_on__gt=clock.today()).order_by("due_on").last()
    assert cycle is not None
    with clock.at(datetime.combine(cycle.due_on - timedelta(days=60), time(6, 5), clock.ZONE)):
        confirming.remind(clock.now())
        deliver_due()
    owner = cycle.startup.party.memberships.filter(role="owner", until=None).first().user
    reference = cycle.startup.dossier.reference
    page = open_page(f"/dev/thu/?to={owner.email}", size=PHONE)
    link = page.locator("article", has_text=reference).locator("a[href*='/khoi-nghiep/xac-nhan/']").first
    letter = urlsplit(str(link.get_attribute("href"))).path  # the letter names the portal's own address
    page.goto(portal + letter)
    expect(page.locator("h1")).to_contain_text("còn đúng không?")
    assert_accessible(page)
    page.click("main form .btn--accent")
    expect(page.locator("h1")).to_contain_text("Đã xác nhận")
    page.click("main a.btn--l")
    expect(page.locator(".identity .chip--info")).to_contain_text(f"Xác nhận ngày {clock.today():%d/%m/%Y}")
    assert_unbroken(page)
    again = open_page(letter, size=PHONE)
    expect(again.locator("h1")).to_contain_text("Việc này đã xong")
    assert selectors.profile_of(cycle.startup).confirmed_on == clock.today()
