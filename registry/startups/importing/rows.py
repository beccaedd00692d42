"""What a row says, cleaned by the very forms that founders fill in, and every reason why it cannot be taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.utils.translation import override

from registry.core.selectors import CURRENT_INDUSTRIES, units
from registry.core.text import fold
from registry.core.units import UnknownUnit
from registry.dossiers.choosing import FoundChoicesField
from registry.dossiers.fields import DATE_FORMATS, industry_choices
from registry.dossiers.models import Dossier
from registry.dossiers.procedure import StepForm
from registry.dossiers.rows import RowsField
from registry.dossiers.services import stored
from registry.parties.forms import PartyForm
from registry.parties.models import Party, PartyKind
from registry.parties.rules import Identifier
from registry.startups.forms import CapitalRow
from registry.startups.importing.columns import BY_KEY
from registry.startups.importing.reading import Row
from registry.startups.lifecycle import PROCEDURE

YES: Final = frozenset({"co", "x", "yes", "true", "1", "dong y"})
NO: Final = frozenset({"", "khong", "no", "false", "0"})
NOT_ASKED: Final = "truthful"  # a list declares nothing in the founder's name
LOST_ZERO: Final = {"tax_code": 9, "phone": 9}  # how long a number is whose leading zero a spreadsheet has eaten
FORM_FIELDS: Final = {"name": "party_name", "ward": "ward_code"}


@dataclass(frozen=True, slots=True)
class Fault:
    """`column` is the key of a column, "" for the whole row."""

    column: str
    reason: str


@dataclass(slots=True)
class Said:
    """What a row says. `answers` are the stored values of every question that a list is asked."""

    row: int
    kind: str = ""
    party_name: str = ""
    identifier: Identifier | None = None
    reference: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class RowReader:
    """Reads rows of one file. The forms and the lists behind them are made once: ten thousand rows ask for them once."""

    def __init__(self, columns: Iterable[str]) -> None:
        self.columns = frozenset(columns)
        with override("vi"):
            self._units = units()
            self._party = PartyForm({})
            _offering(self._party.fields["kind"])  # type: ignore[arg-type]
            self._forms = {step.form: _prepared(step.form) for step in PROCEDURE.steps if step.form}
        choices = {"kind": PartyKind.choices, **_choices(self._forms.values())}
        self._codes = {name: _codes(pairs) for name, pairs in choices.items()}
        self._rounds = _codes(CapitalRow.base_fields["round"].choices)  # type: ignore[attr-defined]

    def fields(self, form: type[forms.Form]) -> Mapping[str, forms.Field]:
        """The questions of a step, for `snapshot.build`."""
        return self._forms[form].fields  # type: ignore[index]

    def identify(self, row: Row) -> Said:
        """Whom the row is about, with what is wrong in that."""
        said = Said(row.number, reference=row.cells.get("reference", "")[:61])
        for key in row.formulas:
            said.faults.append(Fault(key, "Ô là công thức. Dán giá trị (Paste Special, Values) rồi nhập lại."))
        self._read_party(row, said)
        return said

    def answer(self, row: Row, said: Said, before: Mapping[str, Any] | None = None) -> None:
        """What the row says of it, on top of what is known: a question without a column keeps its answer."""
        raw = self._raw(row, said)
        cleaned: dict[str, Any] = {}
        for form in self._forms.values():
            asked = {name: raw.get(name, (before or {}).get(name)) for name in form.fields}
            cleaned.update(_cleaned(form, asked, said))
            said.answers.update({name: stored(form.cleaned_data.get(name)) for name in form.fields})
        dossier = Dossier(procedure=PROCEDURE.code, party=Party(kind=said.kind))
        for name, sentence in PROCEDURE.check(dossier, cleaned).items():
            said.faults.append(Fault(name, str(sentence)))
        said.faults = list(dict.fromkeys(said.faults))

    def _read_party(self, row: Row, said: Said) -> None:
        typed = row.cells.get("kind", "")
        data = {
            "kind": self._codes["kind"].get(fold(typed), typed),
            "tax_code": with_zero("tax_code", row.cells.get("tax_code", "")),
            "name": row.cells.get("party_name", ""),
        }
        form = self._party
        form.data, form.is_bound, form.identifier = data, True, None
        form.full_clean()
        for name, errors in form.errors.items():
            said.faults += [Fault(FORM_FIELDS.get(name, name), str(error)) for error in errors]
        said.kind = form.cleaned_data.get("kind", "")
        said.party_name = stored(form.cleaned_data.get("name", ""))
        said.identifier = form.identifier
        if said.kind in (PartyKind.PERSON, PartyKind.GROUP) and data["tax_code"]:
            said.faults.append(Fault("tax_code", "Cá nhân và nhóm cá nhân để trống mã số thuế."))
        if len(said.reference) > 60:
            said.faults.append(Fault("reference", "Mã tham chiếu dài quá 60 chữ."))
        if said.identifier is None and not said.reference and not form.errors:
            sentence = "Không có mã số thuế thì ghi mã tham chiếu riêng của dòng, để lần nhập sau nhận ra."
            said.faults.append(Fault("reference", sentence))

    def _raw(self, row: Row, said: Said) -> dict[str, Any]:
        """The answers of the file as a founder's page would post them."""
        raw: dict[str, Any] = {"ward": self._ward(row, said)}
        for key in self.columns & set(PROCEDURE.fields()):
            text = row.cells.get(key, "")
            if key.startswith("show_"):
                raw[key] = _yes(key, text, said)
            elif key in ("industries", "fields_of_technology"):
                raw[key] = [self._code(key, one) for one in _parts(text)]
            elif key in self._codes:
                raw[key] = self._code(key, text)
            elif isinstance(PROCEDURE.fields()[key], RowsField):
                raw[key] = self._rows(key, text)
            else:
                raw[key] = with_zero(key, text)
        return raw

    def _ward(self, row: Row, said: Said) -> str:
        code, name = row.cells.get("ward_code", ""), row.cells.get("ward_name", "")
        on, written = None, row.cells.get("ward_date", "")
        if written and not (on := read_day(written)):
            said.faults.append(Fault("ward_date", "Ngày chưa đúng, ví dụ 12/05/2023."))
        try:
            return self._units.meant(code, name, on)
        except UnknownUnit as unknown:
            said.faults.append(Fault("ward_code", str(unknown)))
            return ""

    def _code(self, key: str, text: str) -> str:
        if key == "industries":
            code = text.rpartition(":")[2].split("·")[0].strip()
            return f"{CURRENT_INDUSTRIES}:{code.zfill(4) if code.isascii() and code.isdigit() else code}"
        return self._codes[key].get(fold(text), text)

    def _rows(self, key: str, text: str) -> list[dict[str, str]]:
        """`a | b; c | d` as two rows of two cells."""
        question = PROCEDURE.fields()[key]
        assert isinstance(question, RowsField)
        names = list(question.row_form.base_fields)
        if key == "products":
            names = ["name", "note", "name_en"]
        found = []
        for part in _parts(text):
            cells = [cell.strip() for cell in part.split("|")]
            line = dict(zip(names, cells, strict=False))
            if len(cells) > len(names):
                line[names[-1]] = " | ".join(cells[len(names) - 1 :])
            if key == "capital" and "round" in line:
                line["round"] = self._rounds.get(fold(line["round"]), line["round"])
            found.append(line)
        return found


def _prepared(form: type[StepForm]) -> StepForm:
    """A form to be filled again and again, whose choices are looked up once."""
    made = form({}, opened=frozenset(form.base_fields) - {NOT_ASKED})
    for name, one in made.fields.items():
        one.label = str(one.label)
        if isinstance(one, forms.ChoiceField) and not isinstance(one, FoundChoicesField):
            one.choices = [(code, str(label)) for code, label in one.choices]
            if name != "ward":
                _offering(one)
    if "industries" in made.fields:
        known = {code: (code, str(label)) for code, label in industry_choices()}
        made.fields["industries"].widget.labels = lambda values: [known[one] for one in values if one in known]  # type: ignore[attr-defined]
    return made


def _offering(question: forms.ChoiceField) -> None:
    """A file has no list to pick from: what is not among the choices is told what they are."""
    labels = "; ".join(str(label) for code, label in question.choices if code)
    sentence = f"Không có lựa chọn “%(value)s”. Ghi đúng một trong các chữ này: {labels.replace('%', '%%')}."
    question.error_messages["invalid_choice"] = sentence


def _cleaned(form: StepForm, asked: Mapping[str, Any], said: Said) -> dict[str, Any]:
    form.data, form.is_bound = asked, True  # type: ignore[assignment]
    form.full_clean()
    for name, errors in form.errors.items():
        if name == "ward" and any(fault.column == "ward_code" for fault in said.faults):
            continue
        said.faults += [Fault(FORM_FIELDS.get(name, name), str(error)) for error in errors]
    return form.cleaned_data


def _choices(forms_: Iterable[StepForm]) -> dict[str, list[tuple[str, Any]]]:
    wanted = ("fields_of_technology", "sector", "stage")
    return {name: list(form.fields[name].choices) for form in forms_ for name in wanted if name in form.fields}  # type: ignore[attr-defined]


def _codes(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """A choice by its code and by its label in either language, without marks."""
    found: dict[str, str] = {}
    for code, label in choices:
        found[fold(str(code))] = str(code)
        for language in ("vi", "en"):
            with override(language):
                found[fold(str(label))] = str(code)
    found.pop("", None)
    return found


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]


def _yes(key: str, text: str, said: Said) -> bool:
    word = fold(text).strip()
    if word not in YES | NO:
        said.faults.append(Fault(key, "Ghi “có” hoặc “không”."))
    return word in YES


def with_zero(key: str, text: str) -> str:
    """A number as it was before a spreadsheet took it for an amount."""
    return f"0{text}" if text.isascii() and text.isdigit() and len(text) == LOST_ZERO.get(key) else text


def read_day(text: str) -> date | None:
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def heading(headings: Mapping[str, str], key: str) -> str:
    """How the file calls a column, or we do where it has none."""
    return headings.get(key) or (BY_KEY[key].vi if key in BY_KEY else "")
