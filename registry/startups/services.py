"""The only way to change the register outside a dossier's lifecycle: reports of errors, what is featured."""

from typing import Any

from registry.core import clock
from registry.core.text import clean
from registry.startups.models import ErrorReport, Startup


def report_error(startup: Startup, *, text: str, email: str = "") -> ErrorReport:
    """Keep what a visitor says is wrong. Anybody may."""
    return ErrorReport.objects.create(startup=startup, text=clean(text), email=email, sent_at=clock.now())


def handle_report(report: ErrorReport, *, actor: Any) -> None:
    """Mark a report as dealt with. Twice is once."""
    ErrorReport.objects.filter(pk=report.pk, handled_at=None).update(handled_at=clock.now(), handled_by=actor)


def feature(startup: Startup, featured: bool) -> None:
    """Show the startup among the featured ones, or no longer."""
    Startup.objects.filter(pk=startup.pk).update(featured=featured)
