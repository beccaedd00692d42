"""Where one is signed in: seen by its owner, ended at once, written down only now and then, and never for strangers."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from accounts.devices import device, network
from accounts.sessions import forget_ended
from registry.core import clock
from tests.accounts.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
PLACES = "/tai-khoan/phien/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def signed_in(user, agent: str = DESK) -> Client:
    client = Client(headers={"user-agent": agent})
    assert client.post("/tai-khoan/dang-nhap/", {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Safari trên iPhone"),
        (DESK, "Chrome trên Windows"),
        (DESK + " Edg/130.0", "Edge trên Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox trên Linux"),
        ("curl/8.0", "Thiết bị không rõ"),
        ("", "Thiết bị không rõ"),
    ],
)
def test_a_browser_in_plain_words(agent, words) -> None:
    assert device(agent) == words


def test_of_an_address_only_the_network() -> None:
    assert network("113.160.7.9") == "113.160.…"
    assert network("2001:ee0:4f00::1") == "2001:ee0:…"


def test_one_is_seen_and_ended_and_its_next_request_is_a_strangers() -> None:
    user = UserFactory()
    desk, phone = signed_in(user), signed_in(user, PHONE)
    page = desk.get(PLACES).content.decode()
    assert "Chrome trên Windows" in page
    assert "Safari trên iPhone" in page
    assert "127.0.…" in page
    assert "127.0.0.1" not in page
    row = UserSession.objects.get(user_agent=PHONE)
    assert desk.post(f"{PLACES}{row.pk}/ket-thuc/", follow=True).content.decode().count("Đã đăng xuất nơi đó") == 1
    assert not is_in(phone)
    assert is_in(desk)
    assert "từ trước" in desk.post(f"{PLACES}{row.pk}/ket-thuc/", follow=True).content.decode()


def test_nobody_ends_a_session_of_another() -> None:
    other = UserFactory()
    theirs = signed_in(other)
    mine = signed_in(UserFactory())
    row = UserSession.objects.get(user=other)
    mine.post(f"{PLACES}{row.pk}/ket-thuc/")
    mine.post(f"{PLACES}ket-thuc/")
    assert is_in(theirs)


def test_ending_this_one_is_signing_out() -> None:
    client = signed_in(UserFactory())
    assert client.post(f"{PLACES}{UserSession.objects.get().pk}/ket-thuc/")["Location"] == "/tai-khoan/dang-xuat/"
    client.post("/tai-khoan/dang-xuat/")
    assert not UserSession.objects.exists()


def test_all_others_at_once_and_a_new_password_do_the_same() -> None:
    user = UserFactory()
    desk, phone = signed_in(user), signed_in(user, PHONE)
    assert "mọi nơi khác" in desk.post(f"{PLACES}ket-thuc/", follow=True).content.decode()
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert "chỉ đang đăng nhập ở đây" in desk.post(f"{PLACES}ket-thuc/", follow=True).content.decode()

    phone = signed_in(user, PHONE)
    new = "mot cau khac dai hon"
    desk.post("/tai-khoan/mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert UserSession.objects.get().user_agent == DESK
    assert desk.get(PLACES).content.decode().count("thấy lần cuối") == 1


def test_last_seen_is_written_now_and_then_and_never_for_strangers(django_assert_num_queries) -> None:
    client = signed_in(UserFactory())
    begun = clock.now()
    client.get("/tai-khoan/")
    row = UserSession.objects.get()
    client.get("/tai-khoan/")
    assert UserSession.objects.get().last_seen_at == row.last_seen_at
    with clock.at(begun + timedelta(minutes=11)):
        client.get("/tai-khoan/")
        later = UserSession.objects.get()
        assert later.last_seen_at > row.last_seen_at
        assert later.created_at == row.created_at
    stranger = Client()
    for path in ("/", "/khoi-nghiep/", "/tai-khoan/dang-nhap/"):
        stranger.get(path)
    assert UserSession.objects.count() == 1
    assert Session.objects.count() == 1


def test_rows_go_with_their_sessions() -> None:
    signed_in(UserFactory())
    Session.objects.all().delete()
    assert forget_ended() == 1
    assert not UserSession.objects.exists()


def test_a_used_recovery_code_is_told_with_what_is_left(mailoutbox, django_capture_on_commit_callbacks) -> None:
    user = UserFactory()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    codes = RecoveryCodes.activate(user)
    codes.instance.data["used_mask"] = 0b1111111
    codes.instance.save()
    client = Client()
    client.post("/tai-khoan/dang-nhap/", {"login": user.email, "password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post("/tai-khoan/dang-nhap/ma/", {"code": codes.get_unused_codes()[0]}, follow=True)
    assert "còn 2 mã" in page.content.decode()
    assert mailoutbox[0].subject == "Một mã dự phòng vừa được dùng"
    assert "Còn 2 mã" in mailoutbox[0].body
    assert "Sắp hết mã" in client.get("/tai-khoan/bao-mat/").content.decode()
