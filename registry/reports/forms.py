from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry.core.text import clean
from registry.reports.lifecycle import LONGEST_ANSWER
from registry.reports.models import Outcome

TRAP = "website"
"""The name of a field that people do not see. A program that fills in every form fills it in too."""


class ReportForm(forms.Form):
    """What a visitor says is wrong on a public page."""

    text = forms.CharField(
        label=_("Chỗ nào sai, đúng ra là gì"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Viết chỗ sai để Sở sửa.")},
    )
    email = forms.EmailField(
        label=_("Thư điện tử của bạn, nếu muốn được trả lời"),
        help_text=_("Chỉ dùng để trả lời báo lỗi này, rồi Sở xóa đi."),
        required=False,
        error_messages={"invalid": _("Thư điện tử chưa đúng, ví dụ ten@vidu.vn.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def clean_text(self) -> str:
        """A text of invisible signs alone says nothing."""
        words = clean(self.cleaned_data["text"])
        if not words:
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return words

    @property
    def is_a_trap_sprung(self) -> bool:
        return bool(self.data.get(TRAP))


class AnswerForm(forms.Form):
    """What the department answers. Read again by the lifecycle's guard; here it only shows what was typed."""

    outcome = forms.ChoiceField(label="Kết quả", choices=[("", "Chọn kết quả"), *Outcome.choices])
    answer = forms.CharField(
        label=format_html(
            'Câu trả lời <span class="case-quiet">(cần có, trừ khi chọn “{}”)</span>', Outcome.SPAM.label
        ),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Người báo đọc nguyên văn câu này nếu họ để lại thư điện tử.",
    )
