from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.backup.keys import ADVICE
from portal.backup.making import NothingHere, keys_beside, make


class Command(BaseCommand):
    help = (
        "Sao lưu cơ sở dữ liệu, tệp đã nộp và ảnh, tài liệu công khai vào một tệp, trong lúc cổng thông tin vẫn chạy."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="TỆP", help="tệp sẽ được tạo; khóa ghi riêng vào TỆP.keys")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        target = file.absolute()
        if target.exists():
            raise CommandError(f"{target} đã có. Chọn tên khác, ví dụ có ngày giờ.")
        if not target.parent.is_dir():
            raise CommandError(f"Không có thư mục {target.parent}.")
        begun = monotonic()
        try:
            manifest = make(target, self.stdout.write)
        except NothingHere as nothing:
            raise CommandError(str(nothing)) from nothing
        except OSError as wrong:
            raise CommandError(f"Chưa sao lưu được: {wrong}.") from wrong
        size = target.stat().st_size / 1e6
        self.stdout.write(f"Đã sao lưu vào {target}: {size:.1f} MB trong {monotonic() - begun:.1f} giây.")
        self.stdout.write(f"Khóa ở {keys_beside(target)}. {ADVICE}")
        if manifest.missing:
            names = "\n  ".join(manifest.missing[:20])
            raise CommandError(
                f"Bản sao lưu đã xong, nhưng {len(manifest.missing)} tệp có trong cơ sở dữ liệu không còn trên đĩa hoặc đã bị "
                f"sửa:\n  {names}\nTìm lại các tệp này từ bản sao lưu trước."
            )
