"""From sign-up to signed in, by the pages themselves; and the ways that must stay closed."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from notifications.models import Message
from tests.accounts.factories import PASSWORD, UserFactory, sign_in

SIGN_UP = "/tai-khoan/dang-ky/"
SIGN_IN = "/tai-khoan/dang-nhap/"
PERSON = {"full_name": "Lò Thị Mẩu", "email": "Mau@Example.VN", "password1": "mot cau dai de nho"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def post(django_capture_on_commit_callbacks, client):
    def posted(url: str, data: dict, by: Client = client):
        with django_capture_on_commit_callbacks(execute=True):
            return by.post(url, data)

    return posted


def link_in(letter) -> str:
    return re.search(r"http://testserver(\S+)", letter.body)[1]


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_sign_up_mail_confirm_sign_in(post, client) -> None:
    assert post(SIGN_UP, PERSON)["Location"] == "/tai-khoan/xac-nhan/"
    user = User.objects.get()
    assert (user.email, user.full_name, user.language) == ("mau@example.vn", "Lò Thị Mẩu", "vi")
    assert (
        post(SIGN_IN, {"login": "mau@example.vn", "password": PERSON["password1"]}, Client())["Location"]
        == "/tai-khoan/xac-nhan/"
    )

    letter = mail.outbox[0]
    assert letter.subject == "Xác nhận địa chỉ thư để bắt đầu"
    assert letter.alternatives
    url = link_in(letter)
    assert client.get(url).status_code == 200
    assert not EmailAddress.objects.get().verified, "opening the link alone confirms nothing: mail scanners open links"
    assert post(url, {})["Location"] == "/tai-khoan/"
    assert EmailAddress.objects.get().verified
    assert "Lò Thị Mẩu" in client.get("/tai-khoan/").content.decode()

    elsewhere = Client()
    assert (
        post(SIGN_IN, {"login": "MAU@example.vn", "password": PERSON["password1"]}, elsewhere)["Location"]
        == "/tai-khoan/"
    )
    assert is_signed_in(elsewhere)


def test_the_same_in_english(post, client) -> None:
    assert post("/en/account/sign-up/", PERSON)["Location"] == "/en/account/confirm/"
    assert User.objects.get().language == "en"
    assert mail.outbox[0].subject == "Confirm your e-mail address to begin"
    assert link_in(mail.outbox[0]).startswith("/en/account/confirm/")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("full_name", "", "Nhập họ và tên, ví dụ Lò Thị Mẩu."),
        ("full_name", "  12 ", "bằng chữ"),
        ("full_name", "A\x00B", ""),
        ("email", "khong-phai-thu", "phải có dạng"),
        ("password1", "ngan", "10"),
        ("password1", "1234567890", ""),
        ("password1", "mau@example.vn", ""),
    ],
)
def test_bad_input_is_told_at_the_field_and_keeps_what_was_typed(post, field: str, value: str, says: str) -> None:
    response = post(SIGN_UP, {**PERSON, field: value})
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert says in str(response.context["form"].errors[field])
    assert 'value="Mau@Example.VN"' in response.content.decode() or field == "email"
    assert not User.objects.exists()


def test_a_known_address_is_not_given_away(post) -> None:
    UserFactory(email="mau@example.vn")
    known, new = post(SIGN_UP, PERSON, Client()), post(SIGN_UP, {**PERSON, "email": "moi@example.vn"}, Client())
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert Message.objects.get(email="mau@example.vn").code == "account_exists"
    a = post(SIGN_IN, {"login": "mau@example.vn", "password": "sai"}, Client())
    b = post(SIGN_IN, {"login": "khongco@example.vn", "password": "sai"}, Client())
    assert a.context["form"].non_field_errors() == b.context["form"].non_field_errors()
    for address in ("mau@example.vn", "khongco@example.vn"):
        assert post("/tai-khoan/mat-khau/quen/", {"email": address}, Client())["Location"].endswith("/da-gui/")
    assert Message.objects.get(email="khongco@example.vn").code == "account_unknown"


def test_wrong_passwords_run_into_a_limit(post) -> None:
    user = UserFactory()
    for _ in range(5):
        post(SIGN_IN, {"login": user.email, "password": "sai"}, Client())
    client = Client()
    response = post(SIGN_IN, {"login": user.email, "password": PASSWORD}, client)
    assert "Đã thử sai quá nhiều lần" in response.content.decode()
    assert not is_signed_in(client)


def test_the_limits_stand_where_all_processes_see_them() -> None:
    from portal import settings as portal_settings

    assert "filebased" in portal_settings.CACHES["default"]["BACKEND"]


@pytest.mark.parametrize(
    ("goes", "next_url"),
    [
        ("/tai-khoan/tin/", "/tai-khoan/tin/"),
        ("/tai-khoan/", "https://evil.example/"),
        ("/tai-khoan/", "//evil.example/"),
        ("/tai-khoan/", "http://localhost:9/"),
    ],
)
def test_next_stays_in_the_house(post, goes: str, next_url: str) -> None:
    user = UserFactory()
    assert (
        post(f"{SIGN_IN}?next={next_url}", {"login": user.email, "password": PASSWORD, "next": next_url})["Location"]
        == goes
    )


def test_people_of_the_department_land_in_the_back_office(post) -> None:
    user = UserFactory(officer=True)
    assert post(SIGN_IN, {"login": user.email, "password": PASSWORD})["Location"] == "/quan-tri/"


@pytest.mark.parametrize("url", ["/quan-tri/login/", "/_util/login/", "/en/_util/login/"])
def test_wagtails_own_doors_open_no_session(client, url: str) -> None:
    user = UserFactory(admin=True)
    for field in ("username", "login", "email"):
        response = client.post(url, {field: user.email, "password": PASSWORD})
        assert response.status_code == 302
        assert not is_signed_in(client)
    assert client.get(f"{url}?next=/quan-tri/")["Location"].endswith("?next=/quan-tri/")


def test_a_forgotten_password(post) -> None:
    user = UserFactory()
    assert post("/tai-khoan/mat-khau/quen/", {"email": user.email})["Location"] == "/tai-khoan/mat-khau/quen/da-gui/"
    client = Client()
    form = client.get(link_in(mail.outbox[0]), follow=True)
    assert form.status_code == 200
    new = {"password1": "mot cau khac cung dai", "password2": "mot cau khac cung dai"}
    assert post(form.request["PATH_INFO"], new, client)["Location"] == "/tai-khoan/mat-khau/moi/xong/"
    assert mail.outbox[1].subject == "Mật khẩu của bạn đã đổi"
    user.refresh_from_db()
    assert user.check_password("mot cau khac cung dai")
    again = Client().get(link_in(mail.outbox[0]), follow=True)
    assert "không còn dùng được" in again.content.decode()


def test_a_new_address_counts_once_it_is_confirmed(post, client) -> None:
    user = UserFactory()
    old = user.email
    sign_in(client, user)
    client.post("/tai-khoan/xac-thuc-lai/", {"password": PASSWORD})
    post("/tai-khoan/thu-dien-tu/", {"email": "moi@example.vn", "action_add": "1"})
    user.refresh_from_db()
    assert user.email == old
    post(link_in(next(letter for letter in mail.outbox if letter.to == ["moi@example.vn"])), {})
    user.refresh_from_db()
    assert user.email == "moi@example.vn"
    assert {m.email for m in Message.objects.filter(code="account_email_changed")} == {old}


def test_the_session_cookie() -> None:
    assert django_settings.SESSION_COOKIE_NAME == "phien"
    assert django_settings.SESSION_COOKIE_HTTPONLY
    assert django_settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_a_profile_is_changed_and_the_next_letter_follows(client) -> None:
    user = UserFactory()
    sign_in(client, user)
    client.post("/tai-khoan/thong-tin/", {"full_name": "  Giàng   A Thử ", "language": "en"})
    user.refresh_from_db()
    assert (user.full_name, user.language) == ("Giàng A Thử", "en")


def test_a_language_is_named_in_itself_and_marked_where_the_page_has_another(client) -> None:
    sign_in(client, UserFactory())
    for address in ("/en/account/", "/en/account/details/"):
        assert '<span lang="vi">Tiếng Việt</span>' in client.get(address).content.decode()
    page = client.get("/tai-khoan/thong-tin/").content.decode()
    assert '<span lang="en">English</span>' in page
    assert '<span lang="vi">' not in page
