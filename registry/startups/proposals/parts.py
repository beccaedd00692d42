"""What of a startup can be proposed otherwise: the steps of its form, narrowed to what the page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.core.classification import PUBLIC
from registry.core.lifecycle import Text
from registry.core.models import PrivateFile
from registry.dossiers import procedure, showing, snapshot
from registry.dossiers.fields import language_of as language_of_answer
from registry.dossiers.procedure import Procedure, Step, StepForm
from registry.startups.models import Startup
from registry.startups.proposals.rules import LOGO, proposable
from registry.startups.selectors import published_answers

CONSENT = "dong-y"
TITLES: dict[str, Text] = {"tru-so": _("Trụ sở và liên hệ"), CONSENT: _("Những gì bạn đồng ý hiện công khai")}


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a proposal: some questions of a step. `code` is its address."""

    code: str
    title: Text
    step: Step
    names: frozenset[str]

    @property
    def picture(self) -> str:
        return self.step.picture

    def form(self, data: Mapping[str, Any], *, draft: bool = False) -> StepForm:
        """The questions, bound to what was posted or to stored answers."""
        assert self.step.form is not None
        return self.step.form(data, draft=draft, opened=self.names)

    def stored_form(self, answers: Mapping[str, Any]) -> StepForm:
        """The questions as they are answered now; what is missing is no mistake yet."""
        return showing.for_page(self.form({name: answers.get(name) for name in self.names}, draft=True))


def kind() -> Procedure:
    return procedure.get("startup_registration")


def parts() -> list[Part]:
    known = frozenset(proposable(kind().classes(), PUBLIC))
    found = []
    for step in kind().steps:
        names = known & frozenset(step.form.base_fields) if step.form else frozenset()
        if names:
            code = CONSENT if step is kind().last_step else step.code
            found.append(Part(code, TITLES.get(code, step.title), step, names))
    return found


def part(code: str) -> Part | None:
    return next((one for one in parts() if one.code == code), None)


def part_of(name: str) -> Part:
    """The page on which a field is proposed."""
    return next(one for one in parts() if name in one.names or (name == LOGO and one.picture == LOGO))


def standing(startup: Startup) -> dict[str, Any]:
    """What is published now, field by field as a proposal names them: the answers, and the logo by its file."""
    logo = startup.dossier.files.filter(purpose=LOGO, removed_at=None).values_list("file__public_id", flat=True).first()
    return {**published_answers(startup), LOGO: logo or ""}


def label_of(name: str) -> str:
    return str(kind().file_purposes[LOGO] if name == LOGO else kind().fields()[name].label)


def class_of(name: str) -> str:
    return PUBLIC if name == LOGO else kind().classes()[name]


def language_of(name: str) -> str:
    """The language in which the values of a field are written; "" where it is the page's, or nobody's."""
    return "" if name == LOGO else language_of_answer(name, kind().fields()[name])


def lines_of(name: str, value: Any) -> tuple[str, ...]:
    """A value as lines for a person, in the language that is on; () when there is none."""
    if name == LOGO:
        return tuple(PrivateFile.objects.filter(public_id=value).values_list("name", flat=True)) if value else ()
    field = kind().fields()[name]
    if isinstance(field, forms.BooleanField):
        return (_now("Hiện"),) if value else (_now("Không hiện"),)
    return tuple(snapshot.lines(field, value))


def anchor_of(name: str) -> str:
    """The id of the field's control on its page."""
    if name == LOGO:
        return "id_picture"
    form = part_of(name).step.form
    assert form is not None
    return showing.anchor(form()[name])
