"""What people state: the figures of V.6, the receipt of the Ministry's platform, the evidence of a notice."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.core import clock
from registry.core.bilingual import SOURCE_LANGUAGE
from registry.core.text import clean
from registry.dossiers.fields import DATE_FORMATS, Amount, CountField, PhoneField, WrittenDate, language_of, text
from registry.dossiers.rows import keep_what_is_pasted
from registry.st_enterprises.papers.content import Condition

MOST_LETTERS: Final = 4_000
COSTS: Final = (
    "staff", "materials", "services", "intellectual_property", "depreciation", "management", "state_budget_tasks", "other",
)  # fmt: skip
"""The eight heads of V.6, as `papers.content.Costs` names them; in the form each is `cost_…`."""

CONDITIONS: Final = [
    ("", _("Chọn tình trạng")),
    (Condition.ACTIVE.value, _("Đang hoạt động")),
    (Condition.STOPPED.value, _("Ngừng hoạt động")),
    (Condition.DISSOLVED.value, _("Giải thể")),
    (Condition.BANKRUPT.value, _("Phá sản")),
]


class SignedAmount(Amount):
    """An amount that may be below zero: “-12.000.000” is a loss."""

    MINUS: Final = ("-", "−", "–")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.min_value = None
        self.validators = [one for one in self.validators if getattr(one, "code", "") != "min_value"]

    def prepare_value(self, value: Any) -> Any:
        plain = str(value) if isinstance(value, int | str) else ""
        shown = super().prepare_value(plain[1:] if plain.startswith("-") else value)
        return f"-{shown}" if plain.startswith("-") else shown

    def to_python(self, value: Any) -> Any:
        typed = value.strip() if isinstance(value, str) else value
        if isinstance(typed, str) and typed.startswith(self.MINUS):
            amount = super().to_python(typed[1:])
            return None if amount is None else -amount
        return super().to_python(value)


def _money(label: Any, help_text: Any = "", *, signed: bool = False) -> Amount:
    return (SignedAmount if signed else Amount)(label=label, required=False, help_text=help_text)


class FiguresForm(forms.Form):
    """The figures of V.6 (Appendix V of Decree 268/2025), in its order. Nothing has to be known: they are kept as they come."""

    GROUPS: Final = (
        (
            _("Doanh nghiệp"),
            ("phone", "fax", "representative_name", "representative_phone", "representative_email", "condition", "ownership"),
        ),
        (
            _("Kết quả trong năm"),
            (
                "sti_investment", "products", "total_revenue", "sti_product_revenue", "profit", "sti_product_profit",
                "workers", "monthly_income",
            ),
        ),
        (
            _("Ưu đãi, hỗ trợ đã hưởng"),
            (
                "income_tax_relief", "land_rent_relief", "preferential_loans", "fund", "state_budget_funding",
                "state_budget_tasks", "other_support", "other_support_kinds",
            ),
        ),
        (_("Chi phí nghiên cứu và phát triển"), tuple(f"cost_{name}" for name in COSTS)),
        (_("Kiến nghị, đề xuất"), ("proposals",)),
    )  # fmt: skip

    phone = PhoneField(_("Số điện thoại"), required=False)
    fax = PhoneField(_("Fax"), required=False)
    representative_name = text(_("Họ và tên người đại diện"), 120, required=False)
    representative_phone = PhoneField(_("Số điện thoại của người đại diện"), required=False)
    representative_email = forms.EmailField(
        label=_("Email của người đại diện"),
        required=False,
        max_length=120,
        error_messages={"invalid": _("Địa chỉ chưa đúng, ví dụ ten@vidu.vn.")},
    )
    condition = forms.ChoiceField(label=_("Tình trạng"), choices=CONDITIONS, required=False)
    ownership = text(_("Tình trạng sở hữu"), 300, required=False)

    sti_investment = _money(_("Tổng kinh phí đầu tư cho KH&CN của năm (đồng)"), _("Ví dụ 450.000.000 hoặc 450 triệu."))
    products = text(
        _("Sản phẩm khoa học, công nghệ và đổi mới sáng tạo"),
        MOST_LETTERS,
        required=False,
        rows=4,
        help_text=_("Mỗi dòng một sản phẩm. Lấy sẵn từ giấy chứng nhận."),
    )
    products.widget.attrs["lang"] = SOURCE_LANGUAGE  # it begins with what the certificate says
    total_revenue = _money(_("Tổng doanh thu (đồng)"))
    sti_product_revenue = _money(_("Doanh thu của sản phẩm khoa học, công nghệ và đổi mới sáng tạo (đồng)"))
    profit = _money(_("Tổng lợi nhuận trước thuế (đồng)"), _("Lỗ thì ghi dấu trừ ở trước."), signed=True)
    sti_product_profit = _money(
        _("Lợi nhuận trước thuế của sản phẩm khoa học, công nghệ và đổi mới sáng tạo (đồng)"), signed=True
    )
    workers = CountField(_("Tổng số lao động (người)"))
    monthly_income = _money(_("Thu nhập bình quân tháng của một người lao động (đồng)"))

    income_tax_relief = _money(_("Thuế thu nhập doanh nghiệp được miễn, giảm (đồng)"))
    land_rent_relief = _money(_("Tiền thuê đất được miễn, giảm (đồng)"))
    preferential_loans = _money(_("Vay vốn tín dụng ưu đãi (đồng)"))
    fund = _money(_("Trích lập quỹ phát triển KH&CN (đồng)"))
    state_budget_funding = _money(_("Kinh phí nhiệm vụ KH,CN&ĐMST dùng ngân sách nhà nước (đồng)"))
    state_budget_tasks = text(_("Tên nhiệm vụ KH,CN&ĐMST dùng ngân sách nhà nước"), 1_000, required=False, rows=2)
    other_support = _money(_("Các ưu đãi, hỗ trợ khác (đồng)"))
    other_support_kinds = text(_("Các ưu đãi, hỗ trợ khác là gì"), 1_000, required=False, rows=2)

    cost_staff = _money(_("Chi phí nhân sự R&D (đồng)"))
    cost_materials = _money(_("Chi phí vật tư, nguyên vật liệu phục vụ R&D (đồng)"))
    cost_services = _money(_("Chi phí dịch vụ, chuyên gia, thuê ngoài phục vụ R&D (đồng)"))
    cost_intellectual_property = _money(_("Chi phí sở hữu trí tuệ và pháp lý liên quan đến R&D (đồng)"))
    cost_depreciation = _money(_("Khấu hao, chi phí tài sản phục vụ R&D (đồng)"))
    cost_management = _money(_("Chi phí quản lý, vận hành liên quan đến R&D (đồng)"))
    cost_state_budget_tasks = _money(_("Chi thực hiện nhiệm vụ KH&CN có sử dụng ngân sách (đồng)"))
    cost_other = _money(_("Các khoản chi khác liên quan trực tiếp đến R&D (đồng)"))

    proposals = text(_("Kiến nghị, đề xuất với cơ quan nhà nước"), MOST_LETTERS, required=False, rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_what_is_pasted(self)

    def clean(self) -> dict[str, Any]:
        """What is a part of a whole is not more than the whole."""
        said = super().clean() or {}
        part, whole = said.get("sti_product_revenue"), said.get("total_revenue")
        if part is not None and whole is not None and part > whole:
            self.add_error(
                "sti_product_revenue", _now("Doanh thu của các sản phẩm này không thể lớn hơn tổng doanh thu.")
            )
        return said

    def kept(self) -> dict[str, Any]:
        """The answers as they are stored: whole numbers, texts; what was left empty is left out."""
        return {
            name: int(value) if isinstance(self.fields[name], Amount | CountField) else clean(value)
            for name, value in self.cleaned_data.items()
            if value not in (None, "")
        }

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def told(self) -> list[tuple[Any, list[tuple[Any, str, str]]]]:
        """The groups as they are read where nothing can be typed: label, words, language of the words; what was left empty is not told."""
        return [
            (title, [(one.label, said, language_of(one.name, one.field)) for one in fields if (said := _words(one))])
            for title, fields in self.groups()
        ]


def _words(field: forms.BoundField) -> str:
    value = "" if field.value() is None else str(field.value())
    return str(dict(getattr(field.field, "choices", ())).get(value, value)) if value else ""


def _past(day: date, sentence: Any) -> date:
    if day > clock.today():
        raise forms.ValidationError(sentence)
    return day


class ReceiptForm(forms.Form):
    """The receipt of the Ministry's platform, for the report of `year`. The file is judged when it is taken in."""

    number = text(_("Số biên nhận"), 80, error=_("Ghi số biên nhận của nền tảng."))
    received_on = WrittenDate(
        label=_("Ngày biên nhận"),
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "10/12/2026"}),
        error_messages={
            "required": _("Ghi ngày trên biên nhận."),
            "invalid": _("Ngày chưa đúng, ví dụ 10/12/2026."),
        },
    )
    file = forms.FileField(
        label=_("Tệp biên nhận"),
        help_text=_("PDF hoặc ảnh. Chỉ doanh nghiệp và Sở xem được."),
        error_messages={
            "required": _("Chọn tệp biên nhận."),
            "empty": _("Tệp này trống. Chọn lại tệp có nội dung."),
        },
    )

    def __init__(self, year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_what_is_pasted(self)
        self.year = year

    def clean_received_on(self) -> date:
        day = _past(self.cleaned_data["received_on"], _now("Ngày biên nhận không thể ở tương lai."))
        if day.year < self.year:
            sentence = _now("Báo cáo năm %(year)s không thể được tiếp nhận trước năm ấy.") % {"year": self.year}
            raise forms.ValidationError(sentence)
        return day


class EvidenceForm(forms.Form):
    """That a duty of the department was done: the day, and a document number, a file or a note. At least one of the three."""

    done_on = forms.DateField(
        label="Ngày làm",
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "12/10/2026"}),
        help_text="Ngày ghi trên văn bản, hoặc ngày nhập vào nền tảng.",
        error_messages={"required": "Ghi ngày làm.", "invalid": "Ngày chưa đúng, ví dụ 12/10/2026."},
    )
    document = forms.CharField(
        label="Số văn bản", max_length=60, required=False, help_text="Lấy từ sổ văn bản của Sở, ví dụ 1520/SKHCN-QLKH."
    )
    file = forms.FileField(
        label="Tệp kèm theo",
        required=False,
        error_messages={"empty": "Tệp này trống. Chọn lại tệp có nội dung."},
    )
    remark = forms.CharField(
        label="Ghi chú",
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ: đã gửi Thuế tỉnh và Sở Tài chính.",
    )

    def __init__(self, decided_on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_what_is_pasted(self)
        self.decided_on = decided_on

    def clean_done_on(self) -> date:
        day = _past(self.cleaned_data["done_on"], "Ngày làm không thể ở tương lai.")
        if day < self.decided_on:
            raise forms.ValidationError(f"Quyết định ký ngày {self.decided_on:%d/%m/%Y}; không thể làm trước ngày ấy.")
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not any(said.get(name) for name in ("document", "file", "remark")):
            self.add_error("document", "Ghi số văn bản, kèm tệp hoặc ghi chú: cần ít nhất một bằng chứng.")
        return said
