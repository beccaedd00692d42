import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from search.entries import follow_all

PAUSE_SECONDS = 0.5
PAUSE_AFTER_ERROR_SECONDS = 3.0


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


def follow_until(stop: threading.Event) -> None:
    """Follow every engine, again and again. Whatever happens is reported and tried again; a killed worker loses nothing."""
    while not stop.is_set():
        close_old_connections()
        taken = follow_all()
        stop.wait(PAUSE_AFTER_ERROR_SECONDS if -1 in taken.values() else PAUSE_SECONDS)
