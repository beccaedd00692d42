import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from search.engine import Differences, SearchEngine, Unavailable, followers
from search.models import SearchEntry
from search.numbering import number_all


class Command(BaseCommand):
    help = "So mã và số phiên bản của mỗi máy tìm kiếm với bảng search_entry. Mã kết thúc: 0 khớp, 1 khác, 2 không so được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fix", action="store_true", help="chép lại những mục khác rồi so lại; còn khác thì dựng lại"
        )

    def handle(self, *args: Any, fix: bool, **options: Any) -> None:
        number_all()
        try:
            differ = [engine for engine in followers() if self._differs(engine, fix)]
        except Unavailable as error:
            raise CommandError(f"Không so được: {error}", returncode=2) from error
        if differ:
            sys.exit(1)

    def _differs(self, engine: SearchEngine, fix: bool) -> bool:
        found = engine.check()
        if found and fix:
            self._tell(engine, found)
            rows: QuerySet = SearchEntry.objects.filter(pk__in=[*found.missing, *found.stale])
            rows.update(seq=None)
            number_all()
            engine.forget(found.extra)
            found = engine.check()
            if found:  # e.g. a document under a number that was never given: nothing can be written over it
                engine.rebuild()
                found = engine.check()
        self._tell(engine, found)
        return bool(found)

    def _tell(self, engine: SearchEngine, found: Differences) -> None:
        if not found:
            self.stdout.write(f"{engine.name}: khớp.")
        for word, entries in (("thiếu", found.missing), ("thừa", found.extra), ("cũ", found.stale)):
            if entries:
                named = SearchEntry.objects.filter(pk__in=entries[:20]).order_by("pk")
                told = ", ".join(map(str, named)) or ", ".join(map(str, entries[:20]))
                self.stdout.write(f"{engine.name}: {word} {len(entries)} mục: {told}{'…' if len(entries) > 20 else ''}")
