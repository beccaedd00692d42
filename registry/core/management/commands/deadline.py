import json
from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.core import clock
from registry.core.calendar import public_holidays
from registry.core.deadlines import Due, Limit, NotALimit, Reason, Step
from registry.core.models import DayOff
from registry.core.selectors import office_due

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
REASONS = {
    Reason.EVENT: "ngày xảy ra sự kiện, không tính",
    Reason.WORKING: "ngày làm việc",
    Reason.MADE_UP: "ngày làm bù của cả nước",
    Reason.STAFF_WORKED: "ngày làm bù theo lịch của cơ quan",
    Reason.DAY: "ngày thường",
    Reason.WEEKEND: "cuối tuần",
    Reason.HOLIDAY: "nghỉ lễ",
    Reason.STAFF_OFF: "nghỉ theo lịch của cơ quan",
    Reason.ROLL_WEEKEND: "kỳ hạn rơi vào cuối tuần",
    Reason.ROLL_HOLIDAY: "kỳ hạn rơi vào ngày nghỉ lễ",
    Reason.ROLL_STAFF_OFF: "kỳ hạn rơi vào ngày nghỉ theo lịch của cơ quan",
    Reason.ROLL_END: "ngày làm việc tiếp theo",
}


class Command(BaseCommand):
    help = "Tính hạn: deadline 2027-02-01 3wd (ngày làm việc) hoặc deadline 2027-01-20T09:00 15d (ngày)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("start", metavar="START", help="ngày hoặc ngày giờ xảy ra sự kiện, dạng ISO")
        parser.add_argument("limit", metavar="LIMIT", help="thời hạn: 3wd hoặc 15d")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        start = moment(options["start"])
        try:
            limit = Limit.parse(options["limit"])
            end = office_due(start, limit)
        except NotALimit as refusal:
            raise CommandError(str(refusal)) from refusal
        except OverflowError as refusal:
            raise CommandError("Ngày quá xa: hạn nằm ngoài lịch.") from refusal
        notes = dict(DayOff.objects.values_list("date", "note"))
        show = as_json if options["json"] else as_text
        self.stdout.write(show(start, limit, end, notes))


def moment(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text) if len(text) == 10 else clock.local(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as refusal:
        raise CommandError(f"Không hiểu ngày “{text}”: viết 2027-02-01 hoặc 2027-02-01T09:00.") from refusal


def as_json(start: date | datetime, limit: Limit, end: Due, notes: dict[date, str]) -> str:
    return json.dumps(
        {
            "start": start.isoformat(),
            "limit": str(limit),
            "due": end.at.isoformat(),
            "due_on": end.on.isoformat(),
            "rolled": end.rolled,
            "steps": [
                {
                    "date": step.date.isoformat(),
                    "counted": step.counted,
                    "reason": step.reason.value,
                    "note": note_of(step, notes),
                }
                for step in end.steps
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def as_text(start: date | datetime, limit: Limit, end: Due, notes: dict[date, str]) -> str:
    lines = [f"Hạn: {end.at:%H:%M:%S} {weekday(end.on)}, {end.on:%d/%m/%Y} (từ {start:%d/%m/%Y}, {limit})"]
    number = 0
    for step in end.steps:
        number += step.counted
        count = str(number) if step.counted else "·"
        note = note_of(step, notes)
        lines.append(
            f"{count:>4}  {step.date:%d/%m/%Y} {weekday(step.date)}: {REASONS[step.reason]}{f' ({note})' if note else ''}"
        )
    return "\n".join(lines)


def note_of(step: Step, notes: dict[date, str]) -> str:
    """The holiday's name, or what staff wrote beside the day."""
    if step.date in notes:
        return notes[step.date]
    return public_holidays(step.date.year).get(step.date, "") if "holiday" in step.reason.value else ""


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]
