"""The one engine for every procedure, and the one door through which a record's state changes.

States and actions are codes held as data (`Lifecycle`, `Action`). `perform` (for a whole list: `perform_many`) is the door: lock, check the version and the
state, check the actor, run the guards, change, append an `Event`, publish `Moved`. Nothing else assigns a state.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.core import clock, events
from registry.core.models.history import Event

Text = str | Promise
Data = Mapping[str, Any]


class Refusal(Exception):
    """An act that the portal does not carry out; `str()` is a sentence for the person who tried."""

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(Refusal):
    """The actor may not do this."""


class Conflict(Refusal):
    """The record moved meanwhile, or is in a state in which this act does not exist."""


class Invalid(Refusal):
    """What was given does not suffice for the act. `problems` maps a field name to its sentence."""

    def __init__(self, message: Text, problems: Mapping[str, Text] | None = None) -> None:
        super().__init__(message)
        self.problems = dict(problems or {})


@dataclass(frozen=True, slots=True)
class Action:
    """One arrow of a lifecycle.

    `who(actor, record)` gives the role in which the actor acts, or raises `NotAllowed` with a sentence.
    `guards(record, data)` raise `Invalid`. `change(record, actor, data)` alters the record (not its state) and may return
    what the event should remember as its data; `change_many(pairs, actor)` does it for many records at once. An action without `target` leaves the state as it is. `ground()` gives
    what the act rests on today (`registry.core.grounds`).
    """

    code: str
    sources: frozenset[str]
    target: str | None
    who: Callable[[Any, Any], str]
    label: Text
    done: Text
    ground: Callable[[], str] = str
    guards: tuple[Callable[[Any, Data], None], ...] = ()
    change: Callable[[Any, Any, Data], Mapping[str, Any] | None] | None = None
    change_many: Callable[[Sequence[tuple[Any, Data]], Any], Sequence[Mapping[str, Any]]] | None = None
    needs_note: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What a state is called, by the public and by staff, and what happens next."""

    code: str
    label: Text
    staff_label: str
    next_step: Text
    tone: str = ""
    icon: str = "circle"
    final: bool = False


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """States and actions of one procedure. Built once, at import; `check()` runs in a test.

    `stale` and `elsewhere` tell whoever acts on what has changed since: on a newer version, or in another state.
    """

    code: str
    states: Mapping[str, State]
    actions: Mapping[str, Action] = field(default_factory=dict)
    stale: Text = _("Hồ sơ vừa được người khác xử lý. Xem lại rồi làm tiếp.")
    elsewhere: Text = _("Hồ sơ đang ở bước khác, không làm được thao tác này.")

    def action(self, code: str) -> Action:
        try:
            return self.actions[code]
        except KeyError:
            raise Conflict(_("Hồ sơ không có thao tác này.")) from None

    def check(self) -> list[str]:
        """What is wrong with this lifecycle as data: unknown states, actions filed under another code."""
        wrong = []
        for code, action in self.actions.items():
            if code != action.code:
                wrong.append(f"{code}: filed under another code than {action.code}")
            named = set(action.sources) | ({action.target} if action.target else set())
            wrong += [f"{code}: no state {state}" for state in named - set(self.states)]
        return wrong


_lifecycles: dict[str, Lifecycle] = {}


def register(lifecycle: Lifecycle) -> Lifecycle:
    """Make a lifecycle known by its code, for a model that must not import what acts on it."""
    if _lifecycles.setdefault(lifecycle.code, lifecycle) is not lifecycle:
        raise ValueError(f"lifecycle {lifecycle.code} is registered twice")
    return lifecycle


def registered(code: str) -> Lifecycle:
    return _lifecycles[code]


class Managed(models.Model):
    """A record whose state only `perform` changes. `version` rises by one with each act and guards against a stale page."""

    state = models.CharField("trạng thái", max_length=32, db_index=True)
    version = models.PositiveIntegerField("phiên bản", default=0)

    locked_with: ClassVar[tuple[str, ...]] = ()  # what an act reads of the record beside its own row, never empty

    class Meta:
        abstract = True

    @property
    def lifecycle(self) -> Lifecycle:
        raise LookupError(f"{type(self).__name__} names no lifecycle")

    @property
    def subject(self) -> str:
        """The record's name in events and decisions, e.g. `dossiers.dossier:12`."""
        return f"{self._meta.label_lower}:{self.pk}"


R = TypeVar("R", bound=Managed)


@dataclass(frozen=True, slots=True)
class Moved:
    """An act was performed on `record`; published once, after the change, inside its transaction."""

    record: Any
    action: str
    event: Event


def possible(record: Managed, actor: Any, among: Collection[str] | None = None) -> list[Action]:
    """The actions that `actor` may perform on `record` now, in the order of the lifecycle; not those that belong to a list.

    `among` names those that are asked for; without it all are.
    """
    may: dict[Callable[[Any, Any], str], bool] = {}  # several actions are the same people's: each right is asked once
    found = []
    for action in record.lifecycle.actions.values():
        is_asked = among is None or action.code in among
        if is_asked and record.state in action.sources and not action.change_many:
            if action.who not in may:
                may[action.who] = _may(action, actor, record)
            if may[action.who]:
                found.append(action)
    return found


def _may(action: Action, actor: Any, record: Managed) -> bool:
    try:
        action.who(actor, record)
    except NotAllowed:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Asked:
    """An act that is asked for: on which record, seen in which version, with what."""

    record: Any
    expected_version: int
    data: Data = field(default_factory=dict)


def perform(record: R, code: str, actor: Any, *, data: Data | None = None, expected_version: int) -> R:
    """Perform one action on one record, all of it or nothing, and give the record as it now stands.

    Raises Conflict (the record moved, or the action does not start from its state), NotAllowed (the actor may not),
    Invalid (a guard, or a missing note).
    """
    done: R = perform_many(code, actor, [Asked(record, expected_version, data or {})])[0]
    return done


def perform_many(code: str, actor: Any, asked: Sequence[Asked]) -> list[Any]:
    """One action on several records of one kind, each checked as `perform` checks it: all of them or none."""
    if not asked:
        return []
    with transaction.atomic():
        manager = type(asked[0].record)._base_manager
        rows = manager.select_for_update(of=("self",)).filter(pk__in=[one.record.pk for one in asked]).order_by("pk")
        if beside := type(asked[0].record).locked_with:
            rows = rows.select_related(*beside)
        locked = {row.pk: row for row in rows}
        acts = [_admitted(locked[one.record.pk], code, actor, one) for one in asked]
        return _carried_out(acts, actor)


@dataclass(slots=True)
class _Act:
    """An act that may be done. `before` is the state that it leaves."""

    record: Any
    action: Action
    role: str
    note: str
    data: dict[str, Any]
    before: str


def _admitted(locked: Any, code: str, actor: Any, asked: Asked) -> _Act:
    action = locked.lifecycle.action(code)
    if locked.version != asked.expected_version:
        raise Conflict(locked.lifecycle.stale)
    if locked.state not in action.sources:
        raise Conflict(locked.lifecycle.elsewhere)
    role = action.who(actor, locked)
    data = dict(asked.data)
    note = str(data.pop("note", "") or "").strip()
    if action.needs_note and not note:
        raise Invalid(_("Ghi lý do."), {"note": _("Ghi lý do.")})
    for guard in action.guards:
        guard(locked, data)
    before, locked.version = locked.state, locked.version + 1
    if action.target:
        locked.state = action.target
    return _Act(locked, action, role, note, data, before)


def _carried_out(acts: list[_Act], actor: Any) -> list[Any]:
    """Change the records, append their events, say what was done."""
    action = acts[0].action
    if action.change_many:
        remembered = list(action.change_many([(act.record, act.data) for act in acts], actor))
    else:
        remembered = [(action.change(act.record, actor, act.data) if action.change else None) or {} for act in acts]
    ground, now = action.ground(), clock.now()
    happened = []
    for act, kept in zip(acts, remembered, strict=True):
        act.record.save()
        happened.append(
            Event(
                subject=act.record.subject,
                action=action.code,
                from_state=act.before,
                to_state=act.record.state,
                actor=actor if actor and actor.pk else None,
                role=act.role,
                ground=ground,
                note=act.note,
                data=dict(kept),
                version=act.record.version,
                at=now,
            )
        )
    for act, event in zip(acts, Event.objects.bulk_create(happened), strict=True):
        events.publish(Moved(act.record, action.code, event))
    return [act.record for act in acts]
