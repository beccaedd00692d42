"""The inbox of the account and the demo's mail reader."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from notifications.models import InboxItem
from notifications.services import Recipient, notify
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 5, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def tell(user, key: str = "k", **changes) -> InboxItem:
    context = {
        "reference": "KN-2026-00007",
        "title": "Trà cổ thụ",
        "url": "/tai-khoan/thong-tin/",
        "due": NOON,
    } | changes
    notify("dossier_submitted", [Recipient(user.email, user.pk, user.language, user.full_name)], key, context)
    return InboxItem.objects.get(user=user, key=key)


def test_an_item_is_opened_and_leads_on(client) -> None:
    user = UserFactory()
    item = tell(user)
    sign_in(client, user)
    page = client.get("/tai-khoan/tin/").content.decode()
    assert "KN-2026-00007" in page
    assert "Chưa đọc" in page
    assert client.post(f"/tai-khoan/tin/{item.pk}/")["Location"] == "/tai-khoan/thong-tin/"
    assert "Chưa đọc" not in client.get("/tai-khoan/tin/").content.decode()


def test_reading_changes_nothing_by_get(client) -> None:
    user = UserFactory()
    item = tell(user)
    sign_in(client, user)
    assert client.get(f"/tai-khoan/tin/{item.pk}/").status_code == 405
    assert client.get("/tai-khoan/tin/da-doc/").status_code == 405
    assert InboxItem.objects.get().read_at is None
    client.post("/tai-khoan/tin/da-doc/")
    assert InboxItem.objects.get().read_at is not None


def test_an_inbox_is_ones_own(client) -> None:
    item = tell(UserFactory())
    sign_in(client, UserFactory())
    assert "KN-2026-00007" not in client.get("/tai-khoan/tin/").content.decode()
    assert client.post(f"/tai-khoan/tin/{item.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 60])
def test_the_inbox_asks_little(client, count: int, django_assert_max_num_queries) -> None:
    user = UserFactory()
    for number in range(count):
        tell(user, f"k{number}")
    sign_in(client, user)
    with django_assert_max_num_queries(8):
        client.get("/tai-khoan/tin/")


@pytest.mark.parametrize("page", ["2", "99", "x", "-1", "\x00"])
def test_any_page_number_is_answered(client, page: str) -> None:
    sign_in(client, UserFactory())
    assert client.get("/tai-khoan/tin/", {"page": page}).status_code == 200


@pytest.mark.parametrize("demo", [True, False])
def test_who_signs_up_in_the_demo_is_led_to_the_mail(client, settings, demo: bool) -> None:
    settings.DEMO = demo
    assert ("/dev/thu/" in client.get("/tai-khoan/xac-nhan/").content.decode()) is demo


def test_there_is_no_mail_reader_outside_the_demo(client, settings) -> None:
    settings.DEMO = False
    assert client.get("/dev/thu/").status_code == 404
    assert client.get("/dev/thu/?format=json").status_code == 404


def test_the_demo_reads_its_mail(client, settings) -> None:
    settings.DEMO = True
    user = UserFactory(email="founder@demo.test")
    tell(user, title="<script>alert(1)</script>")
    tell(UserFactory())
    answer = client.get("/dev/thu/", {"to": "Founder@demo.test", "format": "json"}).json()
    assert answer["count"] == 1
    (letter,) = answer["results"]
    assert {"code", "to", "subject", "text", "html", "due", "sent", "key", "language"} == set(letter)
    page = client.get("/dev/thu/", {"to": "founder@demo.test"}).content.decode()
    assert 'href="http://localhost:8000/tai-khoan/thong-tin/"' in page
    assert "<script>alert" not in page
    assert client.get("/dev/thu/", {"to": "\x00'\"<x>"}).status_code == 200
