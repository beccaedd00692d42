from argparse import ArgumentParser
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import boot, jobs
from registry.core import clock


class Command(BaseCommand):
    help = "Làm mọi việc đến hạn, mỗi việc một lần: gửi thư, đăng bài hẹn giờ, nhắc hạn, chỉ mục tìm kiếm, dọn dẹp."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", metavar="ISO", help="chạy như thể đang là lúc này (chỉ khi DEMO=1)")
        parser.add_argument("--only", metavar="VIỆC", default="", help="chỉ chạy một việc")

    def handle(self, *args: Any, **options: Any) -> None:
        moment = moment_of(options["at"]) if options["at"] else None
        if boot.is_preparing():  # the timer ticks while a new version still changes the tables
            self.stdout.write("Cổng thông tin đang khởi động; lượt này thôi.")
            return
        try:
            with clock.at(moment) if moment else nullcontext():
                run_id, outcomes = jobs.run(options["only"])
        except jobs.Busy:
            self.stdout.write("Một lượt khác đang chạy; lượt này thôi.")
            return
        except LookupError as unknown:
            raise CommandError(f"Không có việc {unknown}. Có: {', '.join(jobs.names())}.") from unknown
        for outcome in outcomes:
            said = f"HỎNG ({outcome.error})" if outcome.error else "xong" if outcome.did is None else str(outcome.did)
            self.stdout.write(f"{run_id}  {outcome.job:<22} {outcome.milliseconds:>6} ms  {said}")
        failed = [outcome.job for outcome in outcomes if outcome.error]
        if failed:
            raise CommandError(f"Lượt {run_id}: {len(failed)} việc hỏng ({', '.join(failed)}); các việc khác đã xong.")


def moment_of(text: str) -> datetime:
    if not settings.DEMO:
        raise CommandError("--at chỉ dùng được khi DEMO=1.")
    try:
        return clock.local(datetime.fromisoformat(text))
    except ValueError as wrong:
        raise CommandError("--at cần một thời điểm ISO, ví dụ 2026-10-12T09:00.") from wrong
