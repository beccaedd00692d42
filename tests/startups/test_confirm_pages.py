"""The confirmation as people meet it: the letter's link, the account, the public page, the list, the API, the staff's list."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.core import mail, signing
from django.core.management import call_command

from notifications.models import Message
from registry.core import clock
from registry.parties.models import Membership
from registry.startups import confirming, selectors
from registry.startups.confirmations import Way
from tests.accounts.factories import UserFactory, sign_in
from tests.core.factories import picture
from tests.desk.pages import words
from tests.dossiers.factories import act, dossier
from tests.startups.test_confirming import owner, remind

pytestmark = pytest.mark.django_db
LISTED, SOON, LATE = "2026-03-02T09:00", "2027-02-20T09:00", "2027-03-05T09:00"


@pytest.fixture
def roles(db) -> None:
    call_command("sync_roles", verbosity=0)


@pytest.fixture
def startup(freeze, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"
    freeze(LISTED)
    support = {"support": [{"year": 2025, "name": "Hỗ trợ mẫu", "amount": "25000000"}], "show_support": True}
    names = {"name_vi": "Sâm Núi Mờ", "short_name": "", "name_en": "Misty Ginseng"}
    with django_capture_on_commit_callbacks(execute=True):
        made = dossier(published=True, logo=picture("PNG"), **names, **support).startup
    freeze(SOON)
    return made


@pytest.fixture
def link(startup, settings, django_capture_on_commit_callbacks) -> str:
    """The path of the letter's link, as it stood in the letter."""
    with django_capture_on_commit_callbacks(execute=True):
        assert remind(clock.today()) == 2
    letter = next(one for one in mail.outbox if "xác nhận thông tin" in one.subject)
    return re.search(r"http://localhost:8000(/khoi-nghiep/xac-nhan/\S+)", letter.body)[1]


def own(startup) -> str:
    return f"/tai-khoan/khoi-nghiep/{startup.dossier.reference}/xac-nhan/"


def public(client, startup) -> str:
    return client.get(selectors.url_of(selectors.profile_of(startup), "vi")).content.decode()


def test_the_link_shows_before_it_acts_and_works_once(client, startup, link) -> None:
    for _ in range(2):
        page = client.get(link)
        assert page.status_code == 200
        assert page["Cache-Control"] == "private, no-store"
        assert page["Referrer-Policy"] == "same-origin"
    shown, profile = words(page), selectors.profile_of(startup)
    for published in (
        *(line for one in profile.industries.all() for line in (one.code, one.name_vi)),
        profile.pitch_vi,
        profile.pitch_en,
        profile.problem_vi,
        profile.problem_en,
        profile.solution_vi,
        profile.solution_en,
        "Chè cổ thụ có mã: Quét mã thấy gốc chè (Coded ancient tea)",
        "Hỗ trợ mẫu (2025, 25.000.000 đồng)",
        startup.party.name,
        selectors.public_tax_code(profile),
    ):
        assert published in shown
    assert f'src="{profile.logo}"' in page.content.decode()
    assert client.head(link).status_code == 200
    assert startup.confirmations.count() == 1
    done = client.post(link)
    assert "Đã xác nhận, cảm ơn bạn" in done.content.decode()
    made = confirming.open_cycle(startup)
    assert (made.confirmed_on, made.due_on, made.way) == (date(2027, 2, 20), date(2028, 2, 20), "mail")
    assert made.by == owner(startup)
    for method in (client.get, client.post):
        again = method(link)
        assert again.status_code == 410
        assert "đã được xác nhận ngày 20/02/2027" in again.content.decode()
        assert "Danh bạ khởi nghiệp Xác nhận thông tin Việc này đã xong" in words(again)
    assert startup.confirmations.count() == 2


def test_the_key_is_not_kept_in_the_table(startup, link) -> None:
    assert link.split("/")[3] not in Message.objects.filter(code="confirmation_due").first().body_text


def test_a_link_that_is_not_ours_or_too_old_says_so(client, startup, link, freeze) -> None:
    wrong = ["x", link.split("/")[3][:-2] + "zz", signing.dumps([1, 2, 3], salt="x"), "a:b:c", "%00"]
    for token in wrong:
        answer = client.get(f"/khoi-nghiep/xac-nhan/{token}/")
        assert answer.status_code == 410
        assert "không còn dùng được" in answer.content.decode()
    freeze("2027-09-01T09:00")
    assert client.post(link).status_code == 410
    assert startup.confirmations.count() == 1


def test_who_has_left_confirms_nothing(client, startup, link) -> None:
    Membership.objects.filter(user=owner(startup)).update(until=clock.today())
    for method in (client.get, client.post):
        answer = method(link)
        assert answer.status_code == 410
        assert "Nhờ chủ sở hữu của tổ chức xác nhận" in answer.content.decode()
    assert startup.confirmations.count() == 1


def test_what_was_taken_down_has_nothing_to_confirm(client, startup, link) -> None:
    people = owner(startup)
    act(startup.dossier, "take_down", UserFactory(officer=True), note="Chủ dự án đề nghị gỡ.")
    assert "không còn trong danh bạ" in client.post(link).content.decode()
    sign_in(client, people)
    assert "không còn trong danh bạ" in client.get(own(startup)).content.decode()


def test_in_the_account_one_press_confirms_and_a_second_is_told(client, startup) -> None:
    sign_in(client, owner(startup))
    page = client.get(own(startup)).content.decode()
    assert "Thông tin của Sâm Núi Mờ còn đúng không?" in page
    cycle = re.search(r'name="cycle" value="(\d+)"', page)[1]
    assert startup.confirmations.count() == 1
    page = client.post(own(startup), {"cycle": cycle}, follow=True).content.decode()
    assert "Đã ghi nhận" in page
    assert 'name="cycle"' not in page
    page = client.post(own(startup), {"cycle": cycle}, follow=True).content.decode()
    assert "thuộc kỳ đã qua" in page
    assert startup.confirmations.count() == 2
    for wrong in ("", "x", "9" * 40, "0", "-1"):
        assert client.post(own(startup), {"cycle": wrong}).status_code == 404
    english = client.get(f"/en/account/startups/{startup.dossier.reference}/confirm/")
    assert english.status_code == 200
    assert "Misty Ginseng" in english.content.decode()


def test_a_viewer_reads_and_a_stranger_finds_nothing(client, startup) -> None:
    viewer, stranger = UserFactory(), UserFactory()
    Membership.objects.create(party=startup.party, user=viewer, role="viewer", since=date(2026, 4, 1))
    cycle = confirming.open_cycle(startup).pk
    sign_in(client, viewer)
    assert "Bạn đang là người xem" in client.get(own(startup)).content.decode()
    assert "không có quyền" in client.post(own(startup), {"cycle": cycle}, follow=True).content.decode()
    sign_in(client, stranger)
    assert client.post(own(startup), {"cycle": cycle}).status_code == 404
    assert startup.confirmations.count() == 1


def test_the_account_says_what_is_due(client, startup, freeze) -> None:
    sign_in(client, owner(startup))
    assert "Xác nhận trước khi hết 02/03/2027" in client.get("/tai-khoan/").content.decode()
    freeze(LATE)
    assert "Xác nhận ngay" in client.get("/tai-khoan/").content.decode()


def test_the_public_page_says_confirmed_or_overdue_since(client, startup, freeze) -> None:
    assert "Xác nhận ngày 02/03/2026" in public(client, startup)
    freeze("2027-03-02T23:59")
    assert "Quá hạn" not in public(client, startup)
    freeze(LATE)
    assert "Quá hạn xác nhận từ 03/03/2027" in public(client, startup)
    assert "Quá hạn xác nhận từ 03/03/2027" in client.get("/khoi-nghiep/").content.decode()
    confirming.confirm(confirming.open_cycle(startup), actor=owner(startup), way=Way.ACCOUNT)
    assert "Xác nhận ngày 05/03/2027" in public(client, startup)


def ids(client, query: str) -> list[str]:
    return [row["id"] for row in client.get(f"/api/v1/startups?{query}").json()["results"]]


def test_the_list_filters_by_it_on_page_api_and_csv_and_for_any_day(client, startup, freeze) -> None:
    freeze(LATE)
    fresh = dossier(published=True, name_vi="Trạm đo sương", short_name="").startup
    assert ids(client, "confirmation=overdue") == [startup.public_id]
    assert ids(client, "confirmation=current") == [fresh.public_id]
    assert len(ids(client, "confirmation=current&confirmation=overdue")) == 2
    assert ids(client, "confirmation=overdue&as_of=2027-03-02") == []
    row = client.get(f"/api/v1/startups/{startup.public_id}").json()
    assert row["confirmed_on"] == "2026-03-02"
    page = client.get("/khoi-nghiep/?confirmation=overdue").content.decode()
    assert "Sâm Núi Mờ" in page
    assert "Trạm đo sương" not in page
    assert '<a class="tag" href="/khoi-nghiep/">Quá hạn xác nhận' in page
    text = b"".join(client.get("/khoi-nghiep/?format=csv&confirmation=overdue").streaming_content).decode()
    head, only = csv.reader(io.StringIO(text[1:]))
    told = dict(zip(head, only, strict=True))
    assert (told["Xác nhận ngày"], told["Xác nhận hằng năm"]) == ("2026-03-02", "Quá hạn xác nhận")
    confirming.confirm(confirming.open_cycle(startup), actor=owner(startup), way=Way.ACCOUNT)
    freeze("2027-04-01T09:00")
    assert ids(client, "confirmation=overdue") == []
    assert ids(client, "confirmation=overdue&as_of=2027-03-04") == [startup.public_id]


def test_a_wrong_state_is_told(client) -> None:
    assert client.get("/api/v1/startups?confirmation=x").json()["error"]["parameter"] == "confirmation"
    assert "<b>Xác nhận hằng năm</b>" in client.get("/khoi-nghiep/?confirmation=x").content.decode()


def test_staff_see_it_filter_by_it_and_are_told_on_the_front_page(client, startup, freeze, roles) -> None:
    freeze(LATE)
    dossier(published=True, name_vi="Trạm đo sương", short_name="")
    sign_in(client, UserFactory(officer=True))
    text = words(client.get("/quan-tri/danh-ba/"))
    assert "02/03/2026, quá hạn từ 03/03/2027" in text
    text = words(client.get("/quan-tri/danh-ba/?confirmation=overdue"))
    assert "Sâm Núi Mờ" in text
    assert "Trạm đo sương" not in text
    assert "1 dự án quá hạn xác nhận" in words(client.get("/quan-tri/"))


def test_reading_writes_nothing(client, startup, link, query_budget) -> None:
    with query_budget(20) as queries:
        client.get(link)
    assert not queries.writes
    assert startup.confirmations.count() == 1
    assert confirming.open_cycle(startup).due_on == clock.today() + timedelta(days=10)
