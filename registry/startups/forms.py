"""The seven steps of registering a startup, form KN-01. A field's name is its key in answers, remarks and snapshots."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.core import clock
from registry.core.amounts import NotAnAmount, read_amount
from registry.core.classification import INTERNAL, PUBLIC, RESTRICTED
from registry.core.fields import Sector, TechnologyField
from registry.core.models import Industry
from registry.core.selectors import CURRENT_INDUSTRIES, industries, search_industries, wards
from registry.dossiers.choosing import FoundChoices, FoundChoicesField
from registry.dossiers.procedure import StepForm
from registry.dossiers.rows import RowForm, RowsField
from registry.parties.rules import BadPhone, read_phone
from registry.startups.models import Stage

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def text(
    label: Any, most: int, *, required: bool = True, rows: int = 0, help_text: Any = "", error: Any = "", **kwargs: Any
) -> forms.CharField:
    """A text answer of at most `most` characters; `rows` > 0 makes it a text area."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    messages = {"required": error} if error else {}
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        widget=widget,
        help_text=help_text,
        error_messages=messages,
        **kwargs,
    )


class NamesForm(StepForm):
    name_vi = text(
        _("Tên dự án bằng tiếng Việt"),
        200,
        help_text=_("Tên người mua vẫn gọi."),
        error=_("Nhập tên dự án bằng tiếng Việt."),
    )
    name_en = text(_("Tên bằng tiếng nước ngoài"), 200, required=False)
    short_name = text(_("Tên ngắn"), 80, required=False)
    pitch_vi = text(
        _("Một câu giới thiệu"),
        200,
        rows=2,
        help_text=_("Làm gì, cho ai. Ví dụ: Trạm đo sương cho vườn chè, báo trên điện thoại."),
        error=_("Viết một câu giới thiệu."),
    )
    pitch_en = text(_("Câu giới thiệu bằng tiếng Anh"), 200, required=False, rows=2)

    classes = dict.fromkeys(["name_vi", "name_en", "short_name", "pitch_vi", "pitch_en"], PUBLIC)


class WrittenDate(forms.DateField):
    """A date as people write it here; one that was stored as 2023-05-12 is shown as 12/05/2023."""

    def prepare_value(self, value: Any) -> Any:
        found = ISO_DATE.fullmatch(value) if isinstance(value, str) else None
        return f"{found[3]}/{found[2]}/{found[1]}" if found else value


def ward_choices() -> list[tuple[str, Any]]:
    language = get_language() or "vi"
    return [("", _("Chọn xã, phường")), *((w.code, w.name_in(language)) for w in wards())]


class HeadOfficeForm(StepForm):
    ward = forms.ChoiceField(
        label=_("Xã, phường"), choices=ward_choices, error_messages={"required": _("Chọn xã, phường.")}
    )
    address = text(
        _("Địa chỉ"), 300, help_text=_("Số nhà, đường hoặc bản, như trong giấy tờ."), error=_("Nhập địa chỉ.")
    )
    registered_on = WrittenDate(
        label=_("Ngày đăng ký kinh doanh"),
        required=False,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "12/05/2023"}),
        help_text=_("Ngày ghi trên giấy đăng ký lần đầu. Để trống nếu chưa đăng ký."),
        error_messages={"invalid": _("Ngày chưa đúng, ví dụ 12/05/2023.")},
    )
    representative = text(_("Họ tên người đại diện theo pháp luật"), 120, error=_("Nhập họ tên người đại diện."))
    representative_title = text(_("Chức danh"), 120, required=False)
    identity_number = text(
        _("Số định danh của người đại diện"),
        20,
        required=False,
        help_text=_("Không công khai. Chỉ cán bộ xử lý hồ sơ đọc được."),
    )
    email = forms.EmailField(
        label=_("Thư điện tử liên hệ"),
        max_length=254,
        required=False,
        help_text=_("Không có thì để trống; Sở gọi theo số điện thoại."),
        error_messages={"invalid": _("Thư điện tử chưa đúng, ví dụ ten@vidu.vn.")},
    )
    phone = text(_("Điện thoại liên hệ"), 24, error=_("Nhập số điện thoại, ví dụ 0912 345 678."))

    classes = {
        "ward": PUBLIC,
        "address": PUBLIC,
        "registered_on": PUBLIC,
        "representative": RESTRICTED,
        "representative_title": RESTRICTED,
        "identity_number": RESTRICTED,
        "email": RESTRICTED,
        "phone": RESTRICTED,
    }

    def clean_registered_on(self) -> Any:
        day = self.cleaned_data["registered_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_now("Ngày đăng ký kinh doanh không thể ở tương lai."))
        return day

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        if not typed:
            return ""
        try:
            return read_phone(typed)
        except BadPhone as bad:
            raise forms.ValidationError(str(bad)) from None

    def clean_identity_number(self) -> str:
        typed = self.cleaned_data["identity_number"].replace(" ", "")
        if typed and not (typed.isascii() and typed.isalnum() and 6 <= len(typed) <= 12):
            raise forms.ValidationError(_now("Số định danh có 12 chữ số; hộ chiếu có 6 đến 9 chữ và số."))
        return typed


def industry_choice(line: Industry) -> tuple[str, str]:
    name = line.name_en if line.name_en and (get_language() or "vi").startswith("en") else line.name_vi
    return f"{line.edition}:{line.code}", f"{line.code} · {name}"


def industry_choices() -> list[tuple[str, str]]:
    return [industry_choice(line) for line in industries(CURRENT_INDUSTRIES, 4)]


def industry_labels(values: Sequence[str]) -> list[tuple[str, str]]:
    """What is chosen, in the order of the codes; what is not in the list is left out."""
    codes = [value.partition(":")[2] for value in values if value.startswith(f"{CURRENT_INDUSTRIES}:")]
    return [industry_choice(line) for line in industries(CURRENT_INDUSTRIES, 4).filter(code__in=codes)]


def found_industries(text: str) -> list[tuple[str, str]]:
    return [industry_choice(line) for line in search_industries(text, limit=20, level=4)]


class FieldsForm(StepForm):
    industries = FoundChoicesField(
        label=_("Ngành kinh tế"),
        choices=industry_choices,
        widget=FoundChoices(industry_labels, found_industries),
        help_text=_("Chọn từ 1 đến 5 ngành cấp 4 của hệ thống ngành năm 2025."),
        error_messages={
            "required": _("Chọn ít nhất một ngành."),
            "invalid_choice": _("Ngành %(value)s không có trong danh mục."),
        },
    )
    fields_of_technology = forms.MultipleChoiceField(
        label=_("Lĩnh vực công nghệ"),
        choices=TechnologyField.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Chọn ít nhất một lĩnh vực công nghệ.")},
    )
    sector = forms.ChoiceField(
        label=_("Khu vực kinh tế"),
        choices=Sector.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn khu vực kinh tế.")},
    )
    stage = forms.ChoiceField(
        label=_("Dự án đang ở đâu"),
        choices=Stage.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn giai đoạn của dự án.")},
    )

    classes = dict.fromkeys(["industries", "fields_of_technology", "sector", "stage"], PUBLIC)

    def clean_industries(self) -> list[str]:
        chosen = self.cleaned_data["industries"]
        if len(chosen) > 5:
            raise forms.ValidationError(_now("Chọn nhiều nhất 5 ngành."))
        return list(chosen)


class ProductRow(RowForm):
    name = forms.CharField(label=_("Tên sản phẩm, dịch vụ"), max_length=120)
    note = forms.CharField(label=_("Giúp được gì"), max_length=300, required=False)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=120, required=False)

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        return f"{row['name']}: {row['note']}" if row.get("note") else str(row["name"])


class ProjectForm(StepForm):
    problem_vi = text(
        _("Vấn đề"),
        2000,
        rows=5,
        help_text=_("Hai, ba câu. Viết cho người chưa biết công nghệ."),
        error=_("Viết vấn đề mà dự án giải quyết."),
    )
    solution_vi = text(_("Lời giải"), 2000, rows=5, error=_("Viết lời giải của dự án."))
    products = RowsField(
        ProductRow,
        most=8,
        label=_("Sản phẩm, dịch vụ"),
        error_messages={"required": _("Nhập ít nhất một sản phẩm hoặc dịch vụ.")},
    )
    website = forms.URLField(
        label=_("Trang web"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={"invalid": _("Địa chỉ chưa đúng, ví dụ https://vidu.vn.")},
    )
    problem_en = text(_("Vấn đề (tiếng Anh)"), 2000, required=False, rows=4)
    solution_en = text(_("Lời giải (tiếng Anh)"), 2000, required=False, rows=4)

    classes = dict.fromkeys(["problem_vi", "solution_vi", "products", "website", "problem_en", "solution_en"], PUBLIC)

    def clean_website(self) -> str:
        url = self.cleaned_data["website"]
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(_now("Địa chỉ chưa đúng, ví dụ https://vidu.vn."))
        return str(url)


class MemberRow(RowForm):
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    role = forms.CharField(label=_("Việc trong dự án"), max_length=120, required=False)

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        return f"{row['name']} ({row['role']})" if row.get("role") else str(row["name"])


class Year(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1990, **kwargs)
        self.error_messages["invalid"] = _("Năm gồm 4 chữ số, ví dụ 2025.")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value > clock.today().year:
            raise forms.ValidationError(_now("Năm không thể ở tương lai."))


class Amount(forms.DecimalField):
    """An amount in whole đồng as people type it (`registry.core.amounts`): 1.250.000, “1,25 tỷ”. No part of a đồng."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            max_digits=15,
            decimal_places=0,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            **kwargs,
        )
        self.error_messages["invalid"] = _("Số tiền là số đồng, ví dụ 450.000.000.")

    def prepare_value(self, value: Any) -> Any:
        plain = str(value) if isinstance(value, int | str) else ""
        is_amount = plain.isascii() and plain.isdigit() and len(plain) <= self.max_digits
        return f"{int(plain):,}".replace(",", ".") if is_amount else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            try:
                value = read_amount(value, english=get_language() == "en")
            except NotAnAmount:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        return super().to_python(value)


class CapitalRow(RowForm):
    round = forms.ChoiceField(
        label=_("Vòng vốn"),
        choices=[
            ("", _("Chọn vòng vốn")),
            ("own", _("Vốn tự có")),
            ("family", _("Gia đình, bạn bè")),
            ("seed", _("Hạt giống")),
            ("angel", _("Nhà đầu tư cá nhân")),
            ("fund", _("Quỹ đầu tư")),
            ("loan", _("Vốn vay")),
        ],
    )
    year = Year(label=_("Năm"))
    amount = Amount(label=_("Số tiền (đồng)"))

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        label = dict(cls.base_fields["round"].choices)[row["round"]]  # type: ignore[attr-defined]
        return f"{row['year']} · {label}: {dong(row['amount'])}"


class SupportRow(RowForm):
    name = forms.CharField(label=_("Hỗ trợ đã nhận"), max_length=200)
    year = Year(label=_("Năm"))
    amount = Amount(label=_("Số tiền (đồng), nếu có"), required=False)

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        end = f": {dong(row['amount'])}" if row.get("amount") not in (None, "") else ""
        return f"{row['year']} · {row['name']}{end}"


class StaffRow(RowForm):
    year = Year(label=_("Năm"))
    people = forms.IntegerField(
        label=_("Số người làm"),
        min_value=0,
        max_value=100_000,
        error_messages={"invalid": _("Số người là số, ví dụ 12.")},
    )

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        return _now("%(year)s · %(people)s người") % {"year": row["year"], "people": row["people"]}


def dong(amount: Any) -> str:
    """1.250.000 đồng, and VND 1,250,000 in English."""
    grouped = f"{int(amount):,}"
    return f"VND {grouped}" if (get_language() or "vi").startswith("en") else grouped.replace(",", ".") + " đồng"


class TeamForm(StepForm):
    team = RowsField(
        MemberRow, most=10, label=_("Đội ngũ"), error_messages={"required": _("Nhập ít nhất một người trong đội ngũ.")}
    )
    staff = RowsField(StaffRow, most=5, required=False, label=_("Số người làm từng năm"))
    capital = RowsField(
        CapitalRow,
        most=10,
        required=False,
        label=_("Vốn đã gọi"),
        help_text=_("Không công khai nếu bạn không đồng ý ở bước cuối."),
    )
    support = RowsField(SupportRow, most=10, required=False, label=_("Hỗ trợ đã nhận"))

    classes = {"team": RESTRICTED, "staff": INTERNAL, "capital": RESTRICTED, "support": INTERNAL}


class ConsentForm(StepForm):
    """Consent by field: what is personal or commercial is shown only if its owner says so."""

    show_email = forms.BooleanField(label=_("Hiện thư điện tử liên hệ"), required=False)
    show_phone = forms.BooleanField(label=_("Hiện điện thoại liên hệ"), required=False)
    show_team = forms.BooleanField(label=_("Hiện tên và việc của đội ngũ (mọi người đã đồng ý)"), required=False)
    show_staff = forms.BooleanField(label=_("Hiện số người làm"), required=False)
    show_capital = forms.BooleanField(label=_("Hiện tổng vốn đã gọi"), required=False)
    show_support = forms.BooleanField(label=_("Hiện hỗ trợ đã nhận"), required=False)
    truthful = forms.BooleanField(
        label=_("Tôi cam đoan thông tin trên là đúng và tôi được quyền khai thay."),
        error_messages={"required": _("Đánh dấu lời cam đoan rồi gửi.")},
    )

    classes = dict.fromkeys(
        ["show_email", "show_phone", "show_team", "show_staff", "show_capital", "show_support", "truthful"], INTERNAL
    )
