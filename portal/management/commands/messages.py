from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import catalogues


class Command(BaseCommand):
    help = "Bản dịch: compile (.po thành .mo), check (kiểm tra mọi bản dịch), missing (in các chuỗi chưa có tiếng Anh)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=("compile", "check", "missing"))
        parser.add_argument("--force", action="store_true", help="compile: dịch lại cả những tệp không đổi")

    def handle(self, *args: Any, action: str, force: bool, **options: Any) -> None:
        getattr(self, f"_{action}")(force)

    def _compile(self, force: bool) -> None:
        written = catalogues.compile_catalogues(force=force)
        self.stdout.write(f"Đã tạo {len(written)} tệp .mo.")

    def _missing(self, force: bool) -> None:
        for found in catalogues.missing_english():
            self.stdout.write(found.as_po() + "\n\n", ending="")

    def _check(self, force: bool) -> None:
        for msgid in catalogues.unused_english():
            self.stdout.write(f"Không nơi nào dùng: “{msgid}”")
        problems = catalogues.all_faults(catalogues.sources())
        problems += [f"en: thiếu “{found.msgid}” ({found.where})" for found in catalogues.missing_english()]
        if problems:
            raise CommandError("\n".join([f"{len(problems)} lỗi bản dịch:", *problems]))
        self.stdout.write("Bản dịch đủ và khớp.")
