"""Staff page of the limits: how long each step of a procedure may take, from which day on, and by what."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from registry.core.admin import Reference
from registry.core.citations import UnknownCitation, citation
from registry.dossiers import procedure as procedures
from registry.dossiers.models import TimeLimit


class TimeLimitForm(WagtailAdminModelForm):
    """A limit of a procedure that exists, by provisions that exist."""

    def clean_procedure(self) -> str:
        code: str = self.cleaned_data["procedure"]
        limited = TimeLimit.objects.values_list("procedure", flat=True).distinct()
        known = sorted({*(kind.code for kind in procedures.every()), *limited})
        if code not in known:
            raise forms.ValidationError(f"Không có thủ tục này. Các thủ tục: {', '.join(known)}.")
        return code

    def clean_citation(self) -> str:
        return self._checked("citation")

    def clean_suspended_by(self) -> str:
        return self._checked("suspended_by")

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        first, last = data.get("effective_from"), data.get("effective_to")
        if first and last and last <= first:
            self.add_error("effective_to", "Ngày thôi áp dụng phải sau ngày bắt đầu.")
        if ("unit" in data) and (data["unit"] == "m") != (data.get("step") == "confirmation"):
            self.add_error("unit", "Hạn xác nhận (confirmation) tính bằng tháng; các hạn khác tính bằng ngày.")
        if data.get("by_analogy") and not data.get("citation"):
            self.add_error("by_analogy", "Ghi căn cứ được áp dụng tương tự.")
        amount, target = data.get("amount"), data.get("target")
        if amount and target and target > amount:
            self.add_error("target", "Mục tiêu riêng không dài hơn thời hạn.")
        return data

    def _checked(self, name: str) -> str:
        written: str = self.cleaned_data[name].strip()
        if written:
            act, _colon, reference = written.partition(":")
            try:
                citation(act, reference)
            except UnknownCitation:
                raise forms.ValidationError("Viết căn cứ như nd268:49.4 (văn bản, điều, khoản, điểm).") from None
        return written


class TimeLimitViewSet(Reference):
    model = TimeLimit
    name = "thoi-han"
    icon = "history"
    menu_order = 20
    list_display = ["__str__", "step", "target", "citation", "effective_from", "effective_to"]
    panels = [
        FieldPanel("procedure"),
        FieldPanel(
            "step",
            help_text="answer: thời hạn trả lời hồ sơ; change: thời hạn trả lời đề xuất thay đổi; "
            "confirmation: kỳ xác nhận thông tin; validity: kiểm tra hồ sơ hợp lệ; decision: xem xét hồ sơ hợp lệ; "
            "ministry_notice: báo cho Bộ.",
        ),
        FieldPanel("amount"),
        FieldPanel("unit"),
        FieldPanel("target"),
        FieldPanel("citation", help_text="Ví dụ nd268:49.4. Để trống: không văn bản nào quy định, là cam kết phục vụ."),
        FieldPanel(
            "by_analogy",
            help_text="Căn cứ định thời hạn này cho một thủ tục khác, Sở áp dụng tương tự. Trang nào ghi thời hạn cũng nói rõ.",
        ),
        FieldPanel("suspended_by"),
        FieldPanel("source"),
        FieldPanel("effective_from"),
        FieldPanel("effective_to"),
    ]

    def get_edit_handler(self) -> Any:
        return ObjectList(self.panels, base_form_class=TimeLimitForm).bind_to_model(self.model)
