"""A question with several rows as its answer: team members, capital rounds. Works without JavaScript."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def keep_what_is_pasted(form: forms.Form) -> None:
    """Let a browser send text that is too long: it would cut it without a word, we say so."""
    for one in form.fields.values():
        one.widget.attrs.pop("maxlength", None)


class RowForm(forms.Form):
    """The columns of one row. `summary(row)` puts a row into one line for the check page and the snapshot.

    With `draft=True` a missing cell is no mistake, as in a step of a draft.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_what_is_pasted(self)
        self.draft = draft

    def full_clean(self) -> None:
        demanded = [one for one in self.fields.values() if one.required and self.draft]
        for one in demanded:
            one.required = False
        super().full_clean()
        for one in demanded:
            one.required = True

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        return cls.plain(row)

    @classmethod
    def plain(cls, row: dict[str, Any]) -> str:
        """The cells one after another, a choice by its label: what is left to say of a row that is not finished.

        In the order of the form: a row read back from PostgreSQL has its keys in another one.
        """
        given = [(name, field) for name, field in cls.base_fields.items() if row.get(name) not in ("", None)]
        return ", ".join(str(dict(getattr(field, "choices", ())).get(row[name], row[name])) for name, field in given)


class RowsWidget(forms.Widget):
    """Renders every row and one empty one. Names are `<field>-<row>-<column>`; a row ticked `…-drop` is left out.

    `shown` asks for that many rows at least, the empty ones counted; the first empty row is then where one writes on.
    `is_fixed`: the rows that are there are changed or dropped, none is added.
    """

    template_name = "components/rows.html"
    use_fieldset = True
    draft = False
    shown = 0

    def __init__(self, row_form: type[RowForm], most: int, *, is_fixed: bool = False) -> None:
        super().__init__()
        self.row_form, self.most, self.is_fixed = row_form, most, is_fixed

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
        wrong = "aria-invalid" in context["widget"]["attrs"]
        given = [row for row in value or [] if isinstance(row, dict)][: self.most]
        blank = 0 if self.is_fixed else max(self.shown - len(given), 1 if len(given) < self.most else 0)
        forms_of_rows = [self._form(row, f"{name}-{index}", wrong) for index, row in enumerate(given)]
        empty = [
            self.row_form(prefix=f"{name}-{index}", draft=self.draft)
            for index in range(len(given), min(len(given) + blank, self.most))
        ]
        if self.shown and empty:
            next(iter(empty[0].fields.values())).widget.attrs["autofocus"] = True
        context |= {
            "given_rows": forms_of_rows,
            "empty_rows": empty,
            "is_full": len(given) >= self.most,
            "is_fixed": self.is_fixed,
        }
        return context

    def _form(self, row: dict[str, Any], prefix: str, wrong: bool) -> RowForm:
        """A row with its mistakes where there are any, otherwise as it stands."""
        if wrong:
            data = {f"{prefix}-{column}": value for column, value in row.items()}
            return self.row_form(data, prefix=prefix, draft=self.draft)
        return self.row_form(initial=row, prefix=prefix, draft=self.draft)


class RowsField(forms.Field):
    """Cleans to a list of rows, each a dict of JSON values as `row_form` cleaned them.

    The code of each mistake is `<row>-<column>`, counted from 0: with it a page finds the cell.
    """

    widget: RowsWidget

    def __init__(self, row_form: type[RowForm], *, most: int = 10, is_fixed: bool = False, **kwargs: Any) -> None:
        self.row_form, self.most = row_form, most
        widget = RowsWidget(row_form, most, is_fixed=is_fixed)
        super().__init__(widget=widget, template_name="components/set_field.html", **kwargs)

    def as_draft(self) -> None:
        """Missing cells are no mistakes from now on."""
        self.required, self.widget.draft = False, True

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = value if isinstance(value, list) else []
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(rows) > self.most:
            raise ValidationError(_("Nhiều nhất %(most)s dòng.") % {"most": self.most})
        cleaned, problems = [], []
        for number, row in enumerate(rows, start=1):
            form = self.row_form(row if isinstance(row, dict) else {}, draft=self.widget.draft)
            if form.is_valid():
                cleaned.append(form.cleaned_data)
            else:
                for column, errors in form.errors.items():
                    label = form.fields[column].label if column in form.fields else ""
                    problems += [
                        ValidationError(
                            _("Dòng %(row)s, %(column)s: %(error)s") % {"row": number, "column": label, "error": error},
                            code=f"{number - 1}-{column}",
                        )
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
