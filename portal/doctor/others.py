"""What the portal asks of others: its database, the mail server, the search engines, the certificate of its address."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from accounts.secrets import unreadable
from notifications.models import Message
from portal.doctor import LONGEST, Finding, graded, well
from portal.doctor.house import ago
from registry.core import clock
from registry.core.decisions import sha256
from registry.core.models import Decision
from search import reports

WRITTEN_ONCE: Final = (
    "core_event",
    "core_decision",
    "dossiers_submission",
    "appraisals_council",
    "appraisals_declaration",
    "appraisals_sheet",
    "appraisals_minutes",
)
CHAIN: Final = 500
CLOCKS_APART: Final = timedelta(seconds=30)
MAIL_LATE: Final = timedelta(hours=1)
CERTIFICATE_WARN, CERTIFICATE_BAD = 30, 7  # days


@contextmanager
def soon() -> Iterator[None]:
    """What PostgreSQL does not answer in time is an error; SQLite lets readers wait for nobody."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = %s", [int(LONGEST * 1000)])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


def database_answers() -> bool:
    """It answers, and its tables are there. A server that is away is waited for as long as the settings say, 3 seconds."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        return False


def database() -> Iterator[Finding]:
    if not database_answers():
        yield Finding(
            "bad",
            "Cơ sở dữ liệu không trả lời hoặc chưa có bảng nào.",
            "Kiểm tra DATABASE_URL và máy chủ cơ sở dữ liệu.",
        )
        return
    with soon():
        yield _engine()
        executor = MigrationExecutor(connection)
        left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if left:
            yield Finding("bad", f"Còn {left} bước cập nhật cơ sở dữ liệu chưa chạy.", "Chạy manage.py migrate.")
            return
        open_ = sorted(set(WRITTEN_ONCE) - _protected())
        if open_:
            yield Finding(
                "bad", f"Bảng {', '.join(open_)} không còn được bảo vệ chống sửa.", "Khôi phục từ bản sao lưu gần nhất."
            )
        yield _chain()


def _engine() -> Finding:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0]
            if mode != "wal":
                return Finding(
                    "warn",
                    f"SQLite chạy ở chế độ {mode}: người đọc phải đợi người ghi.",
                    "Đặt CSDL trên đĩa của máy này.",
                )
            return well("SQLite trả lời, chế độ WAL.")
        cursor.execute("SHOW server_version")
        return well(f"PostgreSQL {cursor.fetchone()[0].split()[0]} trả lời.")


def _protected() -> set[str]:
    """The tables of which triggers refuse UPDATE and DELETE."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%_no_%%'", [])
            names = [row[0] for row in cursor.fetchall()]
            return {name for name in names if names.count(name) >= 2}
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname = c.relname || '_write_once' AND t.tgenabled <> 'D' AND pg_table_is_visible(c.oid)"
        )
        return {row[0] for row in cursor.fetchall()}


def _chain() -> Finding:
    """The last links of the chain of decisions; all of them are looked at when a backup is brought back."""
    rows = list(
        Decision.objects.order_by("-position").values_list("position", "previous_sha256", "content", "sha256")[:CHAIN]
    )
    wrong = {row[0] for row in rows if row[3] != sha256(f"{row[1]}\n{row[2]}")}
    wrong |= {later[0] for later, earlier in pairwise(rows) if (later[0] - 1, later[1]) != (earlier[0], earlier[3])}
    if wrong:
        return Finding(
            "bad", f"Chuỗi quyết định bị đứt ở vị trí {min(wrong)}.", "Dừng ra quyết định; so với bản sao lưu gần nhất."
        )
    return well(f"Chuỗi quyết định liền mạch ({len(rows)} quyết định cuối)." if rows else "Chưa có quyết định nào.")


def clocks() -> Iterator[Finding]:
    if not database_answers():
        return
    newest = Decision.objects.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    if newest is not None and newest - clock.now() > CLOCKS_APART:
        yield Finding(
            "bad",
            f"Quyết định cuối ghi lúc {clock.local(newest):%H:%M ngày %d/%m/%Y}, sau giờ của máy này.",
            "Đồng hồ đã bị lùi: bật đồng bộ giờ.",
        )
    if connection.vendor == "postgresql":
        with soon(), connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - clock.now())
        if apart > CLOCKS_APART:
            yield Finding(
                "warn",
                f"Máy chủ cơ sở dữ liệu lệch giờ {apart.total_seconds():.0f} giây.",
                "Bật đồng bộ giờ ở cả hai máy.",
            )


def mail() -> Iterator[Finding]:
    yield _mail_server()
    if not database_answers():
        return
    waiting = Message.objects.filter(sent_at=None, given_up_at=None, due_at__lte=clock.now())
    oldest = waiting.order_by("due_at").values_list("due_at", flat=True).first()
    if oldest is None:
        yield well("Không có thư nào đang chờ gửi.")
    else:
        age = clock.now() - oldest
        late = age > MAIL_LATE
        advice = "Chạy manage.py outbox để xem lỗi của từng thư." if late else ""
        yield Finding(
            "bad" if late else "ok", f"{waiting.count()} thư đang chờ gửi, thư cũ nhất từ {ago(age)}.", advice
        )
    given_up = Message.objects.filter(given_up_at__gte=clock.now() - timedelta(days=30)).count()
    if given_up:
        yield Finding(
            "warn",
            f"{given_up} thư không gửi được trong 30 ngày qua.",
            "Chạy manage.py outbox để xem lỗi của từng thư.",
        )


def _mail_server() -> Finding:
    backend = settings.EMAIL_BACKEND.rpartition(".")[0]
    if backend != "django.core.mail.backends.smtp":
        if settings.DEMO:
            return well("Bản trình diễn giữ thư lại, đọc tại /dev/thu/.")
        return Finding("bad", "Chưa đặt máy chủ gửi thư: thư nằm lại trong hộp gửi.", "Đặt PORTAL_EMAIL_URL.")
    make = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with make(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=LONGEST) as server:
            code, _ = server.ehlo()
    except (OSError, smtplib.SMTPException) as failure:
        return Finding(
            "bad",
            f"Máy chủ thư {where} không trả lời ({type(failure).__name__}).",
            "Kiểm tra PORTAL_EMAIL_URL và mạng.",
        )
    if code != 250:
        return Finding("bad", f"Máy chủ thư {where} từ chối (mã {code}).", "Hỏi người quản trị máy chủ thư.")
    return well(f"Máy chủ thư {where} trả lời.")


def second_factors() -> Iterator[Finding]:
    """A signing key that was lost is made anew without a word; what was sealed under the old one tells of it."""
    if not database_answers():
        return
    with soon():
        closed = unreadable(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if closed:
        yield Finding(
            "bad",
            f"Khóa ký hiện nay không đọc được xác thực hai bước của {closed} người: họ không đăng nhập được.",
            "Đặt lại khóa cũ (PORTAL_SECRET_KEY, hoặc tệp secret-key trong PORTAL_VAR) rồi khởi động lại. Khóa nằm trong tệp "
            ".keys của bản sao lưu.",
        )
    else:
        yield well("Khóa ký đọc được mọi xác thực hai bước.")


def followers() -> Iterator[Finding]:
    if not database_answers():
        return
    found = reports.summary(reports.states())
    advice = "" if found.well else "Xem trang Máy tìm kiếm; chạy manage.py search_status."
    yield Finding("ok" if found.well else "warn", " ".join(found.sentences), advice)


def certificate() -> Iterator[Finding]:
    address = urlsplit(settings.BASE_URL)
    if address.scheme != "https":
        yield Finding("warn" if not settings.DEMO else "ok", "Không dùng https nên không có chứng thư để kiểm tra.")
        return
    host, port = address.hostname or "", address.port or 443
    try:
        with (
            socket.create_connection((host, port), timeout=LONGEST) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secure,
        ):
            until = secure.getpeercert()["notAfter"]  # type: ignore[index]
    except ssl.SSLCertVerificationError as wrong:
        yield Finding(
            "bad", f"Chứng thư của {host} không hợp lệ: {wrong.verify_message}.", "Gia hạn hoặc cài lại chứng thư."
        )
        return
    except OSError as failure:
        yield Finding(
            "bad",
            f"Không hỏi được chứng thư của {host} ({type(failure).__name__}).",
            "Kiểm tra tên miền và máy chủ phía trước.",
        )
        return
    days = (datetime.fromtimestamp(ssl.cert_time_to_seconds(str(until)), UTC) - clock.now()).days
    level = graded(bad=days < CERTIFICATE_BAD, warn=days < CERTIFICATE_WARN)
    yield Finding(level, f"Chứng thư của {host} còn {days} ngày.", "" if level == "ok" else "Gia hạn chứng thư.")
