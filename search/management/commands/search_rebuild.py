from typing import Any

from django.core.management.base import BaseCommand

from search.entries import catch_up
from search.numbering import start_new_epoch


class Command(BaseCommand):
    help = "Dựng lại bản sao của bộ tìm kiếm từ bảng search_entry; chạy cả sau khi khôi phục cơ sở dữ liệu."

    def handle(self, *args: Any, **options: Any) -> None:
        start_new_epoch()
        self.stdout.write(f"Đã chép lại {catch_up()} mục.")
