"""A question with several rows as its answer: team members, capital rounds. Works without JavaScript."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class RowForm(forms.Form):
    """The columns of one row. `summary(row)` puts a row into one line for the check page and the snapshot."""

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        return ", ".join(str(value) for value in row.values() if value not in ("", None))


class RowsWidget(forms.Widget):
    """Renders every row and one empty one. Names are `<field>-<row>-<column>`; a row ticked `…-drop` is left out."""

    template_name = "components/rows.html"
    use_fieldset = True

    def __init__(self, row_form: type[RowForm], most: int) -> None:
        super().__init__()
        self.row_form, self.most = row_form, most

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        stored = data.get(name)
        if isinstance(stored, list):  # a draft read back, not a posted page
            return stored
        rows = []
        for index in range(self.most + 1):
            row = {c: data.get(f"{name}-{index}-{c}", "") for c in self.row_form.base_fields}
            if any(str(v).strip() for v in row.values()) and not data.get(f"{name}-{index}-drop"):
                rows.append(row)
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and not RowsField.sent_in(data, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        rows = list(value or [])[: self.most]
        if len(rows) < self.most:
            rows.append({})
        context["row_forms"] = [self.row_form(initial=row, prefix=f"{name}-{index}") for index, row in enumerate(rows)]
        return context


class RowsField(forms.Field):
    """Cleans to a list of rows, each a dict of JSON values as `row_form` cleaned them."""

    def __init__(self, row_form: type[RowForm], *, most: int = 10, **kwargs: Any) -> None:
        self.row_form, self.most = row_form, most
        super().__init__(widget=RowsWidget(row_form, most), **kwargs)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = value if isinstance(value, list) else []
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(rows) > self.most:
            raise ValidationError(_("Nhiều nhất %(most)s dòng.") % {"most": self.most})
        cleaned, problems = [], []
        for number, row in enumerate(rows, start=1):
            form = self.row_form(row if isinstance(row, dict) else {})
            if form.is_valid():
                cleaned.append(form.cleaned_data)
            else:
                for column, errors in form.errors.items():
                    label = form.fields[column].label if column in form.fields else ""
                    problems += [
                        _("Dòng %(row)s, %(column)s: %(error)s") % {"row": number, "column": label, "error": error}
                        for error in errors
                    ]
        if problems:
            raise ValidationError(problems)
        return cleaned

    @staticmethod
    def sent_in(data: Any, name: str) -> bool:
        """Does a posted page hold any cell of this field?"""
        return any(key.startswith(f"{name}-") for key in data)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != (data or [])
