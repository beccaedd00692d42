"""Is a draft fit to be sent? The same forms that asked are bound to the stored answers and asked again, with all demands."""

from dataclasses import dataclass
from typing import Any

from registry.dossiers.models import Dossier
from registry.dossiers.procedure import StepForm


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: the step's code, the field's name, the field's label, a sentence."""

    step: str
    field: str
    label: str
    message: str


def bound(dossier: Dossier, form: type[StepForm]) -> StepForm:
    """The step's form, bound to the stored answers."""
    return form({name: dossier.answers.get(name) for name in form.base_fields})


def check(dossier: Dossier) -> tuple[dict[str, Any], list[Problem]]:
    """The cleaned answers and every problem, in the order of the steps."""
    cleaned, problems = read(dossier)
    for name, message in dossier.kind.check(dossier, cleaned).items():
        found = dossier.kind.step_of(name)
        problems.append(Problem(found.code if found else dossier.kind.steps[-1].code, name, "", message))
    return cleaned, problems


def read(dossier: Dossier) -> tuple[dict[str, Any], list[Problem]]:
    """The cleaned answers and the problems of each step by itself."""
    cleaned: dict[str, Any] = {}
    problems: list[Problem] = []
    for step in dossier.kind.steps:
        if step.form is None:
            continue
        form = bound(dossier, step.form)
        if not form.is_valid():
            for name, errors in form.errors.items():
                label = str(form.fields[name].label or "") if name in form.fields else ""
                problems += [Problem(step.code, name, label, str(error)) for error in errors]
        cleaned.update(form.cleaned_data)
    return cleaned, problems
