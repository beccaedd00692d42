"""Staff page of the retention rules: how long which data is kept, from which day on, and by what."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView

from portal import retention
from portal.models import RetentionRule
from registry.core.admin import Reference
from registry.core.citations import UnknownCitation, citation


class RuleForm(WagtailAdminModelForm):
    """A rule about data that there is, by a provision that exists."""

    code = forms.ChoiceField(label="Loại dữ liệu")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [
            (kind.code, f"{kind.label} (tính từ {kind.since})") for kind in retention.kinds()
        ]

    def clean_citation(self) -> str:
        written: str = self.cleaned_data["citation"].strip()
        act, _colon, reference = written.partition(":")
        try:
            if written:
                citation(act, reference)
        except UnknownCitation:
            raise forms.ValidationError("Viết căn cứ như nd268:49.4 (văn bản, điều, khoản, điểm).") from None
        return written


class RuleIndex(IndexView):
    """The kind of data by its name leads to the rule, for whoever may change it."""

    @cached_property
    def columns(self) -> list[Column]:
        kind = TitleColumn(
            "code",
            label="Loại dữ liệu",
            accessor=lambda rule: retention.label(rule.code),
            get_url=self.get_edit_url,
        )
        return [kind, *super().columns]


class RuleViewSet(Reference):
    model = RetentionRule
    index_view_class = RuleIndex
    name = "luu-giu"
    icon = "bin"
    menu_order = 70
    list_display = [
        Column("kept", label="Giữ trong"),
        "citation",
        "source",
        "effective_from",
        "effective_to",
    ]
    panels = [
        FieldPanel("code"),
        FieldPanel("amount"),
        FieldPanel("unit"),
        FieldPanel("citation", help_text="Ví dụ nd268:49.4. Để trống nếu không có điều luật nào quy định."),
        FieldPanel("source", help_text="Ai quy định hoặc đề xuất thời gian này."),
        FieldPanel(
            "effective_from",
            help_text="Dữ liệu đã xóa không lấy lại được: rút ngắn thời gian giữ chỉ sau khi đã cân nhắc.",
        ),
        FieldPanel("effective_to"),
    ]

    def get_edit_handler(self) -> Any:
        return ObjectList(self.panels, base_form_class=RuleForm).bind_to_model(self.model)
