"""Reminders, and the list on the command line."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from notifications.models import Message
from portal.duty_mail import remind
from registry.core import clock
from tests.accounts.factories import UserFactory
from tests.certificates.factories import certificate
from tests.duties.factories import fulfilled, received
from tests.parties.factories import party

pytestmark = pytest.mark.django_db


def run(moment: str) -> dict[str, int]:
    with clock.at(moment):
        return remind(clock.now())


def told(code: str) -> list[tuple[str, str]]:
    return list(Message.objects.filter(code=code).order_by("pk").values_list("email", "key"))


def test_an_enterprise_is_reminded_three_times_and_once_when_it_is_over(officer: Any) -> None:
    owner = UserFactory()
    found = certificate(actor=officer, holder=party("Công ty A", owner=owner))
    certificate(actor=officer, name_vi="Không ai đứng tên")
    key = f"{found.public_id}/2026"
    assert run("2026-11-13T08:00")["year_report_due"] == 0
    assert run("2026-11-14T08:00")["year_report_due"] == 1
    for later in ("2026-11-14T09:00", "2026-12-06T23:00"):
        assert run(later)["year_report_due"] == 0
    assert run("2026-12-13T08:00")["year_report_due"] == 1  # the job was away for a week: one letter, not two
    run("2026-12-15T08:00")
    run("2027-05-01T08:00")
    assert told("year_report_due") == [(owner.email, f"{key}/{stage}") for stage in (30, 1, 0)]
    last = Message.objects.filter(code="year_report_due").latest("pk")
    assert "đã quá hạn" in last.subject
    assert f"/tai-khoan/bao-cao-nam/{found.public_id}/2026/" in last.body_text
    second = UserFactory(language="en")
    found.party.memberships.create(user=second, role="editor", since=clock.today())
    run("2027-05-02T08:00")
    assert told("year_report_due")[3:] == [(second.email, f"{key}/0")]
    assert "Open the report for 2026" in Message.objects.latest("pk").body_text


def test_nobody_is_reminded_of_what_is_reported(officer: Any) -> None:
    owner = UserFactory()
    found = certificate(actor=officer, holder=party("Công ty A", owner=owner))
    received(found, 2026, owner, "20/11/2026")
    run("2026-12-07T08:00")
    assert told("year_report_due") == []


def test_the_department_is_told_of_its_own(officer: Any) -> None:
    leader = UserFactory(leader=True)
    found = certificate(actor=officer)
    position = found.versions.get().decision.position
    run("2026-03-21T08:00")
    assert told("duties_due") == []
    run("2026-03-22T08:00")
    run("2026-03-22T09:00")
    assert told("duties_due") == [(officer.email, f"{found.public_id}/ministry/{position}/soon")]
    run("2026-03-28T08:00")
    assert {email for email, key in told("duties_due") if key.endswith("late")} == {officer.email, leader.email}
    before = len(told("duties_due"))
    fulfilled(found, "ministry", officer)
    run("2026-03-29T08:00")
    assert len(told("duties_due")) == before


def listed(*args: str) -> str:
    out = StringIO()
    call_command("duties", *args, stdout=out)
    return out.getvalue()


def test_the_command(officer: Any) -> None:
    found = certificate(actor=officer)
    fulfilled(found, "ministry", officer, remark="Đã gửi qua trục liên thông.")
    received(found, 2026, officer, "20/11/2026")
    rows = json.loads(listed("--at", "2029-12-20", "--json"))
    assert [set(row) for row in rows] == [{"duty", "basis", "certificate", "due", "done_on", "evidence", "late"}] * len(
        rows
    )
    assert [(row["duty"], row["due"], row["done_on"], row["evidence"], row["late"]) for row in rows] == [
        ("incentive_bodies", None, None, None, False),
        ("national_platform", None, None, None, False),
        ("ministry", "2026-03-27", "2026-03-20", "15/SKHCN-QLKH · Đã gửi qua trục liên thông.", False),
        ("review", "2029-03-12", None, None, True),
        ("year_report", "2026-12-14", "2026-11-20", "BN-2026-01", False),
        ("year_report", "2027-12-14", None, None, True),
        ("year_report", "2028-12-14", None, None, True),
        ("year_report", "2029-12-14", None, None, True),
        ("withdrawal_proposal", None, None, None, False),
    ]
    assert rows[2]["basis"] == "khoản 2 Điều 66 Nghị định 268/2025/NĐ-CP"
    assert json.loads(listed("--at", "2026-03-11", "--json")) == []
    assert "Không có nghĩa vụ nào" in listed("--at", "2026-03-11")
    table = listed("--at", "2026-03-30")
    assert "01/DNKHCN" in table
    assert "không ấn định" in table


@pytest.mark.parametrize("wrong", ["2026-13-01", "hôm nay", "20261201", "2026-1-1", "2026-12-01T00:00"])
def test_a_day_that_is_none(wrong: str, db: None) -> None:
    with pytest.raises(CommandError, match="Không hiểu ngày") as told_so:
        listed("--at", wrong)
    assert told_so.value.returncode == 2
