"""What a helper writes down of the founder before the dossier begins."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.person import FullNameField
from registry.core.text import clean
from registry.dossiers import procedure
from registry.parties.forms import PartyForm
from registry.parties.models import PartyKind
from registry.parties.rules import BadPhone, read_phone

KINDS = [
    (kind.value, kind.label)
    for kind in (
        PartyKind.PERSON, PartyKind.GROUP, PartyKind.HOUSEHOLD, PartyKind.COOPERATIVE, PartyKind.ENTERPRISE,
    )
]  # fmt: skip
_NUMBER = re.compile(r"^[\d\s.+\-()–]+$")


class HelpForm(PartyForm):
    """Who stands in the dossier's name, and the founder: the name and a way to reach them. No e-mail is asked for."""

    field_order = ["procedure", "founder_name", "contact", "kind", "tax_code", "name"]

    procedure = forms.ChoiceField(label=_("Làm thủ tục nào"), widget=forms.RadioSelect)
    founder_name = FullNameField(
        label=_("Họ và tên chủ dự án"),
        help_text=_("Người sẽ đọc lại, chọn điều được công khai và xác nhận gửi."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact = forms.CharField(
        label=_("Điện thoại, hoặc cách liên hệ khác"),
        max_length=120,
        help_text=_("Sở báo tin về hồ sơ qua đây. Chỉ cán bộ xử lý đọc được."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Nhập số điện thoại, ví dụ 0912 345 678, hoặc nơi nhắn tin được cho chủ dự án.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.code, one.title) for one in procedure.every() if one.takes_help]
        self.fields["procedure"].choices = known  # type: ignore[attr-defined]
        if len(known) == 1:
            self.fields["procedure"].widget = forms.HiddenInput()
            self.fields["procedure"].initial = known[0][0]
        self.fields["kind"].label = _("Dự án đứng tên ai")
        self.fields["kind"].choices = KINDS  # type: ignore[attr-defined]
        self.fields["name"].label = _("Tên người hoặc tổ chức đứng tên")

    def clean_contact(self) -> str:
        """A number must be one that can be called; anything else is taken as it is written."""
        written = clean(self.cleaned_data["contact"])
        if _NUMBER.match(written):
            try:
                return read_phone(written)
            except BadPhone as bad:
                raise forms.ValidationError(str(bad)) from bad
        return written


class ObjectionForm(forms.Form):
    """What the founder finds wrong."""

    use_required_attribute = False

    wrong = forms.CharField(
        label=_("Chỗ nào chưa đúng"),
        max_length=1000,
        help_text=_("Viết một hai câu, ví dụ: Tên tôi là Lò Thị Mẩu, không phải Mẫu."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Viết chỗ chưa đúng rồi gửi lại cho người nhập hộ.")},
    )
