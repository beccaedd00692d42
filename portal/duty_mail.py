"""Who is reminded of the duties that certificates bring: the enterprise of its yearly report, the department of its own."""

from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language

from accounts import roles
from notifications.services import call_off as call_off_messages
from notifications.services import notify
from portal.dossier_mail import applicants, everybody, not_yet_told, written
from registry.certificates.models import Certificate
from registry.core import clock
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Moved
from registry.duties.desk import url_of
from registry.duties.models import YearReport
from registry.duties.rules import Duty, DutyKind, reminder
from registry.duties.selectors import certificates_to_remind, ledger

REPORT: Final = "year_report_due"
OWN: Final = "duties_due"
WARN_BEFORE: Final = {DutyKind.MINISTRY: 5, DutyKind.REVIEW: 60}
"""So many days before its day the department is told of a duty of its own that the law sets a day for."""


def remind(now: datetime) -> dict[str, int]:
    """Tell of every report and duty that is not done and whose reminder has come. Twice, late or after a kill: each once.

    Returns how many occasions somebody was told of.
    """
    today = clock.local(now).date()
    open_ = [duty for duty in ledger(today) if duty.done is None and duty.due is not None]
    known = {one.public_id: one for one in certificates_to_remind()}
    counts = {REPORT: 0, OWN: 0}
    for duty in open_:
        certificate = known[duty.public_id]
        if duty.kind is DutyKind.YEAR_REPORT:
            counts[REPORT] += _tell_enterprise(certificate, duty, today)
        else:
            counts[OWN] += _tell_department(certificate, duty, today)
    return counts


def occasion(public_id: str, year: int | None) -> str:
    """How the messages of one report begin their keys."""
    return f"{public_id}/{year}/"


@transaction.atomic
def _tell_enterprise(certificate: Certificate, duty: Duty, today: date) -> int:
    """Of the year that runs and of the one before; what is older is the department's matter."""
    assert duty.due is not None
    assert duty.year is not None
    stage = reminder(today, duty.due)
    if stage is None or duty.year < today.year - 1:
        return 0
    key = f"{occasion(duty.public_id, duty.year)}{stage}"
    fresh = not_yet_told(REPORT, key, applicants(certificate))
    if not fresh:
        return 0
    address = [certificate.public_id, duty.year]
    context = _about(duty, today) | {
        "year": duty.year,
        "url": written(lambda: reverse("year_report", args=address)),
    }
    notify(REPORT, fresh, key, context)
    return 1


@transaction.atomic
def _tell_department(certificate: Certificate, duty: Duty, today: date) -> int:
    """Officers before the day; leaders too, once it is over."""
    assert duty.due is not None
    days = (duty.due - today).days
    if days > WARN_BEFORE[duty.kind]:
        return 0
    people = everybody(certificate, roles.CASE_OFFICER, *((roles.LEADER,) if days < 0 else ()))
    stage = "late" if days < 0 else "soon"
    key = f"{duty.public_id}/{duty.kind.value}/{duty.cause.decision if duty.cause else duty.due}/{stage}"
    fresh = not_yet_told(OWN, key, people)
    if not fresh:
        return 0
    context = _about(duty, today) | {
        "duty": duty.label,
        "ground": written(lambda: ground_in_words(duty.basis, get_language() or "vi")),
        "url": url_of(duty),
    }
    notify(OWN, fresh, key, context)
    return 1


def _about(duty: Duty, today: date) -> dict[str, Any]:
    assert duty.due is not None
    return {
        "number": duty.certificate,
        "title": duty.name,
        "due_on": duty.due,
        "left": (duty.due - today).days,
    }


def call_off(moved: Moved) -> None:
    """A receipt has come: what still waits to be told of that report is not sent any more."""
    if isinstance(moved.record, YearReport) and moved.action == "receive":
        report = moved.record
        call_off_messages(REPORT, occasion(report.certificate.public_id, report.year))
