"""Forms about who takes part: a new organisation, an invitation, a role."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.parties.models import MemberRole, PartyKind
from registry.parties.rules import BadIdentifier, Identifier, read_tax_code

WITHOUT_CODE = frozenset({PartyKind.PERSON.value, PartyKind.GROUP.value})
KINDS = [
    (PartyKind.ENTERPRISE.value, PartyKind.ENTERPRISE.label),
    (PartyKind.COOPERATIVE.value, PartyKind.COOPERATIVE.label),
    (PartyKind.HOUSEHOLD.value, PartyKind.HOUSEHOLD.label),
    (PartyKind.PERSON.value, _("Cá nhân (chính bạn)")),
    (PartyKind.GROUP.value, PartyKind.GROUP.label),
    (PartyKind.ST_PUBLIC.value, PartyKind.ST_PUBLIC.label),
    (PartyKind.ST_PRIVATE.value, PartyKind.ST_PRIVATE.label),
    (PartyKind.SCHOOL.value, PartyKind.SCHOOL.label),
    (PartyKind.ASSOCIATION.value, PartyKind.ASSOCIATION.label),
    (PartyKind.CENTRE.value, PartyKind.CENTRE.label),
    (PartyKind.STATE_BODY.value, PartyKind.STATE_BODY.label),
]


class PartyForm(forms.Form):
    """A new party. `identifier` is what the typed code says, None where none was typed."""

    use_required_attribute = False
    identifier: Identifier | None = None

    kind = forms.ChoiceField(
        label=_("Bạn làm cho ai"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một loại, ví dụ Doanh nghiệp.")},
    )
    tax_code = forms.CharField(
        label=_("Mã số thuế"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("10 hoặc 13 chữ số; hộ kinh doanh có thể dùng mã 12 chữ số. Cá nhân và nhóm để trống."),
    )
    name = forms.CharField(
        label=_("Tên"),
        max_length=300,
        help_text=_("Như trong giấy đăng ký. Cá nhân ghi họ và tên, nhóm ghi tên thường gọi."),
        error_messages={"required": _("Nhập tên, ví dụ Hợp tác xã Chè Bản Mới.")},
    )

    def clean(self) -> dict[str, Any]:
        """The code is read with the kind in hand: an enterprise must have one, a person and a group have none."""
        kind, typed = self.cleaned_data.get("kind"), self.cleaned_data.get("tax_code", "")
        if kind in WITHOUT_CODE or (not typed and kind != PartyKind.ENTERPRISE):
            return self.cleaned_data
        if "tax_code" not in self.errors:
            try:
                self.identifier = read_tax_code(typed)
            except BadIdentifier as bad:
                self.add_error("tax_code", str(bad))
        if self.identifier and self.identifier.scheme == "household_code" and kind != PartyKind.HOUSEHOLD:
            self.add_error("tax_code", _now("Mã 12 chữ số là của hộ kinh doanh. Nhập mã số thuế 10 hoặc 13 chữ số."))
        return self.cleaned_data


class InviteForm(forms.Form):
    use_required_attribute = False

    email = forms.EmailField(
        label=_("Thư điện tử của người được mời"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Nhập thư điện tử của người được mời."),
            "invalid": _("Thư điện tử chưa đúng, ví dụ ten@vidu.vn."),
        },
    )
    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=[
            (MemberRole.EDITOR.value, _("Người soạn: điền và gửi hồ sơ")),
            (MemberRole.VIEWER.value, _("Người xem: chỉ đọc")),
            (MemberRole.OWNER.value, _("Chủ quản: soạn, mời và đổi vai trò người khác")),
        ],
        initial=MemberRole.EDITOR.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn vai trò.")},
    )
