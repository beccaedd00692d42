import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from registry.core.models import DayOff

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command("deadline", *words, stdout=out)
    return out.getvalue()


def test_the_due_moment_and_its_steps_as_text():
    lines = run("2027-02-01T09:00", "3wd").splitlines()
    assert lines[0] == "Hạn: 23:59:59 thứ Năm, 11/02/2027 (từ 01/02/2027, 3wd)"
    assert len(lines) == 12
    assert "không tính" in lines[1]
    assert "nghỉ lễ (" in lines[4]
    assert lines[-1].split()[0] == "3"


def test_the_due_moment_and_its_steps_as_json():
    told = json.loads(run("2027-01-22", "15d", "--json"))
    assert told["due"] == "2027-02-11T23:59:59+07:00"
    assert told["due_on"] == "2027-02-11"
    assert told["rolled"] is True
    assert sum(step["counted"] for step in told["steps"]) == 15
    assert set(told["steps"][0]) == {"date", "counted", "reason", "note"}


def test_the_table_of_the_staff_is_asked_and_its_note_shown():
    DayOff.objects.create(date="2026-08-22", kind=DayOff.Kind.WORKED, note="Làm bù cho 31/8", source="Thông báo 1")
    text = run("2026-08-20", "3wd")
    assert "24/08/2026" in text.splitlines()[0]
    assert "ngày làm bù theo lịch của cơ quan (Làm bù cho 31/8)" in text


def test_a_moment_elsewhere_is_a_day_here():
    assert json.loads(run("2027-02-01T20:00:00Z", "3wd", "--json"))["due_on"] == "2027-02-12"


@pytest.mark.parametrize(
    ("start", "limit"),
    [
        ("hôm nay", "3wd"), ("2027-02-30", "3wd"), ("01/02/2027", "3wd"), ("", "3wd"),
        ("2027-02-01", "3"), ("2027-02-01", "0wd"), ("9999-12-30", "15d"), ("0001-01-01T00:00+23:00", "3wd"),
    ],
)  # fmt: skip
def test_bad_input_is_answered_with_a_sentence(start, limit):
    with pytest.raises(CommandError, match="Không hiểu|Thời hạn|quá xa"):
        run(start, limit)
