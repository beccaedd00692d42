"""What the clerk states for a paper, and what a leader or an administrator writes as a template."""

import re
from datetime import date
from typing import Any, Final

from django import forms

from registry.core import clock
from registry.core.text import clean
from registry.dossiers.fields import DATE_FORMATS
from registry.official_papers.checking import PART_LABELS, PLAIN, check
from registry.official_papers.kinds import Kind
from registry.official_papers.letter import PARTS, Stated
from registry.official_papers.models import PaperTemplate
from registry.official_papers.placeholders import Fault

DIGITS: Final = re.compile(r"[0-9]{1,6}")
MOST_LETTERS: Final = 20_000
MOST_LINES: Final = 400


class CleanedForm(forms.Form):
    """What is pasted is kept in one Unicode form, without control signs."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        return {name: clean(value) if isinstance(value, str) else value for name, value in said.items()}


class PaperForm(CleanedForm):
    """The number, the day, who signs; then what the kind itself asks."""

    number = forms.CharField(
        label="Số văn bản",
        max_length=60,
        required=False,
        help_text="Lấy từ sổ văn bản. Chỉ ghi số thì ký hiệu của mẫu được thêm vào. Để trống: bản dự thảo.",
    )
    signed_on = forms.DateField(
        label="Ngày văn bản",
        required=False,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "12/10/2026"}),
        help_text="Có số mà để trống ngày thì lấy hôm nay.",
        error_messages={"invalid": "Ngày chưa đúng, ví dụ 12/10/2026."},
    )
    signing = forms.CharField(
        label="Quyền hạn, chức vụ",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi chức vụ người ký."},
    )
    signatory = forms.CharField(
        label="Người ký", max_length=120, required=False, help_text="Cần có khi văn bản đã có số."
    )

    def __init__(self, kind: Kind, template: PaperTemplate, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.template = kind, template
        self.fields.update(kind.inputs())
        self.fields["signing"].initial = template.signing
        self.order_fields([*kind.inputs(), "number", "signed_on", "signing", "signatory"])

    def clean_number(self) -> str:
        number = clean(self.cleaned_data["number"]).replace("\n", " ")
        if not number:
            return ""
        if DIGITS.fullmatch(number):
            number += self.template.symbol
        if not re.search(r"[0-9]", number):
            raise forms.ValidationError("Số văn bản có ít nhất một chữ số, ví dụ 12/TB-SKHCN.")
        if len(number) > 60:
            raise forms.ValidationError("Số văn bản dài quá 60 chữ.")
        return number

    def clean_signed_on(self) -> date | None:
        day: date | None = self.cleaned_data["signed_on"]
        if day and day > clock.today():
            raise forms.ValidationError("Ngày văn bản không thể ở tương lai.")
        if day and day.year < 2000:
            raise forms.ValidationError("Ngày chưa đúng, ví dụ 12/10/2026.")
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("number"):
            said["signed_on"] = said.get("signed_on") or clock.today()
            if "signatory" in said and not said["signatory"]:
                self.add_error("signatory", "Văn bản có số thì ghi người ký.")
        return said

    @property
    def stated(self) -> Stated:
        said = self.cleaned_data
        return Stated(said["number"], said["signed_on"], said["signing"], said["signatory"])

    @property
    def typed(self) -> dict[str, str]:
        """The words for the kind's own fields."""
        return {name: written(self.cleaned_data[name]) for name in self.kind.inputs()}


def written(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")


class TemplateForm(CleanedForm):
    """The next version of a template. Every fault is told with its part, its line and the name of the field."""

    above = forms.CharField(label=PART_LABELS["above"], required=False, max_length=300)
    agency = forms.CharField(
        label=PART_LABELS["agency"],
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi cơ quan ban hành."},
    )
    symbol = forms.CharField(label="Ký hiệu sau số", required=False, max_length=40, help_text="Ví dụ /TB-SKHCN.")
    place = forms.CharField(label="Địa danh", max_length=60, error_messages={"required": "Ghi địa danh."})
    heading = forms.CharField(
        label=PART_LABELS["heading"],
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Để trống thì là công văn: trích yếu đứng dưới số.",
    )
    subject = forms.CharField(
        label=PART_LABELS["subject"],
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi trích yếu."},
    )
    addressee = forms.CharField(
        label=PART_LABELS["addressee"],
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi nơi nhận một dòng.",
    )
    bases = forms.CharField(
        label=PART_LABELS["bases"],
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi căn cứ một dòng, in nghiêng.",
    )
    body = forms.CharField(
        label=PART_LABELS["body"],
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text="Mỗi đoạn một dòng. “# ” đứng giữa, “## ” là đề mục, “- ” là gạch đầu dòng; “Điều 1.” tự in đậm.",
        error_messages={"required": "Viết nội dung."},
    )
    recipients = forms.CharField(
        label=PART_LABELS["recipients"], required=False, max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    signing = forms.CharField(
        label="Quyền hạn, chức vụ người ký",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi chức vụ người ký."},
    )
    effective_from = forms.DateField(
        label="Áp dụng từ",
        required=False,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "12/10/2026"}),
        help_text="Để trống là hôm nay.",
        error_messages={"invalid": "Ngày chưa đúng, ví dụ 12/10/2026."},
    )
    note = forms.CharField(
        label="Thay đổi gì",
        max_length=200,
        error_messages={"required": "Ghi một câu: bản này thay đổi gì."},
    )

    def __init__(self, kind: str, procedure: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.procedure = kind, procedure
        self.faults: list[Fault] = []

    def clean_effective_from(self) -> date:
        day: date = self.cleaned_data["effective_from"] or clock.today()
        if day < clock.today():
            raise forms.ValidationError("Bản mới áp dụng từ hôm nay trở đi.")
        if day.year > clock.today().year + 5:
            raise forms.ValidationError("Ngày này xa quá năm năm.")
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name in (*PARTS, *PLAIN):
            if said.get(name, "").count("\n") >= MOST_LINES:
                self.add_error(name, f"Nhiều hơn {MOST_LINES} dòng.")
        for name in PLAIN:
            if "{{" in said.get(name, "") or "}}" in said.get(name, ""):
                self.add_error(name, "Ở đây không dùng trường.")
        self.faults = check(self.kind, self.procedure, {part: said.get(part, "") for part in PARTS})
        for part in dict.fromkeys(fault.part for fault in self.faults):
            if part not in self.errors:
                self.add_error(part, told(next(fault for fault in self.faults if fault.part == part)))
        return said

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in (*PARTS, *PLAIN)}


def told(fault: Fault) -> str:
    return f"Dòng {fault.line}: {fault.says}" if fault.line else fault.says
