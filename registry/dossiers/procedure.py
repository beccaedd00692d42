"""What a procedure is, as data: its steps, its form's version, its limit, its lifecycle. Registers declare theirs here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.core import clock
from registry.core.lifecycle import Lifecycle, Text
from registry.dossiers.rows import RowsField, keep_what_is_pasted

if TYPE_CHECKING:
    from accounts.panels import Panel
    from registry.core.models.history import Event
    from registry.dossiers.models import Dossier
    from registry.parties.models import Party


class StepForm(forms.Form):
    """The questions of one step. Every form of a procedure derives from it.

    `classes` gives each field's class (public, internal, restricted); a test fails on a field without one.
    A draft is read with `draft=True`: wrong values are refused, empty ones are not.
    `opened` limits the form to the fields a supplement has opened (None = all).
    """

    classes: Mapping[str, str] = {}

    def __init__(self, *args: Any, draft: bool = False, opened: frozenset[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if opened is not None:
            for name in set(self.fields) - opened:
                del self.fields[name]
        self.required_names = frozenset(name for name, f in self.fields.items() if f.required)
        self.use_required_attribute = False
        keep_what_is_pasted(self)
        if draft:
            for one in self.fields.values():
                if isinstance(one, RowsField):
                    one.as_draft()
                one.required = False


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form. `code` is its address; a step without `form` is the one for files, the last one checks.

    `picture` is the purpose of the one picture that the step asks for beside its questions. `lead` is what one should
    know before answering. `prints` offers the procedure's forms with what the draft says: where they are carried away.
    """

    code: str
    title: Text
    form: type[StepForm] | None = None
    picture: str = ""
    lead: Text = ""
    prints: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """What the public reads of a procedure before it begins one. `slug` is its word in the address, one a language.

    `who` says who may, one sentence each; `result` what one has in the end; `icon` is the name of its picture; `effort`
    says how many steps and minutes it takes.
    """

    slug: Text
    purpose: Text
    who: tuple[Text, ...]
    result: Text
    icon: str
    effort: Text = ""


@dataclass(frozen=True, slots=True)
class FormOnPaper:
    """A form of the law that is filled in with a dossier's answers. `code` is its word in the address.

    `pdf`, `docx` and `json` (the same as data) get the dossier, the answers (stored or cleaned), the day of signing (None: left
    open) and the moment that stands in the file; the same give the same bytes.
    """

    code: str
    title: Text
    pdf: Callable[["Dossier", Mapping[str, Any], date | None, datetime], bytes]
    docx: Callable[["Dossier", Mapping[str, Any], date | None, datetime], bytes]
    json: Callable[["Dossier", Mapping[str, Any], date | None, datetime], bytes]


@dataclass(frozen=True, slots=True)
class Limited:
    """What the department does while a dossier is in a state, and the step of `TimeLimit` that says by when."""

    step: str
    does: Text


ANSWER: Final = Limited("answer", _("Sở trả lời"))


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure of the department.

    `limits` names the states in which the department's clock runs, in their order; how long each may take is a row of
    `TimeLimit` for (code, step). `received(answers)` is the moment from which the first of them runs: now, unless the
    answers tell of a receipt elsewhere. `applicants` are the kinds of parties that may apply (None = all), `prefill(party)`
    gives a new draft what is known already. `scope` counts the references
    (`registry.core.numbers`). `file_purposes` are the purposes a file can have, `file_limit` how many there may be;
    of a single purpose (a logo) there is one, it does not count, and a new one takes its place; a file of an image
    purpose is a picture.
    `name(answers)` gives the title of a dossier for lists; `ward_field` is the answer that places it, "" for none. `check(dossier, answers)` gives problems across fields:
    field name → sentence. `decision_forms` gives the staff form of each action that decides. `public_url(dossier,
    language)` is where the public reads what came of the dossier, "" while there is nothing to read. `afterwards(dossier)`
    is what its people can do with what came of it: address, words, icon. A procedure with a `guide` has a public page; `takes_help`
    says whether somebody may fill it in for others (`registry.dossiers.helped`).
    `answer` says what the department's answer can be, `granted` what a good one brings. `weighed(dossier)` is shown beside
    the last step as information, `before_deciding(dossier, submission, revealed=…)` to staff above the answers, with
    restricted figures only where they were asked for; `told(event)` is what an event says beyond
    its name, for staff. `links(dossier)` are papers and pages that belong to it, for its people: address, words, icon.
    `printed_forms` are the law's forms that are made of the answers, in their order. `barred(dossier)` says why an open dossier
    can no more be granted whatever it says, "" while it can: it is only refused or taken back. `lacking` says in words what each ground
    of a refusal finds lacking, by its code.
    """

    code: str
    title: Text
    scope: str
    form_code: str
    form_version: str
    steps: tuple[Step, ...]
    lifecycle: Lifecycle
    file_purposes: Mapping[str, Text]
    file_limit: int
    check: Callable[["Dossier", Mapping[str, Any]], dict[str, str]]
    decision_forms: Mapping[str, type[forms.Form]]
    name: Callable[[Mapping[str, Any]], str] = lambda answers: str(answers.get("name_vi") or "")
    single_purposes: frozenset[str] = frozenset()
    image_purposes: frozenset[str] = frozenset()
    ward_field: str = "ward"
    public_url: Callable[["Dossier", str], str] = lambda dossier, language: ""
    guide: Guide | None = None
    takes_help: bool = True
    afterwards: Callable[["Dossier"], list[tuple[str, Text, str]]] = lambda dossier: []
    limits: Mapping[str, Limited] = field(default_factory=lambda: {"submitted": ANSWER})
    received: Callable[[Mapping[str, Any]], datetime] = lambda answers: clock.now()
    applicants: frozenset[str] | None = None
    prefill: Callable[["Party"], dict[str, Any]] = lambda party: {}
    answer: Text = _("Đăng vào danh bạ, hoặc từ chối kèm lý do")
    granted: Text = _("Trang của bạn được đăng trong danh bạ, bạn nhận tin ngay.")
    weighed: Callable[["Dossier"], "Panel | None"] = lambda dossier: None
    before_deciding: Callable[..., "Panel | None"] = lambda dossier, submission, revealed: None
    told: Callable[["Event"], Text] = lambda event: ""
    printed_forms: tuple[FormOnPaper, ...] = ()
    barred: Callable[["Dossier"], str] = lambda dossier: ""
    lacking: Mapping[str, Text] = field(default_factory=dict)
    links: Callable[["Dossier"], list[tuple[str, Text, str]]] = lambda dossier: []

    def limit(self, state: str) -> Limited:
        """What limits the department in a state; of a draft and a supplement the first, of what is closed the last."""
        known = list(self.limits.values())
        return self.limits.get(state) or known[-1 if self.lifecycle.states[state].final else 0]

    def may_apply(self, party: "Party") -> bool:
        return self.applicants is None or party.kind in self.applicants

    def step(self, code: str) -> Step | None:
        return next((step for step in self.steps if step.code == code), None)

    @property
    def last_step(self) -> Step:
        """The step in which one looks everything through and sends it."""
        return self.steps[-1]

    def step_of(self, field: str) -> Step | None:
        """The step that asks for a field; the file step for `files` and `file:…`."""
        if field == "files" or field.startswith("file:"):
            return self.step("tep")
        return next((s for s in self.steps if s.form and field in s.form.base_fields), None)

    def fields(self) -> dict[str, forms.Field]:
        return {name: one for s in self.steps if s.form for name, one in s.form.base_fields.items()}

    def classes(self) -> dict[str, str]:
        return {name: one for s in self.steps if s.form for name, one in s.form.classes.items()}


_procedures: dict[str, Procedure] = {}


def register(procedure: Procedure) -> Procedure:
    if _procedures.setdefault(procedure.code, procedure) is not procedure:
        raise ValueError(f"procedure {procedure.code} is registered twice")
    return procedure


def get(code: str) -> Procedure:
    return _procedures[code]


def every() -> list[Procedure]:
    return list(_procedures.values())


def on_the_desk() -> frozenset[str]:
    """The states, of whatever procedure, in which a dossier waits for the department."""
    return frozenset(state for kind in every() for state in kind.limits)
