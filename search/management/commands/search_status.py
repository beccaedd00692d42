import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from search.engine import get_engine


class Command(BaseCommand):
    help = "Tình trạng của bộ tìm kiếm: đã theo đến thay đổi số mấy, còn thiếu bao nhiêu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="in dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        status = get_engine().status()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(status)))
            return
        self.stdout.write(
            f"Bộ tìm kiếm: {status.engine}, {status.entries} mục, đã theo đến {status.held}/{status.clock}."
        )
        if status.pending:
            self.stdout.write(f"Chờ đánh số: {status.pending} mục, lâu nhất {status.pending_seconds:.0f} giây.")
        if status.last_error:
            self.stdout.write(f"Lỗi gần nhất: {status.last_error}")
