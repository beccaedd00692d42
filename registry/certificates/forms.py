"""What staff state: the decisions about a certificate, and a certificate that was issued on paper."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.conf import settings

from registry.certificates.models import Regime, ResultKind
from registry.core import clock
from registry.core.citations import citation
from registry.core.fields import Sector, TechnologyField
from registry.core.grounds import ground_in_words
from registry.core.models import Authority
from registry.core.selectors import wards
from registry.core.text import clean
from registry.dossiers.deciding import reason_read_by
from registry.parties.rules import BadIdentifier, BadPhone, read_phone, read_tax_code
from registry.st_enterprises.certification.deciding import HAS_DIGIT
from registry.st_enterprises.procedures.deciding import AnswerForm

WITHDRAWAL: Final[Mapping[str, str]] = {
    "nd268:53.2.a": "giải thể, phá sản, bị thu hồi đăng ký doanh nghiệp",
    "nd268:53.2.b": "ba năm liên tiếp không báo cáo",
    "nd268:53.2.c": "không còn sở hữu hay quyền dùng hợp pháp công nghệ, kết quả",
    "nd268:53.2.d": "ba năm liên tiếp không đủ điều kiện",
}
CANCELLATION: Final[Mapping[str, str]] = {
    "nd268:53.3.a": "xâm phạm quyền đối với công nghệ, kết quả đã kê khai",
    "nd268:53.3.b": "giả mạo nội dung hồ sơ",
}
NEW_LAW_FROM: Final = citation("nd268", "47").act.in_force_from or date.max
MOST_LETTERS: Final = 4_000


def _choices(grounds: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(says, f"{reason} ({ground_in_words(says)})") for says, reason in grounds.items()]


class CertificateDecisionForm(AnswerForm):
    """A decision about a certificate: with number, day, signatory, and the authority that took it, by which delegation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].initial = settings.CERTIFYING_AUTHORITY


class MaintainForm(CertificateDecisionForm):
    consequence = (
        "Giấy chứng nhận được giữ nguyên hiệu lực; các kỳ kiểm tra vẫn ba năm một lần kể từ ngày cấp (khoản 1 Điều 53)."
    )


class GroundedForm(CertificateDecisionForm):
    """With one of the grounds that the decree lists, and the reason in words."""

    field_order = ["ground", "note", *AnswerForm.field_order]

    grounds: Mapping[str, str] = {}

    ground = forms.ChoiceField(
        label="Căn cứ", error_messages={"required": "Chọn căn cứ.", "invalid_choice": "Chọn căn cứ."}
    )
    note = reason_read_by("doanh nghiệp", "Đã giải thể theo thông báo ngày 02/10/2026.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [("", "Chọn căn cứ"), *_choices(self.grounds)]  # type: ignore[attr-defined]


class NotifyForm(GroundedForm):
    consequence = "Giấy chứng nhận vẫn còn hiệu lực. Trang công khai chưa đổi cho đến khi có quyết định thu hồi."
    grounds = WITHDRAWAL


class WithdrawForm(GroundedForm):
    consequence = (
        "Giấy chứng nhận hết hiệu lực từ ngày quyết định. Cổng công khai việc thu hồi ít nhất 30 ngày; doanh nghiệp "
        "không còn được hưởng ưu đãi."
    )
    grounds = WITHDRAWAL


class CancelForm(GroundedForm):
    consequence = (
        "Giấy chứng nhận hết hiệu lực từ ngày quyết định. Cổng công khai việc hủy bỏ ít nhất 30 ngày; doanh nghiệp phải "
        "hoàn trả toàn bộ ưu đãi đã hưởng."
    )
    grounds = CANCELLATION


FORMS: Final[Mapping[str, type[CertificateDecisionForm]]] = {
    "maintain": MaintainForm,
    "notify": NotifyForm,
    "withdraw": WithdrawForm,
    "cancel": CancelForm,
}


class EnterForm(CertificateDecisionForm):
    """A certificate that was issued on paper, under either decree, entered into the register."""

    field_order = [
        "tax_code", "name_vi", "name_en", "short_name", "registered_on", "ward", "address", "phone", "sector",
        "fields_of_technology", "regime", "certificate_number", "authority", "delegation", "number", "signed_on", "signatory",
    ]  # fmt: skip

    tax_code = forms.CharField(label="Mã số doanh nghiệp (mã số thuế)", max_length=20)
    name_vi = forms.CharField(label="Tên tiếng Việt", max_length=200)
    name_en = forms.CharField(label="Tên tiếng nước ngoài", max_length=200, required=False)
    short_name = forms.CharField(label="Tên viết tắt", max_length=80, required=False)
    registered_on = forms.DateField(
        label="Ngày đăng ký doanh nghiệp lần đầu",
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "06/05/2019"}),
        error_messages={"invalid": "Ngày chưa đúng, ví dụ 06/05/2019."},
    )
    ward = forms.ModelChoiceField(wards(), label="Xã, phường", to_field_name="code", empty_label="Chọn xã, phường")
    address = forms.CharField(label="Địa chỉ trụ sở chính", max_length=300)
    phone = forms.CharField(label="Điện thoại", max_length=20, required=False)
    sector = forms.ChoiceField(label="Khu vực kinh tế", choices=Sector.choices)
    fields_of_technology = forms.MultipleChoiceField(
        label="Lĩnh vực công nghệ", choices=TechnologyField.choices, widget=forms.CheckboxSelectMultiple
    )
    regime = forms.ChoiceField(label="Cấp theo", choices=Regime.choices)
    certificate_number = forms.CharField(
        label="Số giấy chứng nhận",
        max_length=60,
        required=False,
        validators=[HAS_DIGIT],
        help_text="Ghi như in trên giấy. Để trống thì lấy số kế tiếp của sổ; chỉ dành cho giấy cấp theo Nghị định 268.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("number", "signatory"):  # what an old paper may not say
            self.fields[name].required = False
        self.fields["signed_on"].required = True
        self.fields["signed_on"].error_messages["required"] = "Ghi ngày in trên giấy, ví dụ 12/10/2026."
        self.fields["signed_on"].label = "Ngày cấp lần đầu"
        self.fields["signed_on"].help_text = "Ngày của quyết định cấp giấy chứng nhận."

    def is_delegated(self, authority: Authority, said: Mapping[str, Any]) -> bool:
        """Under Decree 13/2019 the department issued certificates by itself."""
        return said.get("regime") != Regime.ND13 and super().is_delegated(authority, said)

    def clean_tax_code(self) -> Any:
        try:
            found = read_tax_code(self.cleaned_data["tax_code"])
        except BadIdentifier as wrong:
            raise forms.ValidationError(str(wrong)) from None
        if found.scheme != "tax_code":
            raise forms.ValidationError(
                "Chỉ doanh nghiệp được cấp giấy chứng nhận; mã của doanh nghiệp có 10 hoặc 13 chữ số."
            )
        return found

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        try:
            return read_phone(typed) if typed else ""
        except BadPhone as wrong:
            raise forms.ValidationError(str(wrong)) from None

    def clean_registered_on(self) -> date | None:
        day: date | None = self.cleaned_data["registered_on"]
        if day and day > clock.today():
            raise forms.ValidationError("Ngày đăng ký không thể ở tương lai.")
        return day

    def clean(self) -> dict[str, Any]:
        stated = super().clean()
        day, regime = stated.get("signed_on"), stated.get("regime")
        if day and regime == Regime.ND268 and day < NEW_LAW_FROM:
            self.add_error("regime", f"Trước ngày {NEW_LAW_FROM:%d/%m/%Y} chưa cấp theo Nghị định 268/2025/NĐ-CP.")
        if day and regime == Regime.ND13 and day >= NEW_LAW_FROM:
            self.add_error("regime", f"Từ ngày {NEW_LAW_FROM:%d/%m/%Y} không còn cấp theo Nghị định 13/2019/NĐ-CP.")
        if regime == Regime.ND13 and not stated.get("certificate_number"):
            self.add_error("certificate_number", "Giấy cấp theo quy định cũ có số trên giấy; ghi số ấy.")
        for name in ("name_vi", "name_en", "short_name", "address", "certificate_number"):
            stated[name] = clean(stated.get(name) or "")
        if day and stated.get("registered_on") and stated["registered_on"] > day:
            self.add_error("registered_on", "Doanh nghiệp đăng ký trước khi được cấp giấy chứng nhận.")
        return stated


class ProductForm(forms.Form):
    """One line of the table of results and products. A line left empty is none."""

    result_kind = forms.ChoiceField(
        label="Loại kết quả", choices=[("", "Chọn loại"), *ResultKind.choices], required=False
    )
    result = forms.CharField(label="Kết quả", max_length=300, required=False)
    product = forms.CharField(label="Sản phẩm hình thành từ kết quả", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        line = super().clean() or {}
        given = {name: clean(line.get(name) or "") for name in ("result_kind", "result", "product")}
        if any(given.values()):
            for name, value in given.items():
                if not value:
                    self.add_error(name, "Ghi đủ loại, kết quả và sản phẩm của dòng này.")
        return given


class _Lines(forms.BaseFormSet):
    def clean(self) -> None:
        if not any(self.errors) and not self.lines:
            raise forms.ValidationError("Ghi ít nhất một kết quả và sản phẩm hình thành từ kết quả ấy.")

    @property
    def lines(self) -> list[dict[str, str]]:
        return [form.cleaned_data for form in self.forms if form.is_valid() and any(form.cleaned_data.values())]


MOST_LINES: Final = 20
ProductLines = forms.formset_factory(ProductForm, formset=_Lines, extra=3, max_num=MOST_LINES, absolute_max=MOST_LINES)
