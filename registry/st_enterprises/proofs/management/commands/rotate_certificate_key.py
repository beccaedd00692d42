from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.st_enterprises.proofs.keys import mark_leaked, published_keys, rotate
from registry.st_enterprises.proofs.models import CertificateKey


class Command(BaseCommand):
    help = "Thay khóa ký giấy chứng nhận. Khóa cũ vẫn được công bố, giấy đã ký vẫn kiểm tra được, trừ khi khóa đã lộ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--leaked",
            metavar="KEY",
            help="mã khóa đã lộ: mọi chữ ký của nó không còn được tin; đang dùng thì thay luôn",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["leaked"]:
            try:
                mark_leaked(options["leaked"])
            except CertificateKey.DoesNotExist as wrong:
                raise CommandError(f"Không có khóa {options['leaked']}.") from wrong
        else:
            rotate()
        for key in published_keys().values():
            self.stdout.write(line(key))


def line(key: CertificateKey) -> str:
    until = f"đến {key.used_until:%d/%m/%Y}" if key.used_until else "đang dùng"
    notes = [f"đã lộ, biết từ {key.leaked_on:%d/%m/%Y}"] if key.leaked_on else []
    notes += ["khóa phát triển"] if key.development else []
    return "; ".join([f"{key.key_id}: từ {key.used_from:%d/%m/%Y}, {until}", *notes])
