import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts import roles
from accounts.models import User
from registry.core.lifecycle import Refusal
from registry.core.text import fault_of_file
from registry.startups.importing.columns import Unusable, write_template
from registry.startups.importing.running import Report, imported, new_run_id, tried

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Nhập danh sách khởi nghiệp của Sở từ tệp CSV (UTF-8) hoặc XLSX. Mã thoát: 0 nhận hết, 1 có dòng không nhận, "
        "2 tệp không dùng được. Chạy lại tệp cũ không thêm gì."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="tệp .csv hoặc .xlsx")
        parser.add_argument("--dry-run", action="store_true", help="chỉ xem sẽ ra sao, không ghi gì vào cơ sở dữ liệu")
        parser.add_argument("--report", type=Path, metavar="TỆP", help="ghi báo cáo JSON vào tệp này")
        parser.add_argument("--template", type=Path, metavar="TỆP", help="ghi tệp mẫu (.xlsx hoặc .csv) rồi thôi")
        parser.add_argument(
            "--as",
            dest="actor",
            metavar="THƯ",
            default="",
            help="thư điện tử của cán bộ nhập; không ghi thì là lãnh đạo (rồi chuyên viên) đầu tiên trong hệ thống",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["template"]:
            self._template(options["template"])
            return
        if options["file"] is None:
            raise CommandError("Cần tên tệp, hoặc --template TỆP để lấy tệp mẫu.", returncode=2)
        check_writable(options["report"])
        actor = handler(options["actor"])
        if actor is None and not options["dry_run"]:
            raise CommandError("Chưa có lãnh đạo hay chuyên viên nào để ghi tên người nhập.", returncode=2)
        keep_small()
        work = tried if options["dry_run"] else imported
        try:
            report = work(options["file"], actor, self._progress)
        except Unusable as unusable:
            fault = [{"row": 1, "column": "", "reason": str(unusable)}]
            self._write(options["report"], {**Report(new_run_id()).as_json(), "rejected": fault})
            raise CommandError(f"Tệp không dùng được: {unusable}", returncode=2) from unusable
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self._tell(report, actor, dry=options["dry_run"])
        self._write(options["report"], report.as_json())
        if report.exit_code:
            raise CommandError(f"{report.counts['refused']} dòng không nhận.", returncode=report.exit_code)

    def _template(self, path: Path) -> None:
        try:
            write_template(path)
        except OSError as failure:
            raise CommandError(f"Không ghi được {path}: {fault_of_file(failure)}.", returncode=2) from failure
        self.stdout.write(f"Đã ghi tệp mẫu {path}.")

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(f"\r{done}/{total} dòng", ending="\n" if done >= total else "")
        self.stderr.flush()

    def _write(self, path: Path | None, report: dict[str, Any]) -> None:
        if path is None:
            return
        try:
            path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
        except OSError as failure:
            raise CommandError(f"Không ghi được báo cáo {path}: {fault_of_file(failure)}.", returncode=2) from failure

    def _tell(self, report: Report, actor: Any, *, dry: bool) -> None:
        counts = report.counts
        self.stdout.write(
            f"Lượt {report.run_id}{' (chạy thử, chưa ghi gì)' if dry else f', người nhập: {actor}'}: "
            f"{counts['created']} mới, {counts['updated']} cập nhật, {counts['unchanged']} không đổi, "
            f"{counts['refused']} không nhận."
        )
        for fault in report.rejected[:SHOWN]:
            column = f", cột “{fault['column']}”" if fault["column"] else ""
            self.stdout.write(f"  dòng {fault['row']}{column}: {fault['reason']}")
        if len(report.rejected) > SHOWN:
            self.stdout.write(f"  … và {len(report.rejected) - SHOWN} lý do nữa; xem báo cáo (--report).")


def check_writable(path: Path | None) -> None:
    """Before any work: that the report can be written there. A file that stands there already is left as it is."""
    if path is None:
        return
    try:
        stood = path.exists()
        path.open("a").close()
        if not stood:
            path.unlink()
    except OSError as failure:
        raise CommandError(
            f"Chưa nhập gì: không ghi được báo cáo {path}: {fault_of_file(failure)}.", returncode=2
        ) from failure


def keep_small() -> None:
    """On SQLite: a long import needs neither a map of the whole database nor many of its pages in memory."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size=0")
            cursor.execute("PRAGMA cache_size=-8192")


def handler(email: str) -> User | None:
    """In whose name the list is entered: the person named, or the first who may."""
    people = User.objects.filter(is_active=True).order_by("pk")
    if email:
        found = people.filter(email=email.lower()).first()
        if found is None:
            raise CommandError(f"Không có tài khoản {email}.", returncode=2)
        return found
    for role in (roles.LEADER, roles.CASE_OFFICER):
        if found := people.filter(groups__name=role).first():
            return found
    return None
