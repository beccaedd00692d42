"""How others read dossiers. Scope is in the query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from accounts import roles
from registry.core.lifecycle import State
from registry.core.models.history import Event
from registry.dossiers.lifecycle import DRAFT, SUBMITTED, SUPPLEMENT
from registry.dossiers.models import Dossier, Remark, SupplementRequest

OPEN_STATES = (SUBMITTED.code, SUPPLEMENT.code)


def visible_to(user: Any) -> QuerySet[Dossier]:
    """An applicant sees the dossiers of their parties; officers and leaders see what was submitted."""
    if not getattr(user, "is_authenticated", False):
        return Dossier.objects.none()
    own = Q(party__memberships__user=user, party__memberships__until=None)
    if roles.roles_of(user) & {roles.CASE_OFFICER, roles.LEADER}:
        own |= Q(received_at__isnull=False)
    return Dossier.objects.filter(own).select_related("party").distinct()


def of_applicant(user: Any) -> QuerySet[Dossier]:
    """The dossiers of the parties that `user` acts for, newest first."""
    return (
        Dossier.objects.filter(party__memberships__user=user, party__memberships__until=None)
        .select_related("party")
        .order_by("-created_at", "-id")
    )


def queue(*, assigned_to: Any = None, unassigned: bool = False) -> QuerySet[Dossier]:
    """What the department has on its desk: by due date, overdue first; what waits for the applicant comes last."""
    rows = Dossier.objects.filter(received_at__isnull=False).select_related("party", "assigned_to")
    if unassigned:
        rows = rows.filter(assigned_to=None)
    if assigned_to is not None:
        rows = rows.filter(assigned_to=assigned_to)
    return rows.order_by(F("due_at").asc(nulls_last=True), "-received_at", "id")


def open_supplement(dossier: Dossier) -> SupplementRequest | None:
    return dossier.supplements.filter(closed_at=None).prefetch_related("remarks").first()


def opened_targets(dossier: Dossier) -> frozenset[str] | None:
    """What the applicant may change now: None = everything (a draft), the marked targets in a supplement, else nothing."""
    if dossier.state == DRAFT.code:
        return None
    if dossier.state != SUPPLEMENT.code:
        return frozenset()
    return frozenset(
        Remark.objects.filter(request__dossier=dossier, request__closed_at=None).values_list("target", flat=True)
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the timeline: what was done, when, in which role, leading to which state."""

    event: Event
    done: Any
    state: State | None
    at: datetime


def timeline(dossier: Dossier) -> list[Moment]:
    lifecycle = dossier.lifecycle
    return [
        Moment(
            e,
            lifecycle.actions[e.action].done if e.action in lifecycle.actions else e.action,
            lifecycle.states.get(e.to_state),
            e.at,
        )
        for e in Event.objects.filter(subject=dossier.subject).select_related("actor")
    ]


def may_read_file(file: Any, user: Any) -> bool:
    """For `registry.core.files.register_holder("dossier", …)`."""
    return visible_to(user).filter(pk=file.holder_id).exists()
