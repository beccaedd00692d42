from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import boot, jobs
from portal.backup.archive import Damaged
from portal.backup.keys import Keys, NoKeys
from portal.backup.restoring import Refused, Report, check, restore


class Command(BaseCommand):
    help = "Khôi phục từ một bản sao lưu: kiểm tra toàn bộ trước, rồi thay cơ sở dữ liệu và tệp. Dừng máy chủ trước khi chạy."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="TỆP", help="tệp do manage.py backup tạo")
        parser.add_argument(
            "--check", action="store_true", dest="only_check", help="chỉ kiểm tra tệp, không đụng đến gì"
        )
        parser.add_argument("--replace", action="store_true", help="thay dữ liệu đang có ở đây")
        parser.add_argument(
            "--keys", type=Path, metavar="TỆP.keys", help="dùng khóa trong tệp này; bỏ trống thì giữ khóa ở đây"
        )

    def handle(
        self, *args: Any, file: Path, only_check: bool, replace: bool, keys: Path | None, **options: Any
    ) -> None:
        try:
            given = Keys.read(keys) if keys else None
            if only_check:
                self._checked(file)
                return
            refusal = "Máy chủ đang chạy trên dữ liệu này. Dừng nó rồi chạy lại."
            with boot.held("server", refusal=refusal), jobs.alone():
                self._tell(restore(file, self.stdout.write, replace=replace, keys=given))
        except jobs.Busy as busy:
            raise CommandError("run_jobs đang chạy. Đợi lượt đó xong, tắt bộ hẹn giờ rồi chạy lại.") from busy
        except (Damaged, Refused, NoKeys) as wrong:
            raise CommandError(str(wrong)) from wrong
        except OSError as wrong:
            raise CommandError(f"Chưa khôi phục được: {wrong}. Sửa rồi chạy lại lệnh này.") from wrong

    def _checked(self, file: Path) -> None:
        manifest = check(file)
        self.stdout.write(
            f"Nguyên vẹn. Sao lưu lúc {manifest.made_at} từ {manifest.base_url} ({manifest.database}): {manifest.all_rows} dòng "
            f"trong {len(manifest.rows)} bảng, {len(manifest.named('files'))} tệp đã nộp, "
            f"{len(manifest.named('media'))} ảnh và tài liệu công khai."
        )

    def _tell(self, report: Report) -> None:
        made = report.manifest
        self.stdout.write(
            f"Đã khôi phục bản sao lưu lúc {made.made_at}: {made.all_rows} dòng, {report.decisions} quyết định, "
            f"{len(made.named('files'))} tệp đã nộp, {len(made.named('media'))} ảnh và tài liệu công khai."
        )
        for warning in report.warnings:
            self.stdout.write(f"Cần xem: {warning}")
        self.stdout.write("Khởi động lại cổng thông tin, rồi chạy manage.py doctor.")
