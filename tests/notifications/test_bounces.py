"""Addresses from which mail comes back: a real server's refusal, a returned letter, and the way back."""

import mailbox
import re
import socketserver
import threading
from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO, StringIO

import pytest
from django.core import mail
from django.core.mail.utils import DNS_NAME
from django.core.management import CommandError, call_command

from notifications import bounces, clock, moving
from notifications.delivery import deliver_due, settle
from notifications.models import BouncedAddress, Message
from notifications.services import Recipient, notify
from tests.accounts.factories import UserFactory, sign_in
from tests.desk.pages import words

pytestmark = pytest.mark.django_db
CONTEXT = {"reference": "KN-2026-00007", "title": "Trà cổ thụ", "url": "/tai-khoan/x/", "organisation": "A", "asker": "An", "email": "a@b.vn"}  # fmt: skip
OPTIONAL, LEGAL = "join_requested", "dossier_submitted"


class Server(socketserver.ThreadingTCPServer):
    """As much of SMTP as smtplib speaks. Mail for `gone@` is refused for good, for `full@` for now."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.taken: list[bytes] = []


class Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 here")
        for line in self.rfile:
            verb = line.split(b" ")[0].strip().upper()
            if verb == b"DATA":
                self.say("354 go on")
                self.server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))  # type: ignore[attr-defined]
            if verb == b"QUIT":
                self.say("221 bye")
                return
            if verb == b"RCPT" and b"gone@" in line:
                self.say("550 5.1.1 no such person")
            elif verb == b"RCPT" and b"full@" in line:
                self.say("452 4.2.2 mailbox full")
            else:
                self.say("250 ok")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def server(settings, monkeypatch):
    here = Server()
    threading.Thread(target=here.serve_forever, args=(0.02,), daemon=True).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = here.server_address
    settings.EMAIL_TIMEOUT = 10
    monkeypatch.setattr(DNS_NAME, "_fqdn", "localhost", raising=False)  # asked of the network otherwise
    yield here
    here.shutdown()
    here.server_close()


def tell(email: str, code: str, key: str = "k", user_id: int | None = None) -> Message:
    now = clock.now()
    notify(code, [Recipient(email, user_id)], key, CONTEXT | ({"due": now} if code == LEGAL else {}))
    deliver_due(clock.now())
    return Message.objects.get(code=code, key=key, email=email)


def test_a_refusal_for_good_marks_the_address_and_only_what_the_law_asks_for_is_tried_on(server) -> None:
    legal, optional = tell("gone@example.vn", LEGAL), tell("gone@example.vn", OPTIONAL)
    mark = BouncedAddress.objects.get()
    assert (mark.email, mark.reason) == ("gone@example.vn", "550 5.1.1 no such person")
    assert legal.given_up_at is None
    assert legal.attempts == 1
    assert optional.given_up_at is not None
    assert tell("gone@example.vn", OPTIONAL, "later").last_error == "địa chỉ trả thư"
    deliver_due(clock.now() + timedelta(hours=1))
    assert Message.objects.get(code=LEGAL).attempts == 2
    assert server.taken == []


def test_what_a_dead_address_refused_reaches_the_one_confirmed_later(server, monkeypatch) -> None:
    user = UserFactory(email="gone@example.vn")
    letters = [tell(user.email, code, user_id=user.pk) for code in (LEGAL, OPTIONAL)]
    old_news = tell(user.email, OPTIONAL, "a month ago", user.pk)
    Message.objects.filter(pk=old_news.pk).update(given_up_at=clock.now() - timedelta(days=31))
    settle_late = Message.objects.get(pk=letters[0].pk)
    assert moving.follow(user.pk, "An@example.vn") == 2
    assert moving.follow(user.pk, "an@example.vn") == 0
    settle(settle_late, clock.now())
    deliver_due(clock.now())
    assert len(server.taken) == 2, "what a sender still does at the old address does not count for the new one"
    for letter in letters:
        now = Message.objects.get(pk=letter.pk)
        assert (now.email, now.attempts, now.given_up_at, now.last_error) == ("an@example.vn", 1, None, "")
    read(stdin=returned(letters[0]), monkeypatch=monkeypatch)
    assert not bounces.is_marked("an@example.vn"), "a late report of the old address"
    assert Message.objects.get(pk=old_news.pk).email == "gone@example.vn"


def test_a_refusal_for_now_marks_nothing_and_comes_back(server) -> None:
    message = tell("full@example.vn", OPTIONAL)
    assert not BouncedAddress.objects.exists()
    assert (message.sent_at, message.given_up_at, message.attempts) == (None, None, 1)


def test_the_headers_reach_the_server(server) -> None:
    user = UserFactory(email="an@example.vn")
    tell(user.email, OPTIONAL, user_id=user.pk)
    tell(user.email, LEGAL, user_id=user.pk)
    one, other = server.taken
    assert re.search(rb"List-Unsubscribe:\s+<http://localhost:8000/ngung-thu/", one)
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in one
    assert b"List-Unsubscribe" not in other


def returned(
    letter: Message, *, action: str = "failed", status: str = "5.1.1", headers: str = "rfc822", uid: str = ""
) -> bytes:
    """A delivery status notification as mail servers write it."""
    message_id = f"Message-ID: <{uid or letter.uid}@localhost>\r\nSubject: x\r\nTo: {letter.email}\r\n"
    original = {
        "rfc822": f"Content-Type: message/rfc822\r\n\r\n{message_id}\r\nx",
        "headers": f"Content-Type: text/rfc822-headers\r\n\r\n{message_id}",
        "none": "Content-Type: text/plain\r\n\r\nx",
    }[headers]
    parts = [
        "Content-Type: text/plain\r\n\r\nSorry.",
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {letter.email}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such\r\n person here",
        original,
    ]
    body = "".join(f"--b\r\n{part}\r\n" for part in parts)
    head = "From: MAILER-DAEMON@mx.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    return f"{head}{body}--b--\r\n".encode()


def read(*sources: str, stdin: bytes | None = None, monkeypatch=None, **options) -> str:
    out = StringIO()
    if stdin is not None:
        monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": BytesIO(stdin)}))
    call_command("mail_bounces", *sources, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("headers", ["rfc822", "headers"])
def test_a_returned_letter_on_the_pipe_marks_its_address_once(monkeypatch, headers: str) -> None:
    letter = tell("an@example.vn", LEGAL)
    report = returned(letter, headers=headers)
    assert "đánh dấu mới 0" in read(stdin=report, monkeypatch=monkeypatch, dry_run=True)
    assert "1 thư báo trả lại thư của cổng, đánh dấu mới 1" in read(stdin=report, monkeypatch=monkeypatch)
    assert BouncedAddress.objects.get().reason == "550 5.1.1 no such person here"
    assert "đánh dấu mới 0" in read(stdin=report, monkeypatch=monkeypatch)


@pytest.mark.parametrize(
    "change",
    [
        {"action": "delayed", "status": "4.4.1"},
        {"action": "failed", "status": "4.2.2"},
        {"headers": "none"},
        {"uid": "00000000-0000-4000-8000-000000000000"},
        {"uid": "not-ours"},
    ],
)
def test_what_proves_nothing_marks_nobody(monkeypatch, change: dict) -> None:
    """A delay, a failure for now, and a report that anybody could have written."""
    letter = tell("an@example.vn", LEGAL)
    read(stdin=returned(letter, **change), monkeypatch=monkeypatch)
    assert not BouncedAddress.objects.exists()


@pytest.mark.parametrize(
    "stdin", [b"", b"\0\xff\xfe", b"Subject: hello\r\n\r\nhello", b"Content-Type: multipart/report\r\n\r\n"]
)
def test_other_mail_in_the_box_is_passed_over(monkeypatch, stdin: bytes) -> None:
    assert "đánh dấu mới 0" in read(stdin=stdin, monkeypatch=monkeypatch)


def test_a_folder_a_maildir_and_an_mbox_are_read(tmp_path) -> None:
    letters = [tell(f"an{n}@example.vn", LEGAL) for n in range(3)]
    folder = tmp_path / "eml"
    folder.mkdir()
    (folder / "a.eml").write_bytes(returned(letters[0]))
    box = mailbox.Maildir(tmp_path / "maildir")
    box.add(returned(letters[1]))
    mbox = mailbox.mbox(tmp_path / "mbox")
    mbox.add(returned(letters[2]))
    mbox.add(EmailMessage())
    mbox.flush()
    mbox.close()
    told = read(str(folder), str(tmp_path / "maildir"), str(tmp_path / "mbox"))
    assert "Đọc 4 thư, 3 thư báo trả lại thư của cổng, đánh dấu mới 3 địa chỉ." in told
    with pytest.raises(CommandError):
        read(str(tmp_path / "nothing"))


def test_the_person_sees_it_and_confirming_the_address_anew_clears_it(
    client, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    user = UserFactory()
    letter = tell(user.email, LEGAL, user_id=user.pk)
    report = returned(letter)
    read(stdin=report, monkeypatch=monkeypatch)
    sign_in(client, user)
    for page in ("/tai-khoan/", "/tai-khoan/thong-bao/"):
        assert "Địa chỉ này trả thư" in client.get(page).content.decode()
    mail.outbox.clear()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/tai-khoan/thong-bao/kiem-tra/")
    (check,) = mail.outbox
    path = re.search(r"http://localhost:8000(/tai-khoan/thong-bao/dia-chi/\S+)", check.body)[1]
    client.logout()
    assert client.get(path).status_code == 200
    assert bounces.is_marked(user.email)
    assert "Địa chỉ dùng được" in client.post(path).content.decode()
    assert not bounces.is_marked(user.email)
    read(stdin=report, monkeypatch=monkeypatch)
    assert not bounces.is_marked(user.email), "the old report proves nothing any more"
    assert client.get(path[:-5] + "xxxx/").status_code == 410
    later = tell(user.email, LEGAL, "later", user.pk)
    Message.objects.filter(pk=later.pk).update(sent_at=clock.now() + timedelta(days=1))
    read(stdin=returned(later), monkeypatch=monkeypatch)
    assert bounces.is_marked(user.email)


def test_staff_see_the_list_and_reading_it_leaves_a_line(client) -> None:
    from registry.core.models.history import ReadLog

    call_command("sync_roles", verbosity=0)
    bounces.mark("gone@example.vn", "550 no such person", at=clock.now())
    sign_in(client, UserFactory(officer=True))
    assert "gone@example.vn" in words(client.get("/quan-tri/dia-chi-tra-thu/"))
    assert ReadLog.objects.count() == 1
    sign_in(client, UserFactory(editor=True))
    assert client.get("/quan-tri/dia-chi-tra-thu/").status_code == 302
