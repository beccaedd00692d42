"""The outbox: one message for one occasion, after commit, again only when it did not leave, never twice."""

import json
import threading
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection, transaction

from notifications import clock, delivery
from notifications.catalogue import CATALOGUE, Channel
from notifications.models import InboxItem, Message
from notifications.rendering import render
from notifications.services import Recipient, deliver_due, mark_read, notify
from tests.accounts.factories import UserFactory

NOON = datetime(2026, 10, 5, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SUBMITTED = {"reference": "KN-2026-00007", "title": "Trà cổ thụ", "url": "/tai-khoan/x/", "due": NOON}
TO = [Recipient("an@example.vn", name="An")]


class Refusing(EmailBackend):
    def send_messages(self, messages: list) -> int:
        raise ConnectionRefusedError("no mail server")


@pytest.fixture
def refusing(settings) -> None:
    settings.EMAIL_BACKEND = "tests.notifications.test_outbox.Refusing"


LISTS = {"goal_changed": {"turns": [{"title": "Chi cho đổi mới sáng tạo", "was": "đạt", "now": "chưa đạt"}]}}


def sample(code: str) -> dict:
    moments = {"due", "expires_at", "at", "published_on", "decided_on", "confirmed_on", "due_on"}
    return (
        {
            name: NOON
            if name in moments
            else 3
            if name in ("count", "left")
            else f"/{name}/"
            if name.endswith("url")
            else f"giá trị {name}"
            for name in CATALOGUE[code].needs
        }
        | {"name": "An", "items": [{"title": "Tin một", "text": "Một câu."}]}
        | LISTS.get(code, {})
    )


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_message_names_the_next_step_in_both_languages(code: str, language: str) -> None:
    words = render(code, language, sample(code))
    assert 5 < len(words.subject) < 120
    assert {"vi": "Việc tiếp theo:", "en": "What happens next:"}[language] in words.text
    assert "http://localhost:8000/" in words.text
    assert "{{" not in words.text
    assert "&#" not in words.text


@pytest.mark.django_db
def test_a_message_is_a_row_first_and_leaves_on_commit(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notify("dossier_submitted", TO, "KN-2026-00007/1", SUBMITTED)
        assert mail.outbox == []
    message = Message.objects.get()
    assert message.sent_at is not None
    assert message.legal
    assert message.context == {"reference": "KN-2026-00007"}
    (letter,) = mail.outbox
    assert letter.to == ["an@example.vn"]
    assert "KN-2026-00007" in letter.subject
    assert "thứ Hai 05/10/2026" in letter.body
    assert str(message.uid) in letter.extra_headers["Message-ID"]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_tells_nobody() -> None:
    def change() -> None:
        with transaction.atomic():
            notify("dossier_submitted", TO, "KN-2026-00007/1", SUBMITTED)
            raise ZeroDivisionError

    pytest.raises(ZeroDivisionError, change)
    assert not Message.objects.exists()
    assert mail.outbox == []


@pytest.mark.django_db
def test_the_same_occasion_is_told_once(django_capture_on_commit_callbacks) -> None:
    user = UserFactory()
    to = [Recipient(user.email, user.pk)]
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            notify("dossier_submitted", to, "KN-2026-00007/1", SUBMITTED)
    assert Message.objects.count() == InboxItem.objects.count() == len(mail.outbox) == 1
    with django_capture_on_commit_callbacks(execute=True):
        notify("dossier_submitted", to, "KN-2026-00007/2", SUBMITTED)
    assert Message.objects.count() == InboxItem.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_letter_comes_back_later_each_time_and_is_not_called_sent(refusing, settings) -> None:
    notify("dossier_arrived", TO, "k", {**SUBMITTED, "applicant": "A"}, due_at=NOON)
    assert deliver_due(NOON - timedelta(seconds=1)) == 0
    assert Message.objects.get().attempts == 0
    moment = NOON
    waits = []
    for _ in range(8):
        assert deliver_due(moment) == 0
        message = Message.objects.get()
        assert message.sent_at is None
        assert "ConnectionRefusedError" in message.last_error
        waits.append(message.next_try_at - moment)
        assert deliver_due(message.next_try_at - timedelta(seconds=1)) == 0
        moment = message.next_try_at
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver_due(moment) == 1
    assert deliver_due(moment + timedelta(days=9)) == 0
    assert len(mail.outbox) == 1
    assert Message.objects.get().last_error == ""


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "given_up"), [("dossier_arrived", True), ("dossier_submitted", False)])
def test_only_a_message_that_no_law_asks_for_is_given_up(refusing, code: str, given_up: bool) -> None:
    notify(code, TO, "k", {**SUBMITTED, "applicant": "A"}, due_at=NOON)
    moment = NOON
    for _ in range(delivery.GIVE_UP_AFTER + 1):
        deliver_due(moment)
        moment += timedelta(hours=7)
    assert (Message.objects.get().given_up_at is not None) is given_up


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_letter_once(settings) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    for number in range(12):
        notify("dossier_submitted", TO, f"k{number}", SUBMITTED, due_at=tomorrow)
    start = threading.Barrier(4)
    sent: list[int] = []

    def sender() -> None:
        try:
            start.wait(10)
            sent.append(deliver_due(tomorrow))
        finally:
            connection.close()

    threads = [threading.Thread(target=sender) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(sent) == len(mail.outbox) == 12
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 12


@pytest.mark.django_db
def test_a_dead_sender_loses_its_claim() -> None:
    notify("dossier_submitted", TO, "k", SUBMITTED, due_at=NOON)
    message = Message.objects.get()
    assert delivery.claim(message, NOON)
    assert not delivery.claim(message, NOON)
    assert deliver_due(NOON + delivery.CLAIM - timedelta(seconds=1)) == 0
    assert deliver_due(NOON + delivery.CLAIM) == 1


@pytest.mark.django_db
def test_a_key_in_a_letter_does_not_stay_in_the_table(settings) -> None:
    context = {"url": "/tai-khoan/xac-nhan/secret/", "expires_at": NOON}
    notify("account_reset_password", TO, "a", context, due_at=NOON)
    deliver_due(NOON)
    assert "secret" in mail.outbox[0].body
    assert "secret" not in Message.objects.get().body_text
    settings.DEMO = True
    notify("account_reset_password", TO, "b", context, due_at=NOON)
    deliver_due(NOON)
    assert "secret" in Message.objects.get(key="b").body_text


@pytest.mark.django_db
def test_what_a_person_typed_stays_a_word_in_a_sentence() -> None:
    title = "Trà\n\n[Nhận tiền](https://evil.example)\n\n<script>alert(1)</script>"
    notify("dossier_submitted", TO, "k", {**SUBMITTED, "title": title}, due_at=NOON)
    message = Message.objects.get()
    assert "\n[Nhận tiền]" not in message.body_text
    assert 'href="https://evil.example' not in message.body_html
    assert "<script>" not in message.body_html


@pytest.mark.django_db
def test_a_context_that_lacks_a_word_is_refused() -> None:
    with pytest.raises(LookupError, match="due"):
        notify("dossier_submitted", TO, "k", {"reference": "a", "title": "b", "url": "/c/"})
    with pytest.raises(LookupError):
        notify("no_such_message", TO, "k", {})


@pytest.mark.django_db
def test_each_reads_in_their_language_and_marks_it_read(django_capture_on_commit_callbacks) -> None:
    vi, en = UserFactory(), UserFactory(language="en")
    notify("dossier_submitted", [Recipient(u.email, u.pk, u.language, u.full_name) for u in (vi, en)], "k", SUBMITTED)
    assert vi.inbox_items.get().title.startswith("Sở đã nhận")
    assert en.inbox_items.get().title.startswith("The department")
    assert mark_read(en.pk, vi.inbox_items.get().pk) == 0
    assert mark_read(vi.pk) == 1
    assert mark_read(vi.pk) == 0


@pytest.mark.django_db
def test_the_outbox_is_readable_by_machines() -> None:
    notify("dossier_submitted", TO, "KN-2026-00007/1", SUBMITTED, due_at=NOON)
    out = StringIO()
    call_command("outbox", "--json", stdout=out)
    (row,) = json.loads(out.getvalue())
    assert set(row) == {"code", "recipient", "key", "due", "sent"}
    assert (row["code"], row["recipient"], row["sent"]) == ("dossier_submitted", "an@example.vn", None)


def test_every_entry_reaches_somebody() -> None:
    assert all(entry.channels & {Channel.EMAIL, Channel.INBOX} and entry.audience for entry in CATALOGUE.values())
