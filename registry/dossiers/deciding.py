"""What the person who decides states, in the forms of every procedure."""

from datetime import date
from typing import Any

from django import forms

from registry.core import clock
from registry.core.lifecycle import Invalid
from registry.core.models.history import Decision
from registry.dossiers.fields import text
from registry.dossiers.models import Dossier


class DecisionForm(forms.Form):
    """What the person who decides states. The number comes from the office's register and may be empty.

    `consequence` says, before they do it, what will have happened then. `is_decision` is false of a form by which
    somebody records a step on the way.
    """

    consequence = ""
    is_decision = True

    number = text("Số quyết định (nếu có)", 60, required=False, help_text="Lấy từ sổ văn bản của Sở.")
    signed_on = forms.DateField(
        label="Ngày quyết định",
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "12/10/2026"}),
        help_text="Để trống là hôm nay.",
        error_messages={"invalid": "Ngày chưa đúng, ví dụ 12/10/2026."},
    )
    signatory = text("Người ký", 120, required=False)
    delegation = text("Ủy quyền theo", 200, required=False)

    def fit(self, dossier: Dossier) -> None:
        """Leave out what is not to be stated of this dossier."""

    def clean_signed_on(self) -> date:
        day: date = self.cleaned_data["signed_on"] or clock.today()
        if day > clock.today():
            raise forms.ValidationError("Ngày quyết định không thể ở tương lai.")
        return day

    def clean(self) -> dict[str, Any]:
        """Numbers of documents begin anew each year, so one is taken only within its year."""
        stated = super().clean() or {}
        number = stated["number"] = (stated.get("number") or "").strip()
        signed_on = stated.get("signed_on")
        if number and signed_on and Decision.objects.filter(number=number, signed_on__year=signed_on.year).exists():
            self.add_error("number", "Số quyết định này đã có trong sổ.")
        return stated


def reason_read_by(reader: str, example: str) -> forms.CharField:
    """Why, in words that `reader` reads; it is the note of the event."""
    return text(f"Lý do ({reader} đọc được)", 4_000, rows=4, error=f"Ghi lý do, ví dụ: {example}")


def require_stated(form: forms.Form) -> None:
    """Raises Invalid with the first mistake of the form, and with all of them by field."""
    if not form.is_valid():
        problems = {name: str(errors[0]) for name, errors in form.errors.items()}
        raise Invalid(next(iter(problems.values())), problems)
