import json
import subprocess
import sys
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from search.bench.apart import apart, is_apart, measured_engine
from search.bench.given import BadFile, read_entries, read_queries
from search.bench.measure import ask, by_group, load
from search.engine import ENGINES

BAD_FILE = 2


class Command(BaseCommand):
    help = (
        "Đo bộ tìm kiếm trên một kho mục và một bộ câu hỏi từ bên ngoài, trong một cổng thông tin tạm thời;"
        " dữ liệu của cổng này không bị động đến."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--corpus", required=True, type=Path, help="tệp JSONL, mỗi dòng một mục")
        parser.add_argument("--queries", required=True, type=Path, help="tệp JSON, danh sách câu hỏi")
        parser.add_argument("--engine", default=settings.SEARCH_ENGINE, choices=ENGINES, help="máy tìm kiếm")
        parser.add_argument("--json", action="store_true", help="in dạng JSON")
        parser.add_argument("--inside", action="store_true", help=SUPPRESS)

    def handle(self, *args: Any, corpus: Path, queries: Path, engine: str, **options: Any) -> None:
        if not options["inside"]:
            return self._in_a_portal_apart(corpus.resolve(), queries.resolve(), engine, as_json=options["json"])
        if not is_apart():
            raise CommandError("--inside chỉ dùng trong cổng thông tin tạm thời mà lệnh này tự mở.")
        try:
            figures = self._measured(corpus, queries)
        except BadFile as error:
            raise CommandError(str(error), returncode=BAD_FILE) from error
        self.stdout.write(json.dumps(figures, ensure_ascii=False) if options["json"] else _table(figures))
        return None

    def _in_a_portal_apart(self, corpus: Path, queries: Path, engine: str, *, as_json: bool) -> None:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "search_bench", "--inside", "--engine", engine]
        command += ["--corpus", str(corpus), "--queries", str(queries), *(["--json"] if as_json else [])]
        with apart(engine) as environment:
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
        self.stdout.write(done.stdout, ending="")
        if done.returncode:
            sys.exit(done.returncode)

    def _measured(self, corpus: Path, queries: Path) -> dict[str, Any]:
        asked = read_queries(queries, self._say)
        _make_tables()
        engine = measured_engine()
        library = load(read_entries(corpus, self._say), engine, (ref for one in asked for ref in one.relevant))
        missing = [ref for ref, languages in library.languages.items() if not languages]
        if missing:
            self._say(f"{queries.name}: {len(missing)} mục mong đợi không có trong kho, ví dụ “{missing[0]}”.")
        return {
            "engine": engine.name,
            "entries": library.entries,
            "write_seconds": library.write_seconds,
            "follow_seconds": library.follow_seconds,
            "groups": by_group([ask(engine, one, library) for one in asked]),
        }

    def _say(self, sentence: str) -> None:
        self.stderr.write(self.style.WARNING(sentence))


def _make_tables() -> None:
    """The tables of the search alone. Not by `migrate`, after which other rooms look for theirs."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("search"))


def _table(figures: dict[str, Any]) -> str:
    lines = [
        f"{figures['engine']}: {figures['entries']} mục, ghi {figures['write_seconds']} s, lập chỉ mục {figures['follow_seconds']} s",
        f"{'nhóm':16}{'n':>6}{'p50':>9}{'p95':>9}{'p99':>9}{'đầu tiên':>10}{'trong 5':>9}{'nguyên văn':>12}  (ms; phần)",
    ]
    for group, told in figures["groups"].items():
        shares = (told["first"], told["recall_at_5"], told["recall_at_5_typed"])
        first, five, typed = ("–" if share is None else f"{share:.3f}" for share in shares)
        lines.append(
            f"{group[:16]:16}{told['n']:>6}{told['p50']:>9}{told['p95']:>9}{told['p99']:>9}{first:>10}{five:>9}{typed:>12}"
        )
    return "\n".join(lines)
