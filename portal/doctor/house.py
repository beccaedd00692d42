"""What is on this machine: configuration, disk, time, jobs, backups."""

import json
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from django.http.request import validate_host

from portal import jobs
from portal.backup.making import LAST
from portal.doctor import Finding, graded, well
from registry.core import clock
from registry.st_enterprises.proofs import keys

GB: Final = 10**9
FREE_BAD, FREE_WARN = 1 * GB, 5 * GB
RUN_WARN, RUN_BAD = timedelta(minutes=10), timedelta(hours=1)
BACKUP_WARN, BACKUP_BAD = timedelta(hours=36), timedelta(days=7)
KEY_SHORTEST: Final = 50
BACKUPS: Final = "bản sao lưu"


def configuration() -> Iterator[Finding]:
    host = urlsplit(settings.BASE_URL).hostname or ""
    if settings.DEBUG:
        yield Finding("bad", "PORTAL_DEBUG đang bật: trang lỗi lộ chi tiết bên trong.", "Bỏ PORTAL_DEBUG.")
    if settings.DEMO:
        yield Finding("warn", "Đây là bản trình diễn (DEMO=1), với tài khoản mẫu.", "Không bật DEMO khi vận hành thật.")
    if not settings.HTTPS:
        yield Finding(
            "warn",
            f"Địa chỉ công khai {settings.BASE_URL} không phải https.",
            "Đặt PORTAL_BASE_URL=https://… sau khi có chứng thư.",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding("bad", "PORTAL_HOSTS nhận mọi tên miền.", "Chỉ ghi các tên miền của cổng thông tin.")
    elif not validate_host(host, settings.ALLOWED_HOSTS):
        yield Finding(
            "bad", f"{host} không có trong PORTAL_HOSTS: khách sẽ bị từ chối.", f"Thêm {host} vào PORTAL_HOSTS."
        )
    yield _key()


def _key() -> Finding:
    kept = Path(settings.VAR_DIR / "secret-key")
    if len(settings.SECRET_KEY) < KEY_SHORTEST:
        return Finding(
            "bad", f"Khóa ký ngắn hơn {KEY_SHORTEST} ký tự.", "Đổi khóa, giữ khóa cũ trong PORTAL_SECRET_KEY_FALLBACKS."
        )
    if kept.exists() and kept.read_text().strip() == settings.SECRET_KEY:
        if stat.S_IMODE(kept.stat().st_mode) & 0o077:
            return Finding("bad", f"Người khác trên máy đọc được {kept}.", f"Chạy: chmod 600 {kept}")
        return well("Khóa ký lấy từ var/secret-key, chỉ người chạy cổng thông tin đọc được.")
    return well("Khóa ký lấy từ PORTAL_SECRET_KEY.")


def certificate_key() -> Iterator[Finding]:
    if keys.is_lost():
        yield Finding(
            "bad",
            "Khóa ký giấy chứng nhận không còn trên máy này: chưa ký được giấy mới.",
            "Chạy manage.py rotate_certificate_key; giấy đã ký vẫn kiểm được.",
        )
    else:
        yield well("Khóa ký giấy chứng nhận đủ; khóa đầu tiên tự tạo khi ký lần đầu.")


def trusted_roots() -> Iterator[Finding]:
    """Whose signatures under a certificate's PDF count, and until when (`PORTAL_ST_TRUSTED_ROOTS`)."""
    roots = [x509.load_der_x509_certificate(one) for one in settings.ST_TRUSTED_ROOTS]
    if not roots:
        yield Finding(
            "ok" if settings.DEMO else "warn",
            "Chưa có chứng thư gốc nào: giấy ký ở nơi khác không được tin, chỉ khóa phát triển của cổng này được nhận ra.",
            "" if settings.DEMO else "Ghi tệp PEM của nơi cấp chữ ký số vào PORTAL_ST_TRUSTED_ROOTS.",
        )
    for root in roots:
        name, ends = root.subject.rfc4514_string(), clock.local(root.not_valid_after_utc)
        if ends < clock.now():
            yield Finding("bad", f"Chứng thư gốc {name} hết hạn ngày {ends:%d/%m/%Y}.", "Thay bằng chứng thư gốc mới.")
        else:
            yield well(f"Tin chữ ký dưới chứng thư gốc {name}, còn hạn đến {ends:%d/%m/%Y}.")


def disk() -> Iterator[Finding]:
    places = {
        "thư mục trạng thái": settings.VAR_DIR,
        "ảnh công khai": settings.MEDIA_ROOT,
        "tệp đã nộp": settings.PRIVATE_ROOT,
    }
    backup = last_backup()
    if backup is not None:
        places[BACKUPS] = backup[1].parent
    told: set[int] = set()
    for name, place in places.items():
        folder = Path(place)
        if not folder.exists():
            continue
        written = name != BACKUPS  # by the command of the night; the portal itself may be barred from it
        if not os.access(folder, os.W_OK if written else os.R_OK | os.X_OK):
            what = "Không ghi được vào" if written else "Không đọc được"
            yield Finding("bad", f"{what} {folder} ({name}).", "Sửa quyền của thư mục.")
        if folder.stat().st_dev in told:
            continue
        told.add(folder.stat().st_dev)
        free = shutil.disk_usage(folder).free
        level = graded(bad=free < FREE_BAD, warn=free < FREE_WARN)
        advice = "" if level == "ok" else "Dọn đĩa hoặc thêm dung lượng; chuyển bớt bản sao lưu cũ đi nơi khác."
        yield Finding(level, f"Đĩa chứa {name} còn trống {free / GB:.1f} GB.", advice)


def zone() -> Iterator[Finding]:
    now = clock.now()
    if now.utcoffset() != timedelta(hours=7):
        yield Finding("bad", "Dữ liệu múi giờ Việt Nam trên máy này sai.", "Cài lại gói tzdata.")
    elif now.year < 2026:
        yield Finding("bad", f"Đồng hồ của máy chỉ năm {now.year}.", "Đặt lại giờ, bật đồng bộ giờ.")
    else:
        yield well(f"Máy này là {now:%H:%M ngày %d/%m/%Y}, giờ Việt Nam.")


def due_jobs() -> Iterator[Finding]:
    last = jobs.last_runs()
    if not last:
        yield Finding("bad", "run_jobs chưa chạy lần nào.", "Bật bộ hẹn giờ của run_jobs.")
        return
    oldest = min(datetime.fromisoformat(one.at) for one in last.values())  # a single job run by hand hides no other
    age = clock.now() - oldest
    level = graded(bad=age > RUN_BAD, warn=age > RUN_WARN)
    advice = "" if level == "ok" else "Xem bộ hẹn giờ của run_jobs: thư, tin hẹn giờ và nhắc hạn đang chờ."
    yield Finding(level, f"run_jobs chạy lần cuối {ago(age)}.", advice)
    for name, one in last.items():
        if one.error:
            since = ago(clock.now() - datetime.fromisoformat(one.well_at)) if one.well_at else "chưa lần nào"
            yield Finding(
                "bad",
                f"Việc {name} hỏng ({one.error}); lần xong gần nhất: {since}.",
                f"Chạy manage.py run_jobs --only {name} và xem lỗi.",
            )


def backups() -> Iterator[Finding]:
    backup = last_backup()
    if backup is None:
        yield Finding("warn", "Chưa sao lưu lần nào.", "Đặt lịch manage.py backup hằng đêm (docs/backup.md).")
        return
    at, file = backup
    age = clock.now() - at
    level = graded(bad=age > BACKUP_BAD, warn=age > BACKUP_WARN)
    advice = "" if level == "ok" else "Xem lịch sao lưu hằng đêm."
    yield Finding(level, f"Bản sao lưu gần nhất: {ago(age)}, {file}.", advice)
    if not file.exists():
        yield Finding("warn", f"{file} không còn ở đó.", "Nếu đã chuyển đi nơi khác thì không cần làm gì.")


def backup_folder() -> Iterator[Finding]:
    """Can whoever asks write the next backup? For the command alone: by hand it runs as the user that makes backups, unfenced."""
    backup = last_backup()
    if backup is None or not backup[1].parent.exists():
        return
    folder = backup[1].parent
    if os.access(folder, os.W_OK):
        yield well(f"Ghi được bản sao lưu vào {folder}.")
    else:
        yield Finding("bad", f"Không ghi được bản sao lưu vào {folder}.", "Sửa quyền của thư mục.")


def last_backup() -> tuple[datetime, Path] | None:
    try:
        told = json.loads(Path(settings.VAR_DIR / LAST).read_text())
        return datetime.fromisoformat(told["at"]), Path(told["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def ago(age: timedelta) -> str:
    minutes = max(int(age.total_seconds()) // 60, 0)
    if minutes < 60:
        return f"{minutes} phút trước" if minutes else "vừa xong"
    return f"{minutes // 60} giờ trước" if minutes < 48 * 60 else f"{minutes // 1440} ngày trước"
