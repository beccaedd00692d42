"""A submission's content: everything that was sent, with its labels, in one canonical text that reads for ever.

    {"procedure", "form", "form_version", "reference", "number", "party": {"public_id", "kind", "name"},
     "steps": [{"code", "title", "answers": [{"name", "label", "class", "value", "text": [line, …]}]}],
     "files": [{"id", "name", "purpose", "purpose_label", "size", "type", "sha256"}],
     "helped"?: {"by", "of", "since", "confirmed": null | {"by", "way", "at"}},
     "source"?: {"kind": "import", "run", "file_sha256", "row"}}

`helped` is there only where somebody filled the dossier in for its founder (`registry.dossiers.helped`).
`value` is the stored answer, `text` what a person reads. Labels are Vietnamese: the dossier is the department's.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import translation

from registry.core import sniffing
from registry.core.classification import RESTRICTED
from registry.core.lifecycle import Text
from registry.dossiers.choosing import FoundChoicesField
from registry.dossiers.models import Dossier, DossierFile, Submission
from registry.dossiers.rows import RowsField

Asks = Callable[[type[forms.Form]], Mapping[str, forms.Field]]


def build(
    dossier: Dossier,
    answers: Mapping[str, Any],
    files: list[DossierFile],
    number: int,
    *,
    helped: Mapping[str, Any] | None = None,
    source: Mapping[str, Any] | None = None,
    fields: Asks = lambda form: form().fields,
) -> dict[str, Any]:
    """The content of submission `number`. `answers` are stored (JSON) values.

    `source` says where they come from when nobody typed them into the form. `fields` gives the questions of a step's form.
    """
    kind = dossier.kind
    with translation.override("vi"):
        return {
            "procedure": kind.code,
            "form": kind.form_code,
            "form_version": kind.form_version,
            "reference": dossier.reference,
            "number": number,
            "party": {"public_id": dossier.party.public_id, "kind": dossier.party.kind, "name": dossier.party.name},
            "steps": [
                {
                    "code": step.code,
                    "title": str(step.title),
                    "answers": [
                        {
                            "name": name,
                            "label": str(one.label or name),
                            "class": step.form.classes[name],
                            "value": answers.get(name),
                            "text": lines(one, answers.get(name)),
                        }
                        for name, one in fields(step.form).items()
                    ],
                }
                for step in kind.steps
                if step.form is not None
            ],
            "files": [
                {
                    "id": item.pk,
                    "name": item.file.name,
                    "purpose": item.purpose,
                    "purpose_label": str(kind.file_purposes.get(item.purpose, item.purpose)),
                    "size": item.file.size,
                    "type": sniffing.KINDS[item.file.kind][0],
                    "sha256": item.file.sha256,
                }
                for item in files
            ],
            **({"helped": dict(helped)} if helped else {}),
            **({"source": dict(source)} if source else {}),
        }


def read(submission: Submission) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(submission.content)
    return content


def answers_of(submission: Submission) -> dict[str, Any]:
    return answers_in(read(submission))


def last(dossier: Dossier) -> tuple[Submission, dict[str, Any]]:
    """The last submission of a dossier that was sent, and its stored answers."""
    submission = dossier.submissions.latest("number")
    return submission, answers_of(submission)


def answers_in(content: Mapping[str, Any]) -> dict[str, Any]:
    """The stored answers by the name of their field."""
    return {a["name"]: a["value"] for step in content["steps"] for a in step["answers"]}


def restricted_in(content: Mapping[str, Any]) -> list[str]:
    """The names of the restricted answers that are not empty; `files.name` where there are files. For the read log."""
    answers = [a for step in content["steps"] for a in step["answers"]]
    found = [a["name"] for a in answers if a["class"] == RESTRICTED and a["text"]]
    return [*found, "files.name"] if content["files"] else found


def lines(field: forms.Field, value: Any) -> list[str]:
    """A stored answer as lines for a person; [] when nothing was answered."""
    if value in (None, "", [], False):
        return []
    if value is True:
        return ["Có"]
    if isinstance(field, RowsField):
        return [_row(field, row) for row in value if isinstance(row, dict)]
    if isinstance(field, FoundChoicesField):
        return [label for _code, label in field.widget.labels([str(code) for code in value])]
    if isinstance(field, forms.ChoiceField):
        labels = {str(code): str(label) for code, label in _flat(field.choices)}
        return [labels.get(str(code), str(code)) for code in (value if isinstance(value, list) else [value])]
    if isinstance(field, forms.DateTimeField):
        return [str(field.prepare_value(value))]
    if isinstance(field, forms.DateField):
        year, month, day = str(value).split("-") if str(value).count("-") == 2 else ("", "", "")
        return [f"{day}/{month}/{year}" if year else str(value)]
    return str(value).split("\n")


def _row(field: RowsField, row: dict[str, Any]) -> str:
    """A row in one line. In a draft it may lack cells that the summary counts on, or hold words where numbers belong."""
    try:
        return field.row_form.summary(row)
    except (KeyError, ValueError, TypeError):
        return field.row_form.plain(row)


def _flat(choices: Any) -> list[tuple[Any, Text]]:
    flat: list[tuple[Any, Text]] = []
    for code, label in choices:
        flat += _flat(label) if isinstance(label, list | tuple) else [(code, label)]
    return flat


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two submissions; files have the name "file"."""

    name: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What changed from one submission's content to another's, in the order of the newer form; files last."""
    old = {a["name"]: a for step in before["steps"] for a in step["answers"]}
    new = {a["name"]: a for step in after["steps"] for a in step["answers"]}
    changes = [
        Change(
            name,
            new.get(name, old.get(name))["label"],
            tuple(old.get(name, {}).get("text", ())),
            tuple(new.get(name, {}).get("text", ())),
        )
        for name in [*new, *(n for n in old if n not in new)]
        if old.get(name, {}).get("value") != new.get(name, {}).get("value")
    ]
    sent = {f["id"]: f for f in before["files"]}
    now = {f["id"]: f for f in after["files"]}
    changes += [Change("file", f["purpose_label"], (f["name"],), ()) for i, f in sent.items() if i not in now]
    changes += [Change("file", f["purpose_label"], (), (f["name"],)) for i, f in now.items() if i not in sent]
    return changes
