import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import dj_database_url
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection
from django.db.utils import ConnectionHandler

from portal import boot
from portal.backup.making import NothingHere, make
from portal.environment import changed

ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")


class Command(BaseCommand):
    help = "Chuyển mọi dữ liệu sang cơ sở dữ liệu khác (SQLite ↔ PostgreSQL) và đối chiếu từng bảng. Dừng máy chủ trước khi chạy."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "address", metavar="ĐỊA_CHỈ", help="như DATABASE_URL: postgres://… hoặc sqlite:////đường/dẫn"
        )
        parser.add_argument("--replace", action="store_true", help="thay dữ liệu đang có ở cơ sở dữ liệu đích")

    def handle(self, *args: Any, address: str, replace: bool, **options: Any) -> None:
        self._refuse(address)
        refusal = "Máy chủ đang chạy trên dữ liệu này. Dừng nó rồi chạy lại, để không thay đổi nào bị bỏ lại."
        with boot.held("server", refusal=refusal), tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
            archive = Path(folder) / "database.tar"
            try:
                make(archive, self.stdout.write, with_files=False)
            except NothingHere as nothing:
                raise CommandError(str(nothing)) from nothing
            # Another installation with the other database: its own process, for much is decided by the database at the start.
            there = changed(DATABASE_URL=address, PORTAL_VAR=folder, PORTAL_SECRET_KEY=settings.SECRET_KEY)
            command = [sys.executable, "manage.py", "restore", str(archive), *(["--replace"] if replace else [])]
            done = subprocess.run(
                command, cwd=settings.BASE_DIR, env=there, capture_output=True, text=True, check=False
            )
        if done.returncode:
            raise CommandError(f"Chưa chuyển được; cơ sở dữ liệu cũ vẫn nguyên. {done.stderr.strip()[-2000:]}")
        self.stdout.write(done.stdout.rstrip().rpartition("\n")[0])
        self.stdout.write(
            "Đã chuyển. Đặt DATABASE_URL bằng địa chỉ mới rồi khởi động lại; dữ liệu cũ vẫn còn nguyên ở chỗ cũ."
        )

    def _refuse(self, address: str) -> None:
        """What is no database of ours, is this one itself, or cannot be opened."""
        try:
            there = dj_database_url.parse(address)
        except ValueError:
            there = {}
        if there.get("ENGINE") not in ENGINES:
            raise CommandError(
                "Địa chỉ không dùng được: cần postgres://user:password@host:5432/portal hoặc sqlite:////…"
            )
        here = connection.settings_dict
        if all(str(there.get(part, "")) == str(here.get(part, "")) for part in ("ENGINE", "NAME", "HOST", "PORT")):
            raise CommandError("Đó chính là cơ sở dữ liệu đang dùng.")
        other = ConnectionHandler({DEFAULT_DB_ALIAS: dict(there)})[DEFAULT_DB_ALIAS]
        try:
            other.ensure_connection()
        except OperationalError as wrong:
            reason = str(wrong).splitlines()[0]
            raise CommandError(
                f"Không mở được cơ sở dữ liệu ở địa chỉ ấy ({reason}). Xem lại địa chỉ, và máy chủ ấy có đang chạy không."
            ) from wrong
        finally:
            other.close()
