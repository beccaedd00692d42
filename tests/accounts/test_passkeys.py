"""Passkeys at the level of the pages: what is asked of whom, and what anybody's JSON gets for an answer. (The rest: a browser.)"""

import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.models import Session
from django.core.cache import cache

from accounts.forms import CodeAgainForm, CodeForm
from accounts.secrets import sealed
from tests.accounts.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = "/tai-khoan/dang-nhap/khoa/"
ADD = "/tai-khoan/bao-mat/khoa/moi/"
AGAIN = "/tai-khoan/xac-thuc-lai/"
NO_PASSKEYS = [
    "",
    "{",
    "1",
    "[]",
    "null",
    '"khoa"',
    "{}",
    '{"id": "x"}',
    '{"id":"eA","rawId":"eA","type":"public-key","response":{}}',
    '{"id":"eA","rawId":"eA","type":"public-key","response":{"userHandle":"MQ"}}',
    '{"id":"eA","rawId":"eA","type":"public-key","response":{"userHandle":null,"clientDataJSON":"eA","signature":"eA","authenticatorData":"eA"}}',
    '{"id":"eA","rawId":"eA","type":"public-key","response":{"userHandle":"enp6enp6enp6enp6enp6enp6enp6","clientDataJSON":"e30","signature":"eA","authenticatorData":"eA"}}',
    '{"id":"eA","rawId":"eA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
    '{"id":"a\\u0000","rawId":"a\\u0000","response":[1,2]}',
    "[" * 19_000,
    "[" * 40_000,
]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def with_key(user, name: str = "Điện thoại") -> Authenticator:
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": {}}
    )


@pytest.mark.parametrize("text", NO_PASSKEYS, ids=range(len(NO_PASSKEYS)))
def test_what_is_no_passkey_is_told_so_at_every_door(client, text) -> None:
    UserFactory(pk=1)
    client.post(SIGN_IN)
    assert "chưa dùng được" in client.post(SIGN_IN, {"credential": text}, follow=True).content.decode()
    user = UserFactory()
    client.force_login(user)
    client.post(AGAIN, {"password": PASSWORD})
    client.get(ADD)
    answer = client.post(ADD, {"name": "A", "credential": text})
    assert answer.status_code == 200
    assert "chưa dùng được" in answer.content.decode()
    assert not user.authenticator_set.exists()


def test_looking_at_the_door_writes_nothing_and_asking_is_a_post(client) -> None:
    assert client.get("/tai-khoan/dang-nhap/").status_code == 200
    assert (
        client.get(SIGN_IN, {"next": "/tai-khoan/tin/"})["Location"]
        == "/tai-khoan/dang-nhap/?next=%2Ftai-khoan%2Ftin%2F"
    )
    assert not Session.objects.exists()
    asked = client.post(SIGN_IN).json()["publicKey"]
    assert (asked["rpId"], asked["userVerification"]) == ("localhost", "required")
    assert not asked.get("allowCredentials"), "the answer must not tell who has a passkey"


def test_a_new_key_is_a_whole_one_and_asked_for_only_after_the_password(client) -> None:
    client.force_login(UserFactory())
    assert client.get(ADD)["Location"].startswith(AGAIN)
    client.post(AGAIN, {"password": PASSWORD})
    page = client.get(
        ADD, headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari/537"}
    ).content.decode()
    assert "&quot;residentKey&quot;:&quot;required&quot;" in page
    assert "&quot;userVerification&quot;:&quot;required&quot;" in page
    assert "Chrome trên Android" in page, "a name to begin with"


def test_a_key_is_renamed_and_removed_by_its_owner_alone(
    client, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    user = UserFactory()
    mine, foreign = with_key(user), with_key(UserFactory())
    client.force_login(user)
    client.post(AGAIN, {"password": PASSWORD})
    for address in ("", "bo/"):
        assert client.get(f"/tai-khoan/bao-mat/khoa/{foreign.pk}/{address}").status_code == 404
        assert client.post(f"/tai-khoan/bao-mat/khoa/{foreign.pk}/{address}", {"name": "x"}).status_code == 404
    address = f"/tai-khoan/bao-mat/khoa/{mine.pk}/"
    assert "Nhập tên của khóa, ví dụ Điện thoại của Mẩu." in client.post(address, {"name": " \u200b "}).content.decode()
    assert client.post(address, {"name": "Máy  ở cơ quan"})["Location"] == "/tai-khoan/bao-mat/"
    assert "Máy ở cơ quan" in client.get("/tai-khoan/bao-mat/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address + "bo/")["Location"] == "/tai-khoan/bao-mat/"
    assert [letter.subject for letter in mailoutbox] == ["Một khóa truy cập đã bị bỏ"]
    assert client.post(address + "bo/").status_code == 404
    assert foreign in Authenticator.objects.all()


def test_the_back_office_asks_for_the_passkey_of_who_has_only_that(client, settings) -> None:
    settings.DEMO = False
    user = UserFactory(officer=True)
    with_key(user)
    client.force_login(user)
    assert client.get("/quan-tri/")["Location"] == "/tai-khoan/xac-thuc-lai/khoa/?next=%2Fquan-tri%2F"


def test_a_password_alone_does_not_pass_where_a_passkey_stands(client) -> None:
    user = UserFactory()
    with_key(user)
    assert client.post("/tai-khoan/dang-nhap/", {"login": user.email, "password": PASSWORD})["Location"].endswith(
        "/ma/"
    )
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("form", [CodeForm, CodeAgainForm])
def test_without_an_app_a_spent_recovery_code_sends_nobody_into_an_app(form, rf) -> None:
    user = UserFactory()
    with_key(user)
    RecoveryCodes.activate(user)
    code = user.authenticator_set.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]
    with request_context(rf.post("/")):
        assert form({"code": code}, user=user).is_valid()
        told = form({"code": code}, user=user).errors["code"]
        assert told == ["Mã chưa đúng hoặc đã dùng rồi. Nhập một mã dự phòng chưa dùng."]
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": sealed("JBSWY3DPEHPK3PXP")}
        )
        assert "Nhập mã đang hiện trong ứng dụng." in form({"code": code}, user=user).errors["code"][0]
