import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from notifications.selectors import outbox


class Command(BaseCommand):
    help = "Liệt kê thư đã lập: loại, người nhận, dịp, gửi từ lúc nào, đã gửi lúc nào."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="một mảng JSON: code, recipient, key, due, sent")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = outbox()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(row) for row in rows], cls=DjangoJSONEncoder, ensure_ascii=False))
            return
        for row in rows:
            sent = f"{row.sent:%Y-%m-%d %H:%M}" if row.sent else "chưa gửi"
            self.stdout.write(f"{row.due:%Y-%m-%d %H:%M}  {sent:<16}  {row.code}  {row.recipient}  {row.key}")
