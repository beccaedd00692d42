"""Another e-mail address: it counts when its link is opened, both addresses are told, and nobody learns who else is here."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from accounts.models import User
from notifications.models import Message
from notifications.services import Recipient, notify
from registry.core import clock
from tests.accounts.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/thu-dien-tu/"
NEW = "moi@example.vn"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    def posted(url: str, data: dict):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url, data, follow=True)

    return posted


@pytest.fixture
def user(client) -> User:
    one = UserFactory(email="cu@example.vn")
    client.force_login(one)
    client.post("/tai-khoan/xac-thuc-lai/", {"password": PASSWORD})
    return one


def link(letters, to: str) -> str:
    body = next(letter.body for letter in letters if letter.to == [to] and "/xac-nhan/" in letter.body)
    return re.search(r"http://testserver(\S+/xac-nhan/\S+)", body)[1]


def subjects(letters, to: str) -> list[str]:
    return [letter.subject for letter in letters if letter.to == [to]]


def waits(code: str, user: User) -> Message:
    """A letter that the mail server has not taken yet."""
    context = {"url": "/x/", "at": clock.now(), "new_email": NEW, "not_me_url": "/y/"}
    notify(code, [Recipient(user.email, user.pk)], "waits", context, due_at=clock.now() + timedelta(hours=1))
    return Message.objects.get(code=code, key="waits")


def test_asked_confirmed_and_told_to_both(post, user, mailoutbox) -> None:
    page = post(PAGE, {"email": "Moi@Example.VN", "action_add": ""}).content.decode()
    assert "Chờ xác nhận" in page
    user.refresh_from_db()
    assert user.email == "cu@example.vn"
    assert subjects(mailoutbox, "cu@example.vn") == ["Có yêu cầu đổi địa chỉ thư của tài khoản"]
    assert "moi@example.vn" in mailoutbox[-1].body
    assert "/tai-khoan/khong-phai-toi/" in mailoutbox[-1].body
    url = link(mailoutbox, NEW)
    mailoutbox.clear()
    waiting = {code: waits(code, user) for code in ("account_password_changed", "account_email_asked")}
    post(url, {})
    user.refresh_from_db()
    assert user.email == NEW
    assert {code: Message.objects.get(pk=row.pk).email for code, row in waiting.items()} == {
        "account_password_changed": NEW,
        "account_email_asked": "cu@example.vn",
    }, "what waits goes along, but for what the old address itself is to know"
    assert [(row.email, row.verified, row.primary) for row in EmailAddress.objects.filter(user=user)] == [
        (NEW, True, True)
    ]
    assert subjects(mailoutbox, "cu@example.vn") == ["Địa chỉ thư của tài khoản đã đổi"]
    assert subjects(mailoutbox, NEW) == ["Từ nay bạn đăng nhập bằng địa chỉ này"]


def test_an_address_of_somebody_else_is_answered_as_any_other(post, user, mailoutbox) -> None:
    UserFactory(email="nguoi.khac@example.vn")
    taken = post(PAGE, {"email": "nguoi.khac@example.vn", "action_add": ""}).content.decode()
    told = subjects(mailoutbox, "cu@example.vn")
    mailoutbox.clear()
    free = post(PAGE, {"email": NEW, "action_add": ""}).content.decode()
    assert "Chờ xác nhận" in taken
    assert "Chờ xác nhận" in free
    assert told == subjects(mailoutbox, "cu@example.vn")


@pytest.mark.parametrize("confirmed", [True, False])
def test_taken_meanwhile_is_said_and_changes_nothing(post, user, mailoutbox, confirmed) -> None:
    post(PAGE, {"email": NEW, "action_add": ""})
    UserFactory(email=NEW, verified=confirmed)
    answer = post(link(mailoutbox, NEW), {})
    assert answer.status_code == 200
    assert "thuộc một tài khoản khác" in answer.content.decode()
    user.refresh_from_db()
    assert user.email == "cu@example.vn"
    assert EmailAddress.objects.get(user=user, verified=True).email == "cu@example.vn"


def test_dropped_is_told_as_dropped(post, user, mailoutbox) -> None:
    post(PAGE, {"email": NEW, "action_add": ""})
    mailoutbox.clear()
    post(PAGE, {"email": NEW, "action_remove": ""})
    assert subjects(mailoutbox, "cu@example.vn") == ["Yêu cầu đổi địa chỉ thư đã bỏ"]


def test_a_password_set_anew_drops_the_address_that_waits(post, client, user, mailoutbox) -> None:
    post(PAGE, {"email": NEW, "action_add": ""})
    client.logout()
    post("/tai-khoan/mat-khau/quen/", {"email": "cu@example.vn"})
    body = mailoutbox[-1].body
    url = re.search(r"http://testserver(\S+/mat-khau/moi/\S+)", body)[1]
    form = client.get(url, follow=True).redirect_chain[-1][0]
    post(form, {"password1": "mot cau khac dai hon", "password2": "mot cau khac dai hon"})
    assert [row.email for row in EmailAddress.objects.filter(user=user)] == ["cu@example.vn"]


def test_the_page_for_who_did_not_do_it(client) -> None:
    for path in ("/tai-khoan/khong-phai-toi/", "/en/account/not-me/"):
        assert client.get(path).status_code == 200
