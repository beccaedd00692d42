from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engine import Unavailable, followers
from search.entries import number_all
from search.numbering import start_new_epoch


class Command(BaseCommand):
    help = "Dựng bản sao mới của mỗi máy tìm kiếm từ bảng search_entry rồi thay bản cũ; tìm kiếm và ghi vẫn chạy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=[engine.name for engine in followers()], help="chỉ máy này")
        parser.add_argument(
            "--restored", action="store_true", help="sau khi khôi phục cơ sở dữ liệu: mọi bản sao ở mọi máy đều bỏ"
        )

    def handle(self, *args: Any, engine: str | None, restored: bool, **options: Any) -> None:
        if restored:
            start_new_epoch()
        number_all()
        for follower in followers():
            if engine in (None, follower.name):
                self._rebuild(follower)

    def _rebuild(self, follower: Any) -> None:
        told = -1

        def progress(done: int, all_: int) -> None:
            nonlocal told
            percent = 100 * done // max(all_, 1)
            if percent // 5 != told:
                told = percent // 5
                self.stdout.write(f"{follower.name}: {done}/{all_} ({percent} %)")
                self.stdout.flush()

        try:
            built = follower.rebuild(progress)
        except Unavailable as error:
            raise CommandError(f"{follower.name}: chưa dựng lại được, bản cũ vẫn trả lời. {error}") from error
        self.stdout.write(f"{follower.name}: đã dựng lại {built} mục.")
