import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from search.reports import told


class Command(BaseCommand):
    help = "Tình trạng của mỗi máy tìm kiếm: đã theo đến thay đổi số mấy, còn thiếu bao nhiêu, mục nào để riêng, lỗi gần nhất."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="in dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        engines = told()
        if options["json"]:
            self.stdout.write(
                json.dumps({"engine": settings.SEARCH_ENGINE, **engines[-1], "engines": engines}, ensure_ascii=False)
            )
            return
        for status in engines:
            self.stdout.write(f"{status['engine']}: {_standing(status)}")
            if status["pending"]:
                self.stdout.write(
                    f"  Chờ đánh số: {status['pending']} mục, lâu nhất {status['pending_seconds']:.0f} giây."
                )
            for aside in status["set_aside"] or ():
                self.stdout.write(
                    f"  Để riêng: {aside['kind']} {aside['ref']} ({aside['language']}): {aside['reason']}"
                )
            if status["last_error"]:
                self.stdout.write(f"  Lỗi gần nhất: {status['last_error']}")


def _standing(status: dict[str, Any]) -> str:
    """How far the engine is; of one that does not answer nothing is known, which is not the same as an empty index."""
    if not status["answers"]:
        return "không kết nối được; chưa rõ đang giữ bao nhiêu mục và đã theo đến đâu."
    return f"{status['entries']} mục, đã theo đến {status['version']}/{status['clock']}, chậm {status['lag']} thay đổi."
