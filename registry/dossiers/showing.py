"""What the applicant's pages show of a dossier, put together for the templates: steps, answers, remarks, the office's clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse

from registry.core import clock
from registry.core.classification import PUBLIC
from registry.core.lifecycle import Text
from registry.core.selectors import days_left
from registry.dossiers import snapshot
from registry.dossiers.choosing import FoundChoices
from registry.dossiers.fields import language_of
from registry.dossiers.lifecycle import DRAFT
from registry.dossiers.limits import NoLimit, answer_due, limit_in_force
from registry.dossiers.models import Dossier, DossierFile, TimeLimit
from registry.dossiers.procedure import Step, StepForm
from registry.dossiers.rows import RowsField, RowsWidget
from registry.dossiers.selectors import open_supplement

Opened = frozenset[str] | None


def named(dossier: Dossier) -> dict[str, str]:
    """How the applicant's addresses name it: every procedure has its own."""
    return {"reference": dossier.reference, "procedure_code": dossier.procedure}


def url(dossier: Dossier, step: str = "") -> str:
    if step:
        return reverse("dossier_step", kwargs={**named(dossier), "step": step})
    return reverse("dossier", kwargs=named(dossier))


def is_open(step: Step, dossier: Dossier, opened: Opened) -> bool:
    """May the applicant change anything in this step now? The last step is open whenever any other is."""
    if opened is None or step is dossier.kind.last_step:
        return opened is None or bool(opened)
    return any(dossier.kind.step_of(target.removeprefix("field:")) is step for target in opened)


# --- the steps


@dataclass(frozen=True, slots=True)
class StepLink:
    """One line of the steps beside a form. `url` is empty where there is nothing to change."""

    number: int
    title: Any
    url: str
    is_now: bool
    is_done: bool


def step_links(dossier: Dossier, now: Step | None, opened: Opened, files: int) -> list[StepLink]:
    return [
        StepLink(
            number,
            step.title,
            url(dossier, step.code) if is_open(step, dossier, opened) else "",
            step is now,
            is_done(dossier, step, files),
        )
        for number, step in enumerate(dossier.kind.steps, 1)
    ]


def is_done(dossier: Dossier, step: Step, files: int) -> bool:
    """Everything asked for is there, or anything where nothing has to be; whether it is right, the check tells."""
    if step is dossier.kind.last_step:
        return False
    if step.form is None:
        return files > 0
    if not step.form().required_names:
        return any(is_answered(dossier, name) for name in step.form.base_fields)
    return has_what_it_needs(dossier, step.form)


def is_answered(dossier: Dossier, name: str) -> bool:
    return dossier.answers.get(name) not in (None, "", [], False)


def has_what_it_needs(dossier: Dossier, form: type[StepForm]) -> bool:
    return all(is_answered(dossier, name) for name in form().required_names)


def unfinished_step(dossier: Dossier) -> Step:
    """Where to go on: the first step that lacks an answer; files and what nobody has to answer may be left out."""
    steps = (s for s in dossier.kind.steps if s.form and not has_what_it_needs(dossier, s.form))
    return next(steps, dossier.kind.last_step)


def neighbours(dossier: Dossier, step: Step, opened: Opened) -> tuple[Step | None, Step]:
    """The step before and the step after, among those that are open."""
    steps = [one for one in dossier.kind.steps if one is step or is_open(one, dossier, opened)]
    place = steps.index(step)
    return (steps[place - 1] if place else None), (steps[place + 1] if place + 1 < len(steps) else steps[-1])


# --- forms


def stored_form(dossier: Dossier, step: Step, opened: Opened, *, demand: bool = False) -> StepForm:
    """The step's form with what was kept; `demand` shows what is missing too, not only what is wrong."""
    assert step.form is not None
    data = {name: dossier.answers.get(name) for name in step.form.base_fields}
    return for_page(step.form(data, draft=not demand, opened=names(opened)))


def names(opened: Opened) -> Opened:
    return None if opened is None else frozenset(target.removeprefix("field:") for target in opened)


def for_page(form: StepForm) -> StepForm:
    """A draft demands nothing, but its page still tells what the submission will demand."""
    _ = form.errors
    for name in form.required_names:
        form.fields[name].required = True
    return form


def error_lines(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Pairs of (id, sentence) for the summary; a mistake in a row leads to its cell."""
    lines = []
    for name, errors in form.errors.as_data().items():
        for error in errors:
            whole = anchor(form[name])
            cell = (
                f"id_{name}-{error.code}" if isinstance(form.fields[name], RowsField) and "-" in str(error.code) else ""
            )
            lines += [(cell or whole, str(message)) for message in error]
    return lines


def anchor(field: forms.BoundField) -> str:
    """The id that a link to the field must name: the first of several choices, the whole of a set, otherwise the control."""
    widget = field.field.widget
    if isinstance(widget, FoundChoices | RowsWidget):
        return str(field.auto_id)
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return widget.id_for_label(field.auto_id, index="0")
    return str(field.id_for_label)


# --- the answers


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with what was answered. `shown` is public, consent or never, `language` as `language_of` says."""

    name: str
    label: Any
    lines: tuple[str, ...]
    shown: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class Section:
    step: Step
    url: str
    answers: tuple[Answer, ...]


def sections(dossier: Dossier, opened: Opened) -> list[Section]:
    """Every step with its answers, empty ones included. A link leads to the field where it can be changed."""
    return [
        section(dossier, step, opened)
        for step in dossier.kind.steps
        if step.form is not None and step is not dossier.kind.last_step
    ]


def section(dossier: Dossier, step: Step, opened: Opened) -> Section:
    assert step.form is not None
    form = step.form()
    there = url(dossier, step.code)
    answers = [
        Answer(
            name,
            one.label,
            tuple(snapshot.lines(one, dossier.answers.get(name))),
            shown(dossier, name),
            f"{there}#{anchor(form[name])}" if opened is None or f"field:{name}" in opened else "",
            language_of(name, one),
        )
        for name, one in form.fields.items()
    ]
    return Section(step, there if is_open(step, dossier, opened) else "", tuple(answers))


def shown(dossier: Dossier, name: str) -> str:
    if f"show_{name}" in dossier.kind.fields():
        return "consent"
    return "public" if dossier.kind.classes()[name] == PUBLIC else "never"


# --- what the department asked for


@dataclass(frozen=True, slots=True)
class Asked:
    """One remark: what it marks, the sentence, where to mend it, whether something has changed there since."""

    target: str
    label: str
    text: str
    url: str
    is_mended: bool


def asked(dossier: Dossier) -> tuple[str, list[Asked]]:
    """The department's message and its remarks, in the order of the form."""
    request = open_supplement(dossier)
    if request is None:
        return "", []
    content = snapshot.read(request.submission)
    before = {a["name"]: a["value"] for step in content["steps"] for a in step["answers"]}
    files = {item.pk: item for item in dossier.files.select_related("file")}
    sent = {entry["id"] for entry in content["files"]}
    found = [_asked(dossier, remark, before, files, sent) for remark in request.remarks.all()]
    order = [f"field:{name}" for name in dossier.kind.fields()]
    found.sort(key=lambda one: order.index(one.target) if one.target in order else len(order))
    return request.message, found


def _asked(
    dossier: Dossier, remark: Any, before: Mapping[str, Any], files: Mapping[int, DossierFile], sent: set[int]
) -> Asked:
    kind, target, name = dossier.kind, remark.target, remark.target.partition(":")[2]
    if target.startswith("field:"):
        step, label = kind.step_of(name), str(kind.fields()[name].label)
        there = f"{url(dossier, step.code)}#{anchor(step.form()[name])}" if step and step.form else ""
        return Asked(target, label, remark.text, there, dossier.answers.get(name) != before.get(name))
    there = url(dossier, next(step.code for step in kind.steps if step.form is None))
    fresh = any(item.removed_at is None and pk not in sent for pk, item in files.items())
    if target == "files":
        return Asked(target, "", remark.text, f"{there}#tep-moi", fresh)
    item = files[int(name)]
    label = f"{kind.file_purposes.get(item.purpose, item.purpose)}: {item.file.name}"
    return Asked(target, label, remark.text, f"{there}#tep-{item.pk}", item.removed_at is not None)


# --- the office's clock


@dataclass(frozen=True, slots=True)
class Promise:
    """How long the department takes. `is_law` is false where no law sets a time. `due_at` is when, if it began now or then.

    `analogy` names the provision that is followed by analogy, "" where there is none.
    """

    amount: int
    unit: str
    is_law: bool
    due_at: datetime
    left: int
    is_running: bool
    analogy: str = ""

    @property
    def is_over(self) -> bool:
        return self.is_running and clock.now() > self.due_at

    @property
    def parts(self) -> list[tuple[int, bool]]:
        """The meter: the place of each day on a line of 240, and whether it is used up. What is left is told in working days."""
        used = self.amount - max(self.left, 0)
        return [(round(240 * n / self.amount), n < used) for n in range(self.amount)] if self._has_meter else []

    @property
    def _has_meter(self) -> bool:
        return self.amount <= 30 and self.unit == "wd"

    @property
    def part_width(self) -> int:
        return round(240 / self.amount) - 3


def promise(dossier: Dossier) -> Promise | None:
    """The department's clock: running, or as it would run if the dossier arrived now. None where it will not run."""
    if dossier.lifecycle.states[dossier.state].final:
        return None
    step = dossier.kind.limit(dossier.state).step
    arrived = dossier.kind.received(dossier.answers) if dossier.state == DRAFT.code else None
    return promised(dossier.procedure, step, dossier.received_at, dossier.due_at, arrived)


def later(dossier: Dossier) -> list[tuple[Text, TimeLimit]]:
    """What the department does after what it does now, and how long each may take; nothing where nobody set a limit."""
    states = list(dossier.kind.limits)
    after = states[states.index(dossier.state) + 1 :] if dossier.state in states else states[1:]
    limits = [dossier.kind.limits[state] for state in after]
    try:
        return [(one.does, limit_in_force(dossier.procedure, one.step, clock.now())) for one in limits]
    except NoLimit:
        return []


def promised(
    procedure: str, step: str, began: datetime | None, due: datetime | None, arrived: datetime | None = None
) -> Promise | None:
    """The clock of a step: it runs from `began` while there is `due`, else as if it began at `arrived` or now. None where nothing limits it."""
    start = began if due and began else arrived or clock.now()
    try:
        row = limit_in_force(procedure, step, start)
    except NoLimit:
        return None
    due_at = clock.local(due) if due else answer_due(procedure, start, step).at
    left = days_left(due_at.date()) if due else row.amount
    return Promise(row.amount, row.unit, bool(row.citation), due_at, left, due is not None, row.analogy)
