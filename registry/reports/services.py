"""Reporting, and forgetting who did. A report is answered through `registry.core.lifecycle.perform(report, "answer", …)`."""

from datetime import datetime

from registry.core import clock
from registry.core.text import clean
from registry.reports.lifecycle import ANSWERED, NEW
from registry.reports.models import Report
from registry.reports.subjects import Subject


def report_error(kind: str, subject: Subject, *, text: str, email: str = "", language: str = "vi") -> Report:
    """Keep what a visitor says is wrong with a record. Anybody may; saying the same again while it waits is saying it once."""
    said = {"kind": kind, "about": subject.name, "text": clean(text), "email": email, "state": NEW.code}
    before = Report.objects.filter(**said).first()
    return before or Report.objects.create(
        **said,
        title=subject.title[:300],
        address=subject.url[:300],
        language=language,
        sent_at=clock.now(),
    )


def forget_reporters(before: datetime, limit: int) -> int:
    """Empty the addresses of those whose report was answered before that moment, at most `limit`; how many. What they said stays."""
    answered = Report.objects.filter(state=ANSWERED.code, answered_at__lt=before).exclude(email="")
    chosen = list(answered.order_by("pk").values_list("pk", flat=True)[:limit])
    return Report.objects.filter(pk__in=chosen).update(email="")
