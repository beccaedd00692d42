import json
from argparse import ArgumentParser
from datetime import date
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from registry.core import clock
from registry.core.grounds import ground_in_words
from registry.duties.rules import Duty
from registry.duties.selectors import ledger

STATES: Final = {"done": "đã xong", "late": "QUÁ HẠN", "open": "đang mở"}


class Command(BaseCommand):
    help = "Nghĩa vụ theo giấy chứng nhận doanh nghiệp KH&CN vào một ngày: quá hạn, đang mở, đã xong. Không ghi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", metavar="DATE", default="", help="ngày, dạng 2026-12-15; không có thì hôm nay")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = ledger(day_of(options["at"]))
        self.stdout.write(as_json(rows) if options["json"] else as_text(rows))


def day_of(text: str) -> date:
    if not text:
        return clock.today()
    try:
        if len(text) != 10:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as refusal:
        raise CommandError(
            f"Không hiểu ngày “{text}”: viết năm-tháng-ngày, ví dụ 2026-12-15.", returncode=2
        ) from refusal


def as_json(rows: list[Duty]) -> str:
    """`due` null: the article sets no day. `late`: not done by then, or done after it."""
    told = [
        {
            "duty": one.kind.value,
            "basis": ground_in_words(one.basis),
            "certificate": one.certificate,
            "due": one.due.isoformat() if one.due else None,
            "done_on": one.done.on.isoformat() if one.done else None,
            "evidence": one.done.evidence if one.done else None,
            "late": one.late,
        }
        for one in rows
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_text(rows: list[Duty]) -> str:
    if not rows:
        return "Không có nghĩa vụ nào."
    table = [("Giấy", "Việc", "Căn cứ", "Hạn", "Tình trạng", "Bằng chứng"), *(line(one) for one in rows)]
    widths = [max(len(row[place]) for row in table) for place in range(5)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[5]]).rstrip()
        for row in table
    )


def line(one: Duty) -> tuple[str, ...]:
    label = f"{one.label} {one.year}" if one.year else one.label
    due = f"{one.due:%d/%m/%Y}" if one.due else "không ấn định"
    state = STATES[one.state] + (" (muộn)" if one.done and one.late else "")
    said = f"{one.done.on:%d/%m/%Y} {one.done.evidence}" if one.done else ""
    return one.certificate, label, ground_in_words(one.basis), due, state, said
