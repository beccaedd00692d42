"""People of the department stay out of the back office without a second factor, unless this is the demo."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from tests.accounts.factories import PASSWORD, UserFactory, sign_in

pytestmark = pytest.mark.django_db
ADMIN = "/quan-tri/"


@pytest.fixture(autouse=True)
def _production(settings) -> None:
    settings.DEMO = False
    cache.clear()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_without_one_they_are_sent_to_set_it_up(client) -> None:
    client.force_login(UserFactory(officer=True))
    assert client.get(ADMIN)["Location"] == "/tai-khoan/bao-mat/"
    assert "Cán bộ của Sở cần bật" in client.get("/tai-khoan/bao-mat/").content.decode()


def test_with_one_but_not_in_this_session_they_prove_it(client) -> None:
    user = UserFactory(leader=True)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(user)
    assert client.get(ADMIN)["Location"] == "/tai-khoan/xac-thuc-lai/ma/?next=%2Fquan-tri%2F"


def test_the_demo_does_without(client, settings) -> None:
    settings.DEMO = True
    call_command("sync_roles", verbosity=0)
    client.force_login(UserFactory(officer=True))
    assert client.get(ADMIN, follow=True).status_code == 200


def test_people_from_outside_are_refused_with_or_without(client) -> None:
    client.force_login(UserFactory())
    assert client.get(ADMIN).status_code == 403


def test_leaving_needs_no_second_factor(client) -> None:
    client.force_login(UserFactory(officer=True))
    assert client.post("/tai-khoan/dang-xuat/").status_code == 302


def test_the_whole_way(client, django_capture_on_commit_callbacks) -> None:
    user = UserFactory(officer=True)
    client.post("/tai-khoan/dang-nhap/", {"login": user.email, "password": PASSWORD})
    assert client.get("/tai-khoan/bao-mat/bat/")["Location"].startswith("/tai-khoan/xac-thuc-lai/")
    client.post("/tai-khoan/xac-thuc-lai/", {"password": PASSWORD})
    page = client.get("/tai-khoan/bao-mat/bat/").content.decode()
    assert "data:image/svg" in page
    secret = re.search(r'<code class="mono">([A-Z2-7]+)<', page)[1]
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/tai-khoan/bao-mat/bat/", {"code": code_of(secret)}).status_code == 302
    assert "Mã dự phòng" in client.get("/tai-khoan/bao-mat/ma-du-phong/").content.decode()
    assert client.get(ADMIN)["Location"].startswith("/tai-khoan/xac-thuc-lai/ma/")

    cache.clear()  # a code works once; the test cannot wait thirty seconds for the next one
    other = Client()
    assert other.post("/tai-khoan/dang-nhap/", {"login": user.email, "password": PASSWORD})["Location"].endswith("/ma/")
    assert "_auth_user_id" not in other.session
    assert other.get("/tai-khoan/").status_code == 302
    wrong = other.post("/tai-khoan/dang-nhap/ma/", {"code": "000000"})
    assert "Mã chưa đúng" in wrong.content.decode()
    assert other.post("/tai-khoan/dang-nhap/ma/", {"code": code_of(secret)})["Location"] == ADMIN
    call_command("sync_roles", verbosity=0)
    assert other.get(ADMIN).status_code == 200


def test_recovery_codes_are_not_read_without_the_password_again(client) -> None:
    user = UserFactory(officer=True)
    sign_in(client, user)
    assert client.get("/tai-khoan/bao-mat/tat/")["Location"].startswith("/tai-khoan/xac-thuc-lai/")


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("/tai-khoan/bao-mat/ma-du-phong/tai/", "ma-khoi-phuc.txt"),
        ("/en/account/security/recovery-codes/download/", "recovery-codes.txt"),
    ],
)
def test_the_file_of_recovery_codes_has_a_name_its_reader_understands(client, page: str, name: str) -> None:
    user = UserFactory()
    RecoveryCodes.activate(user)
    client.force_login(user)
    client.post("/tai-khoan/xac-thuc-lai/", {"password": PASSWORD})
    assert client.get(page)["Content-Disposition"] == f'attachment; filename="{name}"'
