"""What the demo's certificate holders and the department did about their duties: notices, figures, receipts; some late, some not."""

import tomllib
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from portal.demo import certificates, papers
from portal.demo.ideas import DATA
from portal.demo.moments import afternoon, evening, working_day
from portal.demo.replay import Story
from registry.certificates.models import Certificate
from registry.core import clock
from registry.duties.models import Notice, YearReport
from registry.duties.services import act_on_notice, act_on_report, save_figures
from registry.parties.services import answer_join, ask_to_join

Row = dict[str, Any]


def told() -> dict[str, list[Row]]:
    return tomllib.loads((DATA / "duties.toml").read_text(encoding="utf-8"))


def stories(officer: User) -> list[Story]:
    """All of it, once: nothing where the department or an enterprise has done anything yet."""
    if Notice.objects.exists() or YearReport.objects.exists():
        return []
    rows = told()
    return [
        *(holder(row, officer) for row in rows["holder"]),
        *(notice(row, officer) for row in rows["notice"]),
        *(receipt(row, officer) for row in rows["receipt"]),
        *(figures(row) for row in rows["figures"]),
    ]


def named(name: str) -> Certificate:
    return Certificate.objects.select_related("party").get(versions__name_vi=name)


def granted_on(name: str) -> date:
    return next(one.issued for one in certificates.told() if one.name == name)


def holder(row: Row, officer: User) -> Story:
    """Somebody asks to act for the enterprise, and the department lets them in."""
    yield evening(row["name"], working_day(granted_on(row["name"]) + timedelta(days=row["joins"])))
    person = User.objects.get(email=row["person"])
    request = ask_to_join(named(row["name"]).party, actor=person)
    yield clock.now() + timedelta(hours=14)
    answer_join(request.pk, accept=True, actor=officer)


def notice(row: Row, officer: User) -> Story:
    day = working_day(granted_on(row["name"]) + timedelta(days=row["after"]))
    yield afternoon(f"{row['name']} {row['kind']}", day)
    found = named(row["name"])
    data = {
        "done_on": day.isoformat(),
        "document": row.get("document", ""),
        "remark": row.get("note", ""),
        "file": papers.paper("screen") if row.get("paper") else None,
    }
    decision = found.versions.get(turn=0).decision
    act_on_notice(found, decision, row["kind"], "fulfil", actor=officer, data=data, expected_version=0)


def receipt(row: Row, officer: User) -> Story:
    """An enterprise that has nobody here sends its receipt to the department."""
    yield afternoon(f"{row['name']} {row['year']}", working_day(row["on"] + timedelta(days=3)))
    data = {"number": row["number"], "received_on": row["on"].isoformat(), "file": papers.paper("receipt")}
    act_on_report(named(row["name"]), row["year"], "receive", actor=officer, data=data, expected_version=0)


def figures(row: Row) -> Story:
    yield evening(f"{row['name']} {row['year']}", row["on"])
    found = named(row["name"])
    writer = User.objects.get(memberships__party=found.party, memberships__until=None)
    save_figures(found, row["year"], row["kept"], actor=writer, seen=0)
