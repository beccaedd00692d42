"""The key to a dossier: its form, its life, and that it tells and leaves nothing."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from portal.logging import JsonFormatter
from registry.core import clock
from registry.dossiers.helped import passes, services
from registry.dossiers.helped.keys import ALPHABET, hash_of, in_groups, new_key, read_key
from registry.dossiers.helped.models import Pass
from registry.dossiers.models import Dossier
from registry.dossiers.services import save_step
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import answers
from tests.dossiers.helping import (
    NO_KEY,
    given,
    helped,
    helper_of,
    phone,
    phone_refused,
    said,
    sending,
)
from tests.dossiers.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limit_left_over")]


# --- the key


def test_a_key_is_what_people_can_type() -> None:
    key = new_key()
    assert len(key) == 12
    assert set(key) <= set(ALPHABET)
    assert not set("01ILOU") & set(ALPHABET)
    for typed in (
        key,
        in_groups(key),
        in_groups(key).lower(),
        f" {key[:6]} {key[6:]} ",
        in_groups(key).replace("-", "."),
    ):
        assert read_key(typed) == key
    for typed in ("", key[:-1], key + "2", "O" * 12, "\x00" * 12, "К7РМ2XQ49RTB", "9" * 5000):
        assert read_key(typed) == "" or read_key(typed) == typed


def test_the_key_itself_is_kept_nowhere(settings: Any) -> None:
    key = given(helped())
    row = Pass.objects.get()
    assert row.secret == hash_of(key)
    assert key not in json.dumps(list(Pass.objects.values()), default=str)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of the installation"
    assert passes.take_up(key).pk == row.pk


# --- the life of a key


def used(made: Dossier, key: str) -> None:
    phone(key).post("/tiep-tuc/ho-so/", sending(made))


ENDS: dict[str, Callable[[Dossier, str], Any]] = {
    "replaced": lambda made, key: given(made),
    "taken back": lambda made, key: services.take_back(made, actor=helper_of(made)),
    "withdrawn by end": lambda made, key: passes.end(Pass.objects.all()),
    "sent back": lambda made, key: services.send_back(
        passes.take_up(key), "Sai tên.", expected_version=Dossier.objects.get().version
    ),
    "expired": lambda made, key: Pass.objects.update(expires_at=clock.now()),
}


@pytest.mark.parametrize("how", ENDS)
def test_a_key_that_has_ended_opens_nothing_and_sends_nothing(how: str) -> None:
    made = helped()
    key = given(made)
    open_before = phone(key)
    ENDS[how](made, key)
    assert NO_KEY in said(phone_refused(key))
    assert open_before.get("/tiep-tuc/ho-so/").status_code == 410
    assert open_before.post("/tiep-tuc/ho-so/", sending(made)).status_code == 410
    late = {"_wrong": "1", "wrong": "Tên tôi là Mẩu.", "version": made.version}
    assert "Tên tôi là Mẩu." in said(open_before.post("/tiep-tuc/ho-so/", late), 410)
    assert Dossier.objects.get().state == "draft"


def test_a_used_key_only_shows_how_far_it_has_come() -> None:
    made = helped()
    key = given(made)
    used(made, key)
    again = phone(key)
    text = said(again.get("/tiep-tuc/ho-so/"))
    assert "Bạn xác nhận và gửi lúc" in text
    assert "Lò Thị Mẫu" not in text
    assert "Hồ sơ đã gửi rồi, không cần gửi lần nữa." in said(
        again.post("/tiep-tuc/ho-so/", sending(made), follow=True)
    )
    late = {"_wrong": "1", "wrong": "Tên tôi là <Mẩu>.", "version": made.version}
    told = said(again.post("/tiep-tuc/ho-so/", late), 409)
    for words in ("hồ sơ đã gửi trước đó", "Tên tôi là &lt;Mẩu&gt;.", "Gọi Vàng Thị Hộ, Hội Phụ nữ Bản Mẫu"):
        assert words in told, "what somebody writes on a second phone is not lost silently"
    assert made.submissions.count() == 1
    again.force_login(UserFactory())
    assert again.post("/tiep-tuc/nhan-lai/").status_code == 410
    with clock.at(clock.now() + timedelta(days=366)):
        assert NO_KEY in said(phone_refused(key))


def test_it_opens_for_the_days_of_the_setting(settings: Any) -> None:
    settings.CONFIRM_LINK_DAYS = 3
    key = given(helped())
    with clock.at(clock.now() + timedelta(days=2, hours=23)):
        phone(key)
    with clock.at(clock.now() + timedelta(days=3, minutes=1)):
        assert NO_KEY in said(phone_refused(key))


def test_a_page_that_is_out_of_date_sends_nothing() -> None:
    made = helped()
    client = phone(given(made))
    old = sending(made)
    services.take_back(made, actor=helper_of(made))
    step = made.kind.step("ten")
    data = {name: answers().get(name) for name in step.form.base_fields} | {"name_vi": "Tên khác"}
    save_step(made, step, data, actor=helper_of(made), seen=made.answers_version)
    assert client.post("/tiep-tuc/ho-so/", old).status_code == 410
    client = phone(given(made))
    page = said(client.post("/tiep-tuc/ho-so/", old), 409)
    assert "Tên khác" in page
    assert Dossier.objects.get().state == "draft"


def test_guessing_is_counted_and_a_right_key_is_not(recorded_queries: Any) -> None:
    key = given(helped())
    client = Client()
    for _ in range(12):
        assert client.post("/tiep-tuc/", {"key": key}).status_code == 302
    answers_ = [client.post("/tiep-tuc/", {"key": new_key()}).status_code for _ in range(12)]
    assert answers_ == [200] * 10 + [429] * 2
    assert client.post("/tiep-tuc/", {"key": key}).status_code == 429


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "K7PM", "9" * 5000, "<script>alert(1)</script>", "' OR 1=1 --"])
def test_what_is_no_key_is_told_at_the_field(typed: str) -> None:
    page = said(Client().post("/tiep-tuc/", {"key": typed}))
    assert 'aria-invalid="true"' in page
    assert "<script>alert" not in page


# --- a link tells nobody anything


@pytest.mark.parametrize("path", ["/tiep-tuc/{key}/", "/en/continue/{key}/", "/tiep-tuc/"])
def test_a_get_changes_nothing_tells_nothing_and_is_kept_by_nobody(path: str, recorded_queries: Any) -> None:
    made = helped()
    key = given(made)
    with recorded_queries() as queries:
        response = Client().get(path.format(key=key))
    text = said(response)
    assert queries.writes == []
    assert made.reference not in text
    assert "Trà cổ thụ" not in text
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "strict-origin"
    assert "noindex" in response["X-Robots-Tag"]
    assert settings_session(response) is False
    assert Pass.objects.get().opened_at is None


def settings_session(response: Any) -> bool:
    return "phien" in response.cookies


def test_a_wrong_link_looks_like_a_right_one() -> None:
    key, wrong = given(helped()), new_key()
    pages = [said(Client().get(f"/tiep-tuc/{one}/")) for one in (key, wrong)]
    for page, one in zip(pages, (key, wrong), strict=True):
        assert one in page
    shapes = [
        page.replace(one, "").split("csrfmiddlewaretoken")[0] for page, one in zip(pages, (key, wrong), strict=True)
    ]
    assert shapes[0] == shapes[1]


def test_the_key_is_never_logged(caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    made = helped()
    key = given(made)
    client = Client()
    client.get(f"/tiep-tuc/{key}/")
    client.get(f"/tiep-tuc/{key}")
    client.get(f"/en/continue/{key}/x/")
    client.post(f"/tiep-tuc/{key}/")
    client.post("/tiep-tuc/", {"key": key})
    client.get("/tiep-tuc/ho-so/", headers={"referer": f"http://testserver/tiep-tuc/{key}/"})
    client.post("/tiep-tuc/ho-so/", sending(made))
    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert any('"route": "tiep-tuc/<str:key>/"' in line for line in lines)
    assert not [line for line in lines if key in line or in_groups(key) in line]


def test_the_session_holds_no_key_and_the_address_is_clean() -> None:
    key = given(helped())
    client = phone(key)
    assert key not in json.dumps(dict(client.session))
    assert client.session["pass"] == Pass.objects.get().pk
    assert client.post("/tiep-tuc/xong/")["Location"] == "/tiep-tuc/"
    assert client.get("/tiep-tuc/ho-so/").status_code == 410


def test_query_budgets(query_budget: Any) -> None:
    made = helped()
    client = phone(given(made))
    with query_budget(25):
        said(client.get("/tiep-tuc/ho-so/"))
    helper = visitor(helper_of(made))
    with query_budget(20):
        said(helper.get("/tai-khoan/nhap-ho/"))
