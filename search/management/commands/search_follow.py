import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.following import follow_all, follow_until


class Command(BaseCommand):
    help = "Cho mọi máy tìm kiếm theo kịp dữ liệu, liên tục cho đến khi dừng; chạy cạnh máy chủ khi dùng Elasticsearch."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="theo kịp một lần rồi thôi")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            taken = follow_all()
            self.stdout.write("  ".join(f"{name}: {n if n >= 0 else 'chưa theo được'}" for name, n in taken.items()))
            return
        stop = threading.Event()
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_: stop.set())
        follow_until(stop)
