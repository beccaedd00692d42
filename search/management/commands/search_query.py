import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engine import InvalidParameter, Query, Unavailable, followers, get_engine
from search.facets import all_groups
from search.parameters import check_codes


class Command(BaseCommand):
    help = "Hỏi máy tìm kiếm như khách hỏi, và xem vì sao kết quả nào đứng trước."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", help="từ cần tìm; để trống ('') là mọi mục")
        parser.add_argument("--kind", action="append", default=[], help="loại; ghi được nhiều lần")
        parser.add_argument("--filter", action="append", default=[], metavar="NHÓM=GIÁ TRỊ", help="ghi được nhiều lần")
        parser.add_argument("--lang", default="vi", help="ngôn ngữ; all là mọi ngôn ngữ")
        parser.add_argument("--limit", type=int, default=20)
        parser.add_argument("--engine", choices=[engine.name for engine in followers()], help="máy nào trả lời")
        parser.add_argument("--json", action="store_true", help="in dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        filters: dict[str, tuple[str, ...]] = {}
        for given in options["filter"]:
            group, equals, value = given.partition("=")
            if not (group and equals and value):
                raise CommandError(f"--filter {given!r}: cần NHÓM=GIÁ TRỊ, ví dụ ward=03433.")
            filters[group] = (*filters.get(group, ()), value)
        if options["kind"]:
            filters["kind"] = (*filters.get("kind", ()), *options["kind"])
        if options["lang"] != "all":
            filters.setdefault("language", (options["lang"],))
        self._say_what_is_unknown(filters)
        query = Query(
            text=options["text"],
            kinds=filters.pop("kind", ()),
            language=filters["language"][0] if len(filters.get("language", ())) == 1 else None,
            filters=filters,
            size=options["limit"],
        )
        chosen = [engine for engine in followers() if engine.name == options["engine"]]
        try:
            found = (chosen[0] if chosen else get_engine()).search(query)
        except (Unavailable, InvalidParameter) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            answer = {
                "engine": found.engine,
                "took_ms": found.took_ms,
                "count": found.count,
                "ids": [hit.ref for hit in found.hits],
                "did_you_mean": found.did_you_mean or None,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        self.stdout.write(f"{found.count} kết quả, {found.engine}, {found.took_ms} ms.")
        if found.did_you_mean:
            self.stdout.write(f"Có phải: {found.did_you_mean}")
        for hit in found.hits:
            self.stdout.write(f"  bậc {hit.tier}  {hit.date}  {hit.kind:<10} {hit.title}")

    def _say_what_is_unknown(self, filters: dict[str, tuple[str, ...]]) -> None:
        """It is asked all the same: the index may hold what no list names any more."""
        groups = {group.code: group for group in all_groups()}
        for code, given in filters.items():
            try:
                if code not in groups:
                    raise InvalidParameter(code, f"Không có nhóm lọc “{code[:40]}”. Có: {', '.join(groups)}.")
                check_codes(groups[code], given)
            except InvalidParameter as refused:
                self.stderr.write(self.style.WARNING(refused.message))
