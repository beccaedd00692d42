"""The doctor: each thing in a sentence, a code for the timer, the same on a page; it never waits for long."""

import json
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.secrets import sealed
from notifications.models import Message
from portal import jobs
from portal.doctor import Finding, Part, house, look, others, worst
from portal.doctor.visit import visit
from registry.core import clock
from registry.core.models import Decision
from registry.st_enterprises.proofs import keys
from tests.accounts.factories import UserFactory, sign_in
from tests.desk.pages import words
from tests.dossiers.factories import dossier
from tests.st_enterprises.papers.test_signing import der, issued


@pytest.fixture(autouse=True)
def installation(settings: Any, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"
    settings.SEARCH_FILE = tmp_path / "search.sqlite3"
    return tmp_path


def told(check: Any) -> str:
    return " | ".join(f"{one.level}: {one.sentence}" for one in check())


def test_the_worst_counts_and_a_check_that_breaks_is_a_finding() -> None:
    assert worst(["ok", "bad", "warn"]) == "bad"
    assert worst([]) == "ok"
    part = look("x", "X", lambda: iter([Finding("ok", "a")]))
    assert (part, part.level) == (Part("x", "X", (Finding("ok", "a"),)), "ok")
    broken = look("x", "X", lambda: [Finding("ok", str(1 / 0))])
    assert (broken.level, broken.findings[0].sentence) == ("bad", "Không kiểm tra được (ZeroDivisionError).")


def test_configuration(settings: Any) -> None:
    settings.DEBUG, settings.DEMO, settings.HTTPS, settings.BASE_URL = True, True, False, "http://cong.example"
    said = told(house.configuration)
    for word in (
        "bad: PORTAL_DEBUG",
        "warn: Đây là bản trình diễn",
        "không phải https",
        "bad: cong.example không có trong",
    ):
        assert word in said
    settings.DEBUG, settings.DEMO, settings.HTTPS, settings.BASE_URL = False, False, True, "https://cong.example"
    settings.ALLOWED_HOSTS = ["cong.example"]
    assert told(house.configuration) == "ok: Khóa ký lấy từ PORTAL_SECRET_KEY."
    kept = settings.VAR_DIR / "secret-key"
    kept.write_text(settings.SECRET_KEY)
    kept.chmod(0o644)
    assert "bad: Người khác trên máy đọc được" in told(house.configuration)
    kept.chmod(0o600)
    assert told(house.configuration).startswith("ok: Khóa ký lấy từ var/secret-key")
    settings.ALLOWED_HOSTS, settings.SECRET_KEY = ["*"], "ngắn"
    assert "nhận mọi tên miền" in told(house.configuration)
    assert "bad: Khóa ký ngắn" in told(house.configuration)


def test_whose_signatures_are_trusted(settings: Any) -> None:
    root = der(issued("Gốc thử nghiệm", None)[1])  # holds until 2028
    settings.ST_TRUSTED_ROOTS = []
    assert told(house.trusted_roots).startswith("warn: Chưa có chứng thư gốc nào")
    settings.DEMO = True
    assert told(house.trusted_roots).startswith("ok: Chưa có chứng thư gốc nào")
    settings.ST_TRUSTED_ROOTS = [root]
    with clock.at("2026-11-27T09:00+07:00"):
        assert told(house.trusted_roots).startswith(
            "ok: Tin chữ ký dưới chứng thư gốc CN=Gốc thử nghiệm, còn hạn đến 01/01/2028"
        )
    with clock.at("2028-02-01T09:00+07:00"):
        assert told(house.trusted_roots).startswith("bad: Chứng thư gốc CN=Gốc thử nghiệm hết hạn")


@pytest.mark.django_db
def test_a_key_that_opens_no_second_factor(settings: Any) -> None:
    assert told(others.second_factors) == "ok: Khóa ký đọc được mọi xác thực hai bước."
    user = UserFactory()
    for kind, name in (("totp", "secret"), ("recovery_codes", "seed")):
        Authenticator.objects.create(user=user, type=kind, data={name: sealed("JBSWY3DPEHPK3PXP")})
    assert told(others.second_factors).startswith("ok: ")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "made anew, silently, " * 4
    assert told(others.second_factors) == (
        "bad: Khóa ký hiện nay không đọc được xác thực hai bước của 1 người: họ không đăng nhập được."
    )
    settings.SECRET_KEY_FALLBACKS = [old]
    assert told(others.second_factors).startswith("ok: ")


@pytest.mark.django_db
def test_a_key_of_certificates_that_is_lost(installation: Path) -> None:
    assert told(house.certificate_key).startswith("ok: ")
    keys.signing_key()
    assert told(house.certificate_key).startswith("ok: ")
    (installation / keys.FILE).unlink()
    assert told(house.certificate_key).startswith("bad: Khóa ký giấy chứng nhận không còn")
    keys.rotate()
    assert told(house.certificate_key).startswith("ok: ")


def test_jobs_that_fail_or_are_late(monkeypatch: pytest.MonkeyPatch, freeze: Any, caplog: Any) -> None:
    monkeypatch.setattr(jobs, "_jobs", {})
    assert told(house.due_jobs) == "bad: run_jobs chưa chạy lần nào."
    freeze("2026-10-05T09:00")
    jobs.register("mail", lambda now: None)
    jobs.run()
    freeze("2026-10-05T09:05")
    assert told(house.due_jobs) == "ok: run_jobs chạy lần cuối 5 phút trước."
    jobs.register("mail", lambda now: 1 / 0)
    jobs.run()
    assert "bad: Việc mail hỏng (ZeroDivisionError); lần xong gần nhất: 5 phút trước." in told(house.due_jobs)
    freeze("2026-10-05T09:20")
    assert "warn: run_jobs chạy lần cuối 15 phút trước." in told(house.due_jobs)
    freeze("2026-10-07T12:00")
    assert "bad: run_jobs chạy lần cuối 2 ngày trước." in told(house.due_jobs)


def test_backups(settings: Any, freeze: Any) -> None:
    assert told(house.backups) == "warn: Chưa sao lưu lần nào."
    line = {"at": "2026-10-05T02:00:00+07:00", "file": str(settings.VAR_DIR / "b.tar"), "bytes": 5}
    (settings.VAR_DIR / "last-backup.json").write_text(json.dumps(line))
    freeze("2026-10-05T09:00")
    assert told(house.backups).startswith("ok: Bản sao lưu gần nhất: 7 giờ trước")
    assert "không còn ở đó" in told(house.backups)
    freeze("2026-10-08T09:00")
    assert told(house.backups).startswith("warn: Bản sao lưu gần nhất: 3 ngày trước")
    freeze("2026-10-20T09:00")
    assert told(house.backups).startswith("bad:")


def test_disk(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(house.disk).startswith("ok: Đĩa chứa thư mục trạng thái còn trống")
    monkeypatch.setattr(house, "FREE_WARN", 10**18)
    assert told(house.disk).startswith("warn:")
    monkeypatch.setattr(house, "FREE_BAD", 10**18)
    assert told(house.disk).startswith("bad:")


def test_the_web_process_need_not_write_where_backups_are(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its unit (deploy/systemd/portal.service) lets it read them only; whoever makes them is told."""
    backups = settings.VAR_DIR / "backups"
    backups.mkdir()
    (settings.VAR_DIR / "last-backup.json").write_text(
        json.dumps({"at": "2026-10-05T02:00:00+07:00", "file": str(backups / "b.tar")})
    )
    assert told(house.backup_folder) == f"ok: Ghi được bản sao lưu vào {backups}."
    refused = os.W_OK
    monkeypatch.setattr(os, "access", lambda place, mode: place != backups or not mode & refused)
    assert "bad" not in told(house.disk)
    assert told(house.backup_folder) == f"bad: Không ghi được bản sao lưu vào {backups}."
    refused = os.R_OK
    assert f"bad: Không đọc được {backups} (bản sao lưu)." in told(house.disk)


@pytest.mark.django_db
def test_database_whole_and_not_whole() -> None:
    dossier(published=True)
    dossier(published=True)
    said = told(others.database)
    assert ("SQLite trả lời" in said) == (connection.vendor == "sqlite")
    assert "Chuỗi quyết định liền mạch (2 quyết định cuối)" in said
    assert "bad" not in said
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER core_decision_no_update")
        else:
            cursor.execute("DROP TRIGGER core_decision_write_once ON core_decision")
    Decision.objects.filter(position=1).update(content="{}")
    said = told(others.database)
    assert "bad: Bảng core_decision không còn được bảo vệ" in said
    assert "bad: Chuỗi quyết định bị đứt ở vị trí 1." in said


@pytest.mark.django_db
def test_a_clock_that_went_back_is_seen() -> None:
    dossier(published=True)
    assert "bad" not in told(others.clocks)
    with clock.at(clock.now() - timedelta(days=2)):
        assert "bad: Quyết định cuối ghi lúc" in told(others.clocks)
    assert told(house.zone).startswith("ok: Máy này là")


@pytest.fixture
def silent() -> Iterator[int]:
    """A server that takes a call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def smtp() -> Iterator[int]:
    """A mail server as far as its greeting."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            caller, _ = server.accept()
            with caller:
                caller.sendall(b"220 thu.example\r\n")
                while line := caller.recv(1000):
                    caller.sendall(b"250 thu.example\r\n" if b"EHLO" in line.upper() else b"221 bye\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        yield server.getsockname()[1]
        thread.join(5)


def mail_at(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_SSL = "127.0.0.1", port, False


@pytest.mark.django_db
def test_mail(settings: Any, smtp: int) -> None:
    settings.EMAIL_BACKEND = "portal.mail.NoMailServer"
    assert "bad: Chưa đặt máy chủ gửi thư" in told(others.mail)
    mail_at(settings, smtp)
    assert f"ok: Máy chủ thư 127.0.0.1:{smtp} trả lời. | ok: Không có thư nào" in told(others.mail)
    then = clock.now() - timedelta(hours=3)
    for key, given_up in (("a", None), ("b", then)):
        Message.objects.create(
            code="x", key=key, email="a@example.vn", language="vi", subject="Thư", created_at=then, due_at=then,
            next_try_at=then, given_up_at=given_up,
        )  # fmt: skip
    mail_at(settings, 1)
    said = told(others.mail)
    assert "bad: Máy chủ thư 127.0.0.1:1 không trả lời" in said
    assert "bad: 1 thư đang chờ gửi, thư cũ nhất từ 3 giờ trước." in said
    assert "warn: 1 thư không gửi được" in said


def test_nobody_waits_for_a_silent_server(settings: Any, silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "LONGEST", 0.3)
    mail_at(settings, silent)
    settings.BASE_URL = f"https://127.0.0.1:{silent}"
    begun = time.monotonic()
    assert others._mail_server().level == "bad"
    assert "bad: Không hỏi được chứng thư" in told(others.certificate)
    assert time.monotonic() - begun < 3


def self_signed(folder: Path) -> tuple[Path, Path]:
    """The key and the certificate of localhost, for twenty days."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(clock.now() - timedelta(days=1)).not_valid_after(clock.now() + timedelta(days=20))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    of_key, of_cert = folder / "key.pem", folder / "cert.pem"
    plain = serialization.NoEncryption()
    pkcs8 = serialization.PrivateFormat.PKCS8
    of_key.write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, plain))
    of_cert.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return of_key, of_cert


def test_the_certificate_of_the_address(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BASE_URL = "http://localhost:8000"
    assert told(others.certificate) == "warn: Không dùng https nên không có chứng thư để kiểm tra."
    key, cert = self_signed(tmp_path)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(cert, key)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            for _ in range(2):
                caller, _address = server.accept()
                try:
                    with ours.wrap_socket(caller, server_side=True) as secure:
                        secure.recv(1)
                except OSError:
                    caller.close()

        thread = threading.Thread(target=answer)
        thread.start()
        settings.BASE_URL = f"https://localhost:{server.getsockname()[1]}"
        assert "bad: Chứng thư của localhost không hợp lệ" in told(others.certificate)
        trusting = ssl.create_default_context(cafile=str(cert))
        monkeypatch.setattr(others.ssl, "create_default_context", lambda: trusting)
        assert "warn: Chứng thư của localhost còn" in told(others.certificate)
        thread.join(5)


@pytest.mark.django_db
def test_the_command_and_its_code() -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 2, "no job ever ran here"
    assert "HỎNG  Việc định kỳ: run_jobs chưa chạy lần nào.\n      → Bật bộ hẹn giờ" in out.getvalue()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", "--json", stdout=out)
    read = json.loads(out.getvalue())
    assert read["level"] == "bad"
    assert {part["code"] for part in read["parts"]} == {part.code for part in visit()} | {"backup_folder"}


@pytest.mark.django_db
def test_the_page_of_the_back_office(client: Client, query_budget: Any) -> None:
    call_command("sync_roles", verbosity=0)
    sign_in(client, UserFactory(leader=True))
    client.get("/quan-tri/tinh-trang/")
    with query_budget(43):
        page = words(client.get("/quan-tri/tinh-trang/"))
    assert "Có chỗ hỏng cần sửa. Kiểm tra lúc" in page
    assert "run_jobs chưa chạy lần nào. Bật bộ hẹn giờ của run_jobs." in page
    rule = "6 tháng Đề xuất ban đầu của hệ thống, chờ Sở quy định"
    assert f"Nội dung thư đã gửi Xóa nội dung; còn ngày gửi và người nhận. {rule} lúc gửi 0 chưa chạy" in page
    assert "Sở tự quy định" not in page
