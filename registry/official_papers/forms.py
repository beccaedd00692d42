"""What the clerk states for a paper, and what a leader or an administrator writes as a template."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from registry.core import clock
from registry.core.text import clean
from registry.dossiers.fields import DATE_FORMATS, text
from registry.official_papers.checking import PART_LABELS, PLAIN, check, used_names
from registry.official_papers.fields import Question
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


def optional_day(label: str, help_text: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "12/10/2026"}),
        help_text=help_text,
        error_messages={"invalid": "Ngày chưa đúng, ví dụ 12/10/2026."},
    )


class PaperForm(CleanedForm):
    """What the kind itself asks, and the procedure; then the number, the day, who signs."""

    number = text(
        "Số văn bản",
        60,
        required=False,
        help_text="Lấy từ sổ văn bản. Chỉ ghi số thì ký hiệu của mẫu được thêm vào. Để trống: bản dự thảo.",
    )
    signed_on = optional_day("Ngày văn bản", "Có số mà để trống ngày thì lấy hôm nay.")
    signing = text("Quyền hạn, chức vụ", 300, rows=2, error="Ghi chức vụ người ký.")
    signatory = text("Người ký", 120, required=False, help_text="Cần có khi văn bản đã có số.")

    def __init__(
        self, kind: Kind, template: PaperTemplate, *args: Any, questions: Sequence[Question] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.template = kind, template
        self.asks = {one.field: one.make() for one in questions}
        asked = self.asks | {name: field for name, field in kind.inputs().items() if name in used_names(template.texts)}
        self.fields.update(asked)
        self.fields["signing"].initial = template.signing
        self.order_fields([*asked, "number", "signed_on", "signing", "signatory"])

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
            if "signed_on" in said:
                said["signed_on"] = said["signed_on"] or clock.today()
            if "signatory" in said and not said["signatory"]:
                self.add_error("signatory", "Văn bản có số thì ghi người ký.")
        return said

    @property
    def stated(self) -> Stated:
        """As far as it is in order: of a form that was refused the preview shows the rest."""
        said = {"number": "", "signed_on": None, "signing": self.template.signing, "signatory": "", **self.cleaned_data}
        return Stated(said["number"], said["signed_on"], said["signing"], said["signatory"])

    @property
    def typed(self) -> dict[str, str]:
        """The words for the kind's own fields, the answers to questions; as far as they are in order."""
        return {name: written(self.cleaned_data.get(name)) for name in (*self.kind.inputs(), *self.asks)}


def written(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")


class TemplateForm(CleanedForm):
    """The next version of a template. Every fault is told with its part, its line and the name of the field."""

    above = text(PART_LABELS["above"], 300, required=False)
    agency = text(PART_LABELS["agency"], 300, rows=2, error="Ghi cơ quan ban hành.")
    symbol = text("Ký hiệu sau số", 40, required=False, help_text="Ví dụ /TB-SKHCN.")
    place = text("Địa danh", 60, error="Ghi địa danh.")
    heading = text(
        PART_LABELS["heading"],
        300,
        required=False,
        rows=2,
        help_text="Để trống thì là công văn: trích yếu đứng dưới số.",
    )
    subject = text(PART_LABELS["subject"], 1_000, rows=2, error="Ghi trích yếu.")
    addressee = text(PART_LABELS["addressee"], 1_000, required=False, rows=2, help_text="Mỗi nơi nhận một dòng.")
    bases = text(PART_LABELS["bases"], 4_000, required=False, rows=4, help_text="Mỗi căn cứ một dòng, in nghiêng.")
    body = text(
        PART_LABELS["body"],
        MOST_LETTERS,
        rows=22,
        help_text="Mỗi đoạn một dòng. “# ” đứng giữa, “## ” là đề mục, “- ” là gạch đầu dòng; “Điều 1.” tự in đậm.",
        error="Viết nội dung.",
    )
    recipients = text(PART_LABELS["recipients"], 1_000, required=False, rows=3)
    signing = text("Quyền hạn, chức vụ người ký", 300, rows=3, error="Ghi chức vụ người ký.")
    effective_from = optional_day("Áp dụng từ", "Để trống là hôm nay.")
    note = text("Thay đổi gì", 200, error="Ghi một câu: bản này thay đổi gì.")

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
