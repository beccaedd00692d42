"""The yearly confirmation: who gives it, when it falls due, whom the job has to remind. The only way to change its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.core import clock, events
from registry.core.lifecycle import Conflict, NotAllowed
from registry.dossiers.limits import terms
from registry.parties.selectors import EDITING_ROLES, members, role_of
from registry.startups import selectors
from registry.startups.confirmations import Confirmation, ConfirmationReminder, Way
from registry.startups.models import Profile, Startup
from registry.startups.rules import REMIND_BEFORE, Term, due_after, reminder_days

PROCEDURE: Final = "startup_registration"
STEP: Final = "confirmation"
SALT: Final = "registry.startups.confirmation"
LINK_HOLDS: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class ConfirmationFallsDue:
    """People of the startup are to be told now, for the reminder of `days` days before `due_on`."""

    startup: Startup
    confirmation: Confirmation
    due_on: date
    days: int


@dataclass(frozen=True, slots=True)
class CycleEnded:
    """The next confirmation came, or the page was taken down: what still waits to be told of the cycle is pointless."""

    startup: Startup
    before: Confirmation


class Outdated(Conflict):
    """Another confirmation came first, or the page has left the directory."""


def known_terms() -> list[Term]:
    """The terms that staff keep among the limits."""
    return [Term(row.amount, row.effective_from, row.effective_to) for row in terms(PROCEDURE, STEP)]


def open_cycle(startup: Startup) -> Confirmation | None:
    """The confirmation that holds, or None once the startup has left the directory."""
    return startup.confirmations.filter(until=None).first()


def by_publication(startup: Startup) -> None:
    """What was just published is right today: it is the first confirmation, or the next one."""
    profile = Profile.objects.filter(startup=startup, effective_to=None).select_related("submission").first()
    now = open_cycle(startup)
    if profile is None or (now and now.way == Way.PUBLICATION and now.confirmed_on == profile.effective_from):
        return
    _begin(startup, now, profile.effective_from, Way.PUBLICATION, profile.submission.submitted_by)


def by_list(startups: Sequence[Startup]) -> None:
    """Startups that a list of the department brings into the directory begin their first year.

    One that was there keeps its term: the department's list is not its people's word.
    """
    held = set(Confirmation.objects.filter(startup__in=startups, until=None).values_list("startup", flat=True))
    fresh = Profile.objects.filter(startup__in=[one for one in startups if one.pk not in held], effective_to=None)
    rows, now = known_terms(), clock.now()
    Confirmation.objects.bulk_create(
        Confirmation(
            startup_id=profile.startup_id,
            confirmed_on=profile.effective_from,
            due_on=due_after(profile.effective_from, rows),
            recorded_at=now,
            by_id=profile.submission.submitted_by_id,
            way=Way.PUBLICATION,
        )
        for profile in fresh.select_related("submission")
    )


def end(startup: Startup) -> None:
    """The startup has left the directory: nothing falls due any more."""
    running = open_cycle(startup)
    if running:
        startup.confirmations.filter(pk=running.pk).update(until=max(clock.today(), running.confirmed_on))
        events.publish(CycleEnded(startup, running))


def may_confirm(actor: Any, startup: Startup) -> bool:
    """Owners and editors of the party."""
    return role_of(actor, startup.party) in EDITING_ROLES


@transaction.atomic
def confirm(cycle: Confirmation, *, actor: Any, way: Way) -> Confirmation:
    """Nothing has changed: the page is right today, and the next year begins.

    `cycle` is what the actor saw. Raises NotAllowed if they do not act for the party, Outdated if it holds no longer.
    """
    startup = Startup.objects.select_for_update(of=("self",)).select_related("party").get(pk=cycle.startup_id)
    if not may_confirm(actor, startup):
        raise NotAllowed(_("Bạn không có quyền xác nhận cho dự án này."))
    now = open_cycle(startup)
    if now is None or now.pk != cycle.pk:
        raise Outdated(_("Việc này đã xong trước đó: liên kết hoặc trang bạn mở thuộc kỳ đã qua."))
    return _begin(startup, now, clock.today(), way, actor)


def _begin(startup: Startup, before: Confirmation | None, day: date, way: Way, actor: Any) -> Confirmation:
    if before:
        Confirmation.objects.filter(pk=before.pk).update(until=max(day, before.confirmed_on))
    made = Confirmation.objects.create(
        startup=startup,
        confirmed_on=day,
        due_on=due_after(day, known_terms()),
        recorded_at=clock.now(),
        by=actor,
        way=way,
    )
    if before:
        events.publish(CycleEnded(startup, before))
    return made


# --- the link of the letter


def token_for(confirmation: Confirmation, user_id: int) -> str:
    """A key for one person and one cycle: it shows the page, and confirms it when they say so."""
    last_day = clock.today() + LINK_HOLDS
    return signing.dumps([confirmation.pk, user_id, last_day.isoformat()], salt=SALT)


def read_token(token: str) -> tuple[int, int] | None:
    """(confirmation, user), or None for what is not ours or too old."""
    try:
        confirmation_id, user_id, last_day = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (confirmation_id, user_id) if clock.today().isoformat() <= last_day else None


# --- the job


def remind(now: datetime) -> int:
    """Tell the people of every startup whose day has come or passed. Twice, late or after a kill: each reminder once.

    Staff may have corrected a term, so the due dates are settled first. Returns how many reminders were told.
    """
    settle_due_dates()
    today = now.date()
    return sum(_tell(pk, days, today) for pk, days in waiting(today))


def settle_due_dates() -> int:
    """Bring the due dates of running cycles in line with the terms as they stand. Returns how many moved."""
    running, rows, moved = Confirmation.objects.filter(until=None), known_terms(), 0
    for confirmed_on, due_on in running.order_by().values_list("confirmed_on", "due_on").distinct():
        right = due_after(confirmed_on, rows)
        if right != due_on:
            moved += running.filter(confirmed_on=confirmed_on, due_on=due_on).update(due_on=right)
    return moved


def _untold(days: int, today: date) -> QuerySet[Confirmation]:
    told = ConfirmationReminder.objects.filter(confirmation=OuterRef("pk"), due_on=OuterRef("due_on"), days=days)
    return Confirmation.objects.filter(~Exists(told), until=None, due_on__lte=today + timedelta(days=days))


def waiting(today: date) -> list[tuple[int, int]]:
    """(confirmation, days before) of what has to be told by today, the oldest reminder first."""
    return [
        (one.pk, days)
        for days in REMIND_BEFORE
        for one in _untold(days, today).order_by("due_on", "pk")
        if one.due_on and days in reminder_days(one.confirmed_on, one.due_on, today)
    ]


@transaction.atomic
def _tell(confirmation_id: int, days: int, today: date) -> int:
    """Note the reminder and tell it, both or neither. A party without people waits until it has some."""
    rows = Confirmation.objects.select_for_update(of=("self",)).select_related("startup__party", "startup__dossier")
    one = rows.filter(pk=confirmation_id, until=None).first()
    if one is None or one.due_on is None or days not in reminder_days(one.confirmed_on, one.due_on, today):
        return 0
    if not people(one.startup):
        return 0
    _row, fresh = ConfirmationReminder.objects.get_or_create(
        confirmation=one, due_on=one.due_on, days=days, defaults={"told_at": clock.now()}
    )
    if fresh:
        events.publish(ConfirmationFallsDue(one.startup, one, one.due_on, days))
    return int(fresh)


def people(startup: Startup) -> list[Any]:
    """Who may confirm, and so is reminded: the party's owners and editors who can still sign in."""
    rows = members(startup.party).filter(role__in=EDITING_ROLES, user__is_active=True)
    return [row.user for row in rows]


def shown(startup: Startup) -> Profile | None:
    """What the directory says, to be looked through before one confirms it."""
    return selectors.profile_of(startup)
