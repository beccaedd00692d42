"""From a posted page to `perform`: what the desk may do with a dossier, and how what was typed becomes its data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import IntegrityError
from django.http import QueryDict

from registry.core.lifecycle import Action, Conflict, Data, Invalid, NotAllowed, Refusal, perform, possible
from registry.core.models.history import Event
from registry.core.text import clean
from registry.dossiers.deciding import DecisionForm, require_stated
from registry.dossiers.desk.queue import people_at_the_desk
from registry.dossiers.models import Dossier

ASSIGN, REQUEST_SUPPLEMENT = "assign", "request_supplement"
MOST_LETTERS = 4_000
STATUS: Mapping[type[Refusal], int] = {Conflict: 409, NotAllowed: 403, Invalid: 400}


class AssignForm(forms.Form):
    """Who takes the dossier; empty gives it back."""

    assignee = forms.ChoiceField(label="Người thụ lý", required=False)

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_at_the_desk().exclude(pk__in=dossier.member_ids | dossier.helper_ids)
        choices = [("", "Chưa giao ai"), *((str(one.pk), str(one)) for one in people)]
        self.fields["assignee"].choices = choices  # type: ignore[attr-defined]
        self.fields["assignee"].error_messages["invalid_choice"] = "Chọn một người trong danh sách."


@dataclass(frozen=True, slots=True)
class Refused:
    """An act that was not carried out: which one, why, what had been typed, and what others did meanwhile."""

    action: str
    refusal: Refusal
    posted: QueryDict
    meanwhile: list[Event] = field(default_factory=list)

    @property
    def status(self) -> int:
        return STATUS[type(self.refusal)]

    @property
    def problems(self) -> dict[str, Any]:
        return self.refusal.problems if isinstance(self.refusal, Invalid) else {}

    @property
    def is_conflict(self) -> bool:
        return isinstance(self.refusal, Conflict)


def desk_actions(dossier: Dossier) -> dict[str, Action]:
    """What the department does with a dossier of this procedure, in any state. The applicant's acts are not among it."""
    codes = (ASSIGN, REQUEST_SUPPLEMENT, *dossier.kind.decision_forms)
    return {code: dossier.lifecycle.actions[code] for code in codes if code in dossier.lifecycle.actions}


def offered(dossier: Dossier, user: Any) -> dict[str, Action]:
    """What this person can do with it now."""
    return {action.code: action for action in possible(dossier, user, among=desk_actions(dossier))}


def why_not(dossier: Dossier, user: Any, actions: Mapping[str, Action]) -> str:
    """Why this person is offered nothing although the state would allow it; "" when they are, or nobody could."""
    for action in desk_actions(dossier).values():
        if dossier.state in action.sources:
            if action.code in actions:
                return ""
            try:
                action.who(user, dossier)
            except NotAllowed as refusal:
                return str(refusal)
            return ""
    return ""


def act(dossier: Dossier, code: str, user: Any, posted: QueryDict) -> Dossier:
    """Do it, or raise a Refusal. Version, state and right come first: what was typed is judged only where it counts."""
    version = stated_version(posted)
    if version == dossier.version and code in offered(dossier, user):
        require_valid(dossier, code, posted)
    try:
        return perform(dossier, code, user, data=given(dossier, code, posted), expected_version=version)
    except IntegrityError as clash:
        if "decision_number_once" not in str(clash):
            raise
        sentence = "Số quyết định này vừa được ghi cho một hồ sơ khác."
        raise Invalid(sentence, {"number": sentence}) from clash


def stated_version(posted: QueryDict) -> int:
    version = posted.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise Invalid("Trang gửi đi thiếu số phiên bản của hồ sơ. Xem lại rồi bấm lần nữa.")
    return int(version)


def require_valid(dossier: Dossier, code: str, posted: QueryDict) -> None:
    form = form_of(dossier, code, posted)
    if form is not None:
        require_stated(form)


def form_of(dossier: Dossier, code: str, posted: QueryDict | None = None) -> forms.Form | None:
    """The staff form of an act; a supplement has none, its boxes stand beside the answers."""
    if code == ASSIGN:
        initial = {"assignee": str(dossier.assigned_to_id or "")}
        return AssignForm(dossier, posted, initial=initial, auto_id=f"{code}_%s")
    form = dossier.kind.decision_forms.get(code)
    made = form(posted, auto_id=f"{code}_%s") if form else None
    if isinstance(made, DecisionForm):
        made.fit(dossier)
    return made


def given(dossier: Dossier, code: str, posted: QueryDict) -> Data:
    """What was typed, as the action wants it."""
    if code == REQUEST_SUPPLEMENT:
        marked = dict.fromkeys(posted.getlist("mark"))
        remarks = {target: typed(posted, f"remark:{target}") for target in marked}
        message = typed(posted, "message")
        long = [target for target, text in {**remarks, "message": message}.items() if len(text) > MOST_LETTERS]
        if long:
            sentence = f"Lời ghi dài quá {MOST_LETTERS} chữ. Viết ngắn lại."
            raise Invalid(sentence, dict.fromkeys(long, sentence))
        return {"remarks": remarks, "message": message}
    form = form_of(dossier, code, posted)
    if form is None:
        return {}
    raw = {name: one.widget.value_from_datadict(posted, None, name) for name, one in form.fields.items()}
    data = {name: clean(value) if isinstance(value, str) else value for name, value in raw.items()}
    if code == ASSIGN:
        chosen = data["assignee"] or ""
        data["assignee"] = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 16 else None
    return data


def typed(posted: QueryDict, name: str) -> str:
    return clean(posted.get(name, ""))


def meanwhile(dossier: Dossier, version: Any) -> list[Event]:
    """What was done since the page that was sent was shown."""
    written = str(version)
    if not (written.isascii() and written.isdigit()) or len(written) > 9:
        return []
    done = Event.objects.filter(subject=dossier.subject, version__gt=int(written))
    return list(done.select_related("actor").order_by("version"))
