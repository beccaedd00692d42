"""Journey 3: case officers work the queue: take, ask for a supplement, read the answer, decide, once."""

import pytest
from playwright.sync_api import expect

from registry.dossiers.models import Dossier
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import assert_accessible, assert_unbroken

pytestmark = pytest.mark.usefixtures("fresh_province")
ONE, TWO = "officer@demo.test", "officer2@demo.test"
QUEUE = "/quan-tri/ho-so/"


def unassigned() -> Dossier:
    return Dossier.objects.get(title="Dâu tây giá treo", state="submitted", assigned_to=None)


def open_decision(page, label: str):
    """The form of a decision, unfolded."""
    box = page.locator("details.case-decide", has=page.locator("summary", has_text=label))
    box.locator("summary").click()
    return box


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_queue_to_the_directory(open_page, size: dict[str, int]) -> None:
    dossier = unassigned()
    owner = dossier.party.memberships.get(role="owner", until=None).user
    desk = open_page(f"{QUEUE}?tab=all", size=size, email=TWO)
    assert "is-overdue" in (desk.locator("tbody tr").first.get_attribute("class") or "")
    desk.click(f"text={dossier.reference}")
    desk.click("text=Nhận hồ sơ này")
    expect(desk.locator(".case-row")).to_contain_text("Nguyễn Minh Họa")

    mark = desk.locator(".case-mark", has=desk.locator("input[value='field:pitch_vi']"))
    mark.locator("label").first.click()
    mark.locator("textarea").fill("Viết rõ bán cho ai.")
    desk.click("text=Gửi yêu cầu bổ sung")
    expect(desk.locator(".case-head")).to_contain_text("Chờ bổ sung")

    founder = open_page(f"/tai-khoan/khoi-nghiep/{dossier.reference}/", size=size, email=owner.email)
    founder.click("text=Bổ sung ngay")
    expect(founder.locator("main")).to_contain_text("Viết rõ bán cho ai.")
    assert founder.locator("main form [name=pitch_vi]").count() == 1
    assert founder.locator("main form [name=name_vi]").count() == 0
    founder.fill("[name=pitch_vi]", "Dâu treo ngang ngực, bán cho quán bánh trong tỉnh.")
    assert_accessible(founder)
    founder.click("[name=_next]")
    founder.click("[name=_send]")
    founder.wait_for_selector(".alert.is-ok")
    assert_unbroken(founder)

    desk.reload()
    desk.click("text=So sánh")
    expect(desk.locator(".case-diff")).to_contain_text("bán cho quán bánh")
    desk.click(f"text=Về hồ sơ {dossier.reference}")
    open_decision(desk, "Đăng vào danh bạ").locator("button[type=submit]").click()
    expect(desk.locator(".case-head")).to_contain_text("Đã đăng")
    assert_unbroken(desk)

    public = open_page("/khoi-nghiep/?q=dau+tay", size=size)
    public.click(".record a")
    expect(public.locator("main")).to_contain_text("quán bánh trong tỉnh")


def test_nobody_decides_for_an_organisation_of_their_own(open_page) -> None:
    own = Dossier.objects.get(title="Vườn giống chè cổ thụ")
    page = open_page(f"{QUEUE}{own.reference}/", email=ONE)
    expect(page.locator(".case")).to_contain_text("chỉ xem được")
    assert page.locator("details.case-decide").count() == 0


def test_two_officers_decide_at_once_and_one_is_told(open_page) -> None:
    dossier = unassigned()
    first, second = (open_page(f"{QUEUE}{dossier.reference}/", email=email) for email in (ONE, TWO))
    refusal = open_decision(second, "Từ chối")
    refusal.locator("textarea").fill("Chưa thấy điểm mới.")
    open_decision(first, "Đăng vào danh bạ").locator("button[type=submit]").click()
    expect(first.locator(".case-head")).to_contain_text("Đã đăng")
    refusal.locator("button[type=submit]").click()
    expect(second.locator("#case-told")).to_contain_text("Chưa làm được")
    expect(second.locator(".case")).to_contain_text("Chưa thấy điểm mới.")
    assert Dossier.objects.get(pk=dossier.pk).state == "published"
