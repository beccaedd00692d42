from typing import Any

from django.core.management.base import BaseCommand

from portal.boot import reset_demo


class Command(BaseCommand):
    help = "Xóa mọi dữ liệu của bản trình diễn và nạp lại từ đầu (chỉ với DEMO=1)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        reset_demo(self.stdout.write)
        self.stdout.write("Dữ liệu mẫu đã mới.")
