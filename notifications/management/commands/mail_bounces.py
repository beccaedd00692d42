import mailbox
import sys
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes, policy
from email.message import Message as Mail
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from notifications.bounces import failures, take_in


class Command(BaseCommand):
    help = "Đọc thư báo trả lại (RFC 3464) và đánh dấu địa chỉ trả thư. Đọc lại lần nữa không đổi gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "sources", nargs="*", help="tệp .eml, tệp mbox, thư mục Maildir hoặc thư mục tệp .eml; trống: đầu vào chuẩn"
        )
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm, không đánh dấu")

    def handle(self, *args: Any, **options: Any) -> None:
        read = proving = marked = 0
        for report in reports(options["sources"]):
            read += 1
            proving += any(True for _failure in failures(report))
            if not options["dry_run"]:
                marked += take_in(report)
        self.stdout.write(f"Đọc {read} thư, {proving} thư báo trả lại thư của cổng, đánh dấu mới {marked} địa chỉ.")


def reports(sources: list[str]) -> Iterator[Mail]:
    if not sources:
        yield from in_bytes(sys.stdin.buffer.read())
    for source in map(Path, sources):
        if not source.exists():
            raise CommandError(f"Không có {source}.")
        yield from in_folder(source) if source.is_dir() else in_file(source)


def in_folder(folder: Path) -> Iterator[Mail]:
    if (folder / "cur").is_dir() and (folder / "new").is_dir():
        yield from mailbox.Maildir(folder, create=False)
        return
    for file in sorted(one for one in folder.iterdir() if one.is_file()):
        yield from in_file(file)


def in_file(file: Path) -> Iterator[Mail]:
    with file.open("rb") as opened:
        is_mbox = opened.read(5) == b"From "
    if is_mbox:
        with closing(mailbox.mbox(file, create=False)) as box:
            yield from box
    else:
        yield from in_bytes(file.read_bytes())


def in_bytes(raw: bytes) -> Iterator[Mail]:
    """One letter; a pipe gives no mbox."""
    if raw.strip():
        yield message_from_bytes(raw, policy=policy.compat32)
