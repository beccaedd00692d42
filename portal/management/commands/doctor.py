import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from portal.doctor import EXIT_CODES
from portal.doctor.visit import outcome, visit
from registry.core import clock

SIGNS = {"ok": "ổn   ", "warn": "XEM  ", "bad": "HỎNG "}


class Command(BaseCommand):
    help = "Khám cổng thông tin: mỗi thứ một câu. Mã thoát 0: ổn; 1: có điều nên xem; 2: có chỗ hỏng."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="cho chương trình giám sát đọc")

    def handle(self, *args: Any, **options: Any) -> None:
        parts = visit(by_hand=True)
        level = outcome(parts)
        if options["json"]:
            told = {"at": clock.now().isoformat(timespec="seconds"), "level": level}
            told["parts"] = [asdict(part) | {"level": part.level} for part in parts]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            for part in parts:
                for finding in part.findings:
                    self.stdout.write(f"{SIGNS[finding.level]} {part.title}: {finding.sentence}")
                    if finding.advice:
                        self.stdout.write(f"      → {finding.advice}")
        if EXIT_CODES[level]:
            raise SystemExit(EXIT_CODES[level])
