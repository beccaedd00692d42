from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo.load import load


class Command(BaseCommand):
    help = "Nạp tỉnh trình diễn: người, tổ chức, dự án, hồ sơ, tin bài, đều là giả định (chỉ với DEMO=1). Chạy lại không thêm gì."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Chỉ nạp dữ liệu trình diễn khi DEMO=1.")
        load(self._say)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
