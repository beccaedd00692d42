"""How others read dossiers. Scope is in the query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from accounts import roles
from registry.core.lifecycle import State
from registry.core.models.history import Decision, Event
from registry.dossiers import procedure as procedures
from registry.dossiers.lifecycle import DRAFT, SUPPLEMENT
from registry.dossiers.models import Dossier, Remark, SupplementRequest
from registry.parties.models import Party


def open_states() -> frozenset[str]:
    """What is neither a draft nor closed: on the desk, or waiting for the applicant."""
    return procedures.on_the_desk() | {SUPPLEMENT.code}


def visible_to(user: Any) -> QuerySet[Dossier]:
    """An applicant sees the dossiers of their parties, a helper those they help with; officers what was submitted."""
    if not getattr(user, "is_authenticated", False):
        return Dossier.objects.none()
    own = Q(party__memberships__user=user, party__memberships__until=None) | _helping(user)
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


def _helping(user: Any) -> Q:
    return Q(helps__helper=user, helps__until=None) if roles.may_help(user) else Q(pk__in=[])


def helped_by(user: Any) -> QuerySet[Dossier]:
    """The dossiers that `user` fills in for others now, newest first."""
    rows = Dossier.objects.filter(_helping(user))
    return rows.select_related("party").order_by("-created_at", "-id")


def within_reach(user: Any) -> QuerySet[Dossier]:
    """What the applicant's pages show to `user`: the dossiers of their parties, and those they help with."""
    own = Q(party__memberships__user=user, party__memberships__until=None) | _helping(user)
    return Dossier.objects.filter(own).select_related("party").distinct()


def latest_of(user: Any, most: int) -> list[Dossier]:
    """The dossiers of the user's parties: those that wait for the applicant first, then the newest."""
    waits = Case(When(state=SUPPLEMENT.code, then=0), default=1)
    return list(of_applicant(user).order_by(waits, "-created_at", "-id")[:most])


def untouched_draft(procedure: str, party: Party, user: Any) -> Dossier | None:
    """A draft that `user` began for `party` and in which nobody has written yet."""
    drafts = Dossier.objects.filter(procedure=procedure, party=party, state=DRAFT.code, created_by=user)
    return drafts.filter(answers_version=0, files=None).order_by("id").first()


def decisions_on(dossier: Dossier) -> QuerySet[Decision]:
    return Decision.objects.filter(subject=dossier.subject).select_related("authority").order_by("position")


def queue(*, assigned_to: Any = None, unassigned: bool = False) -> QuerySet[Dossier]:
    """What the department has on its desk: by due date, overdue first; what waits for the applicant comes last."""
    rows = Dossier.objects.filter(received_at__isnull=False).select_related("party", "assigned_to")
    if unassigned:
        rows = rows.filter(assigned_to=None)
    if assigned_to is not None:
        rows = rows.filter(assigned_to=assigned_to)
    return rows.order_by(F("due_at").asc(nulls_last=True), "-received_at", "id")


def awaiting_answer(until: datetime) -> QuerySet[Dossier]:
    """Dossiers that the department has to answer by then, the overdue ones among them, most urgent first."""
    return (
        Dossier.objects.filter(state__in=procedures.on_the_desk(), due_at__lte=until)
        .select_related("party")
        .order_by("due_at", "id")
    )


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
    """One entry of the timeline: what was done, when, in which role, leading to which state.

    `reason` is the note of an act that needs one; such notes are written for the applicant, others are not.
    """

    event: Event
    done: Any
    state: State | None
    at: datetime
    reason: str = ""


def timeline(dossier: Dossier) -> list[Moment]:
    lifecycle = dossier.lifecycle
    return [
        Moment(
            e,
            lifecycle.actions[e.action].done if e.action in lifecycle.actions else e.action,
            lifecycle.states.get(e.to_state),
            e.at,
            e.note if e.action in lifecycle.actions and lifecycle.actions[e.action].needs_note else "",
        )
        for e in Event.objects.filter(subject=dossier.subject).select_related("actor")
    ]


def may_read_file(file: Any, user: Any) -> bool:
    """For `registry.core.files.register_holder("dossier", …)`."""
    return visible_to(user).filter(pk=file.holder_id).exists()
