"""How a person wants to be told: at once, gathered in the morning, in the inbox only; and the address that stops letters."""

import contextlib
from datetime import datetime, timedelta
from random import Random

import pytest
from django.core import mail
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications import bounces, digest, preferences
from notifications.catalogue import CATALOGUE, GROUPS
from notifications.delivery import deliver_due
from notifications.models import InboxItem, Message, Preference, Way
from notifications.services import Recipient, notify
from registry.core import clock
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db
CONTEXT = {"reference": "KN-2026-00007", "title": "Trà cổ thụ", "url": "/tai-khoan/x/", "organisation": "A", "asker": "An", "email": "a@b.vn"}  # fmt: skip
PAGE = "/tai-khoan/thong-bao/"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=clock.ZONE)


def tell(user, key: str, moment: datetime, code: str = "join_requested") -> None:
    extra = {"due": moment} if CATALOGUE[code].group in ("desk", "deadline", "procedure") else {}
    with clock.at(moment):
        notify(code, [Recipient(user.email, user.pk, user.language, user.full_name)], key, CONTEXT | extra)


def morning(moment: datetime) -> int:
    with clock.at(moment):
        made = digest.gather(moment)
        deliver_due(moment)
    return made


def test_every_message_belongs_to_a_group_and_only_the_fixed_ones_are_legal() -> None:
    fixed = {group.code: bool(group.fixed) for group in GROUPS}
    for entry in CATALOGUE.values():
        if entry.code != digest.CODE:
            assert not entry.legal or fixed[entry.group]
            assert entry.digestible <= (not fixed[entry.group])


def test_the_inbox_only_means_no_letter_and_evidence_that_it_was_told() -> None:
    user = UserFactory()
    preferences.choose(user.pk, {"organisation": Way.INBOX})
    tell(user, "k", at(5, 12))
    deliver_due(at(6, 12))
    assert mail.outbox == []
    assert InboxItem.objects.filter(user=user).count() == Message.objects.filter(way="inbox").count() == 1


def test_what_the_law_asks_for_is_sent_whatever_was_chosen() -> None:
    user = UserFactory()
    for group in ("procedure", "account", "x"):
        with pytest.raises(LookupError):
            preferences.choose(user.pk, {group: Way.INBOX})
    Preference.objects.create(user=user, group="procedure", way=Way.INBOX, changed_at=at(1, 8))
    tell(user, "k", at(5, 12), "dossier_submitted")
    deliver_due(at(5, 13))
    assert len(mail.outbox) == 1
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_the_morning_letter_gathers_once_what_came_before_seven() -> None:
    user = UserFactory()
    preferences.choose(user.pk, {"organisation": Way.DIGEST})
    tell(user, "a", at(5, 12))
    tell(user, "b", at(6, 6, 59))
    tell(user, "c", at(6, 7, 1))
    assert morning(at(5, 23)) == 0
    assert morning(at(6, 6, 59)) == 0
    assert morning(at(6, 7)) == 1
    assert [morning(at(6, hour)) for hour in (7, 8, 23)] == [0, 0, 0]
    (letter,) = mail.outbox
    assert letter.subject == "Tin gom sáng nay: 2 tin"
    assert letter.body.count("•") == 2
    assert "/digest" not in letter.extra_headers["List-Unsubscribe"]
    assert morning(at(9, 3)) == 1, "the one of the 8th, told late"
    assert Message.objects.filter(way="digest", digest=None).count() == 0
    assert len(mail.outbox) == 2


def test_the_morning_letter_goes_to_the_address_of_today_in_the_language_of_today() -> None:
    """The one at which the news was written may be dead: what was gathered for it is not lost with it."""
    user = UserFactory()
    preferences.choose(user.pk, {"organisation": Way.DIGEST})
    tell(user, "a", at(5, 12))
    bounces.mark(user.email, "550 no such person", at=at(5, 13))
    type(user).objects.filter(pk=user.pk).update(email="moi@example.vn", language="en")
    assert morning(at(6, 7)) == 1
    (letter,) = mail.outbox
    assert letter.to == ["moi@example.vn"]
    assert letter.extra_headers["Content-Language"] == "en"
    assert Message.objects.get(way="digest").digest.email == "moi@example.vn"


def test_a_key_does_not_wait_in_the_table_for_the_morning() -> None:
    user = UserFactory()
    preferences.choose(user.pk, {"confirmation": Way.DIGEST})
    context = {"reference": "KN-1", "title": "T", "confirmed_on": at(5, 8), "due_on": at(5, 8), "left": 3}
    notify(
        "confirmation_due", [Recipient(user.email, user.pk)], "k", context | {"url": "/a/", "confirm_url": "/geheim/"}
    )
    assert "geheim" not in Message.objects.get().body_text + Message.objects.get().body_html
    assert InboxItem.objects.get().url == "/a/"


class Killed(BaseException):
    pass


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_a_week_of_news_runs_and_kills_loses_nothing_and_tells_nothing_twice(monkeypatch, seed: int) -> None:
    """Against an oracle: each piece in the one letter of the first seven o'clock after it, or in a later one when late."""
    from django.db import transaction

    rng = Random(seed)
    with transaction.atomic():
        users = [UserFactory() for _ in range(2)]
        for user in users:
            preferences.choose(user.pk, {"organisation": Way.DIGEST})
        moment, pieces = at(5, 6), 0
        while moment < at(12, 6):
            moment += timedelta(minutes=rng.randint(30, 900))
            if rng.random() < 0.6:
                pieces += 1
                tell(rng.choice(users), f"k{pieces}", moment)
            else:
                run_maybe_killed(monkeypatch, rng, moment)
        morning(moment + timedelta(days=1))
        rows = Message.objects.filter(way="digest")
        assert rows.count() == pieces
        assert not rows.filter(digest=None).exists()
        for row in rows:
            assert row.digest.user_id == row.user_id
            assert row.created_at < digest.slot(row.digest.created_at)
        letters = list(Message.objects.filter(code=digest.CODE).values_list("user", "key"))
        assert len(letters) == len(set(letters))
        transaction.set_rollback(True)


def run_maybe_killed(monkeypatch, rng: Random, moment: datetime) -> None:
    def die(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        if rng.random() < 0.5:
            patch.setattr(digest.services, "notify", die)
        for _ in range(rng.choice((1, 2))):
            with contextlib.suppress(Killed):
                morning(moment)


def test_one_click_stops_a_group_without_a_session_and_looking_does_not() -> None:
    user = UserFactory()
    tell(user, "a", at(5, 12))
    deliver_due(at(5, 12))
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    assert address in mail.outbox[0].body
    path = address.removeprefix("http://localhost:8000")
    client = Client(enforce_csrf_checks=True)
    page = client.get(path)
    assert page.status_code == 200
    assert "Tổ chức của bạn" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert preferences.chosen(user.pk)["organisation"] == Way.NOW
    for _ in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert preferences.chosen(user.pk)["organisation"] == Way.INBOX
    assert Preference.objects.count() == 1
    assert client.post(path[:-4] + "xxx/").status_code == 404


def test_stopping_the_morning_letter_keeps_the_inbox() -> None:
    user = UserFactory()
    preferences.choose(user.pk, {"organisation": Way.DIGEST})
    preferences.stop(user.pk, preferences.DIGEST)
    assert preferences.chosen(user.pk)["organisation"] == Way.INBOX


def test_the_page_asks_what_concerns_the_person_and_keeps_the_answer(client) -> None:
    user = UserFactory()
    sign_in(client, user)
    page = client.get(PAGE).content.decode()
    assert "Luôn gửi ngay, vì thủ tục có thời hạn" in page
    assert 'name="organisation"' in page
    assert 'name="desk"' not in page
    chosen = {
        "organisation": "digest",
        "confirmation": "inbox",
        "year_report": "now",
        "goal": "now",
        "procedure": "inbox",
        "desk": "inbox",
    }
    answer = client.post(PAGE, chosen)
    assert answer.status_code == 302
    ways = preferences.chosen(user.pk)
    assert (ways["organisation"], ways["confirmation"], ways["desk"]) == (Way.DIGEST, Way.INBOX, Way.NOW)
    wrong = client.post(PAGE, {"organisation": "x\0", "confirmation": "now"})
    assert wrong.status_code == 200
    assert "Chọn một trong ba cách nhận tin." in wrong.content.decode()
    assert preferences.chosen(user.pk)["organisation"] == Way.DIGEST
    assert "How you are told" in client.get("/en/account/notifications/").content.decode()
