"""The seven steps of registering a startup, form KN-01. A field's name is its key in answers, remarks and snapshots."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.core import clock
from registry.core.classification import INTERNAL, PUBLIC, RESTRICTED
from registry.core.fields import Sector, TechnologyField
from registry.dossiers.fields import (
    DATE_FORMATS,
    Amount,
    CountField,
    IdentityField,
    IndustriesField,
    PhoneField,
    WardField,
    WebsiteField,
    WrittenDate,
    Year,
    dong,
    text,
)
from registry.dossiers.procedure import StepForm
from registry.dossiers.rows import RowForm, RowsField
from registry.startups.models import Stage


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


class HeadOfficeForm(StepForm):
    ward = WardField()
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
    identity_number = IdentityField(
        label=_("Số định danh của người đại diện"),
        max_length=20,
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
    phone = PhoneField(_("Điện thoại liên hệ"))

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


class FieldsForm(StepForm):
    industries = IndustriesField(_("Ngành kinh tế"))
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
    website = WebsiteField(_("Trang web"))
    problem_en = text(_("Vấn đề (tiếng Anh)"), 2000, required=False, rows=4)
    solution_en = text(_("Lời giải (tiếng Anh)"), 2000, required=False, rows=4)

    classes = dict.fromkeys(["problem_vi", "solution_vi", "products", "website", "problem_en", "solution_en"], PUBLIC)


class MemberRow(RowForm):
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    role = forms.CharField(label=_("Việc trong dự án"), max_length=120, required=False)

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        return f"{row['name']} ({row['role']})" if row.get("role") else str(row["name"])


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
    people = CountField(_("Số người làm"), 100_000, required=True)

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        return _now("%(year)s · %(people)s người") % {"year": row["year"], "people": row["people"]}


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
