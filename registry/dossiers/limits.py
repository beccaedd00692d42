"""By when: the limits of procedures as they stand in `TimeLimit`, counted on the office's calendar."""

from datetime import datetime

from registry.core.deadlines import Due, Limit
from registry.core.selectors import office_due
from registry.dossiers.models import Dossier, TimeLimit


class NoLimit(LookupError):
    """Nobody entered a limit for this step on this day."""


def limit_in_force(procedure: str, step: str, on: datetime) -> TimeLimit:
    row = (
        TimeLimit.objects.filter(procedure=procedure, step=step, effective_from__lte=on.date())
        .exclude(effective_to__lte=on.date())
        .order_by("-effective_from")
        .first()
    )
    if row is None:
        raise NoLimit(f"{procedure}, {step}: no limit on {on:%Y-%m-%d}")
    return row


def answer_due(procedure: str, received: datetime, step: str) -> Due:
    """When the department answers what it received then: a dossier, or another step of its procedure."""
    row = limit_in_force(procedure, step, received)
    return office_due(received, Limit.parse(f"{row.amount}{row.unit}"))


def start_clock(dossier: Dossier, since: datetime) -> None:
    """Set the limit of the dossier's present state running. Raises NoLimit."""
    dossier.due_at = answer_due(dossier.procedure, since, dossier.kind.limit(dossier.state).step).at


def terms(procedure: str, step: str) -> list[TimeLimit]:
    """Every row of a step that is counted in months, whatever day it is for."""
    return list(TimeLimit.objects.filter(procedure=procedure, step=step, unit="m").order_by("effective_from"))
