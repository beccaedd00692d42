"""The steps of applying for the certificate: what forms V.1 and V.2 of Decree 268/2025 ask. A field's name is its key for ever."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.core.classification import INTERNAL, PUBLIC, RESTRICTED
from registry.core.fields import TechnologyField
from registry.dossiers.fields import (
    CountField,
    IdentityField,
    IndustriesField,
    PhoneField,
    WardField,
    WebsiteField,
    text,
)
from registry.dossiers.procedure import StepForm
from registry.dossiers.rows import RowsField
from registry.parties.rules import BadIdentifier, read_tax_code
from registry.st_enterprises.certification.rows import PastDate, ProductRow, ResultRow, StaffRow, YearRow
from registry.st_enterprises.profile import WINDOW
from registry.st_enterprises.words import EFFECTS, SECTORS

MOST_RESULTS = 20
MOST_PRODUCTS = 40


def email_field(label: Any) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=254,
        required=False,
        error_messages={"invalid": _("Thư điện tử chưa đúng, ví dụ ten@vidu.vn.")},
    )


class BusinessNumberField(forms.CharField):
    """The number of an enterprise: ten digits with their check digit."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            found = read_tax_code(typed)
        except BadIdentifier as bad:
            raise forms.ValidationError(str(bad)) from None
        if len(found.value) != 10:
            raise forms.ValidationError(_now("Mã số doanh nghiệp có 10 chữ số, ví dụ 0100 047 516."))
        return found.value


class EnterpriseForm(StepForm):
    name_vi = text(_("Tên doanh nghiệp viết bằng tiếng Việt"), 200, error=_("Nhập tên doanh nghiệp."))
    name_foreign = text(_("Tên viết bằng tiếng nước ngoài"), 200, required=False)
    short_name = text(_("Tên viết tắt"), 80, required=False)
    business_number = BusinessNumberField(
        label=_("Số Giấy chứng nhận đăng ký doanh nghiệp"),
        max_length=20,
        error_messages={"required": _("Nhập mã số doanh nghiệp.")},
    )
    registered_on = PastDate(_("Ngày đăng ký lần đầu"))
    registration_issuer = text(_("Cơ quan cấp đăng ký"), 200, error=_("Nhập cơ quan cấp đăng ký doanh nghiệp."))
    enterprise_type = text(
        _("Loại hình doanh nghiệp"),
        120,
        help_text=_("Ví dụ: công ty cổ phần."),
        error=_("Nhập loại hình doanh nghiệp."),
    )
    ward = WardField()
    address = text(
        _("Địa chỉ trụ sở chính"),
        300,
        help_text=_("Số nhà, đường hoặc bản, như trong giấy tờ."),
        error=_("Nhập địa chỉ trụ sở chính."),
    )
    phone = PhoneField(_("Điện thoại"))
    fax = PhoneField(_("Fax"), required=False)
    email = email_field(_("Thư điện tử"))
    website = WebsiteField(_("Trang web"))

    classes = {
        **dict.fromkeys(("name_vi", "name_foreign", "short_name", "business_number", "registered_on"), PUBLIC),
        **dict.fromkeys(("registration_issuer", "enterprise_type", "ward", "address", "website"), PUBLIC),
        **dict.fromkeys(("phone", "fax"), PUBLIC),  # printed on the certificate, form V.4
        "email": INTERNAL,
    }


class RepresentativeForm(StepForm):
    representative = text(_("Họ tên người đại diện theo pháp luật"), 120, error=_("Nhập họ tên người đại diện."))
    representative_title = text(_("Chức vụ"), 120, error=_("Nhập chức vụ."))
    identity_number = IdentityField(
        label=_("Số căn cước công dân"), max_length=20, error_messages={"required": _("Nhập số căn cước công dân.")}
    )
    identity_issuer = text(_("Nơi cấp căn cước"), 200, error=_("Nhập nơi cấp căn cước."))
    identity_issued_on = PastDate(_("Ngày cấp căn cước"))
    representative_phone = PhoneField(_("Điện thoại của người đại diện"))
    representative_email = email_field(_("Thư điện tử của người đại diện"))
    permanent_address = text(_("Hộ khẩu thường trú"), 300, error=_("Nhập hộ khẩu thường trú."))
    current_address = text(_("Chỗ ở hiện nay"), 300, error=_("Nhập chỗ ở hiện nay."))

    classes = dict.fromkeys(
        (
            "representative",
            "representative_title",
            "identity_number",
            "identity_issuer",
            "identity_issued_on",
            "representative_phone",
            "representative_email",
            "permanent_address",
            "current_address",
        ),
        RESTRICTED,
    )


class BusinessForm(StepForm):
    sector = forms.ChoiceField(
        label=_("Khu vực hoạt động chính"),
        help_text=_("Quy mô doanh nghiệp xét theo khu vực này."),
        choices=[(sector.value, words) for sector, words in SECTORS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn khu vực kinh tế.")},
    )
    fields_of_technology = forms.MultipleChoiceField(
        label=_("Lĩnh vực công nghệ"),
        choices=TechnologyField.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Chọn ít nhất một lĩnh vực công nghệ.")},
    )
    industries = IndustriesField(_("Ngành nghề kinh doanh"))
    structure = text(_("Cơ cấu tổ chức của doanh nghiệp"), 4000, rows=5, error=_("Viết cơ cấu tổ chức."))

    classes = {**dict.fromkeys(("sector", "fields_of_technology", "industries"), PUBLIC), "structure": INTERNAL}


class ResultsForm(StepForm):
    results = RowsField(
        ResultRow,
        most=MOST_RESULTS,
        label=_("Kết quả nghiên cứu khoa học, phát triển công nghệ và đổi mới sáng tạo"),
        help_text=_("Chỉ ghi kết quả doanh nghiệp sở hữu hoặc được dùng hợp pháp và còn hiệu lực."),
        error_messages={"required": _("Nhập ít nhất một kết quả.")},
    )
    products = RowsField(
        ProductRow,
        most=MOST_PRODUCTS,
        label=_("Danh mục sản phẩm khoa học, công nghệ và đổi mới sáng tạo"),
        error_messages={"required": _("Nhập ít nhất một sản phẩm.")},
    )
    technical_features = text(_("Đặc điểm kỹ thuật"), 8000, rows=6, error=_("Viết đặc điểm kỹ thuật."))
    technology_process = text(_("Quy trình công nghệ"), 8000, rows=6, error=_("Viết quy trình công nghệ."))

    classes = {
        "results": PUBLIC,
        "products": PUBLIC,
        "technical_features": RESTRICTED,
        "technology_process": RESTRICTED,
    }


class YearsForm(StepForm):
    years = RowsField(
        YearRow,
        most=WINDOW,
        label=_("Ba năm tài chính liền kề"),
        error_messages={"required": _("Nhập số liệu ít nhất một năm.")},
    )

    classes = {"years": RESTRICTED}

    def clean_years(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cleaned_data["years"]
        told = [row["year"] for row in rows if row.get("year")]
        if len(told) != len(set(told)):
            raise forms.ValidationError(_now("Mỗi năm chỉ ghi một dòng."))
        return rows


class PeopleForm(StepForm):
    workers = CountField(_("Tổng số người lao động của doanh nghiệp"), required=True)
    rd_unit_graduates = CountField(
        _("Người có trình độ từ đại học trở lên ở bộ phận nghiên cứu và phát triển"),
        help_text=_("Không có bộ phận ấy thì ghi 0."),
    )
    rd_unit_vietnamese = CountField(_("Người Việt Nam trong số ấy"))
    sti_people = CountField(_("Người của doanh nghiệp làm khoa học, công nghệ và đổi mới sáng tạo"))
    sti_people_vietnamese = CountField(_("Trong đó, người Việt Nam"))
    hired_experts = CountField(_("Chuyên gia thuê từ viện, trường, tổ chức khoa học và công nghệ"))
    rd_staff = RowsField(
        StaffRow, most=50, required=False, label=_("Danh sách nhân lực của bộ phận nghiên cứu và phát triển")
    )
    cooperation = text(
        _("Hợp tác với chuyên gia, viện, trường, tổ chức khoa học và công nghệ"), 4000, required=False, rows=4
    )

    parts = (("rd_unit_vietnamese", "rd_unit_graduates"), ("sti_people_vietnamese", "sti_people"))
    classes = {
        **dict.fromkeys(("workers", "rd_unit_graduates", "rd_unit_vietnamese", "sti_people"), RESTRICTED),
        **dict.fromkeys(("sti_people_vietnamese", "hired_experts", "rd_staff"), RESTRICTED),
        "cooperation": INTERNAL,
    }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for part, whole in self.parts:
            if said.get(part) is not None and said.get(whole) is not None and said[part] > said[whole]:
                self.add_error(part, _now("Số này không thể lớn hơn số ở câu trên."))
        return said


class EffectsForm(StepForm):
    effects = forms.MultipleChoiceField(
        label=_("Hiệu quả mà sản phẩm đã mang lại"),
        help_text=_("Chỉ doanh nghiệp lớn phải có một trong các hiệu quả này. Có thì kèm minh chứng ở bước Tài liệu."),
        choices=[(effect.value, words) for effect, words in EFFECTS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    development_plan = text(
        _("Phương án phát triển kết quả trong thời gian tới"), 8000, rows=6, error=_("Viết phương án phát triển.")
    )

    classes = {"effects": INTERNAL, "development_plan": RESTRICTED}


class DeclarationForm(StepForm):
    truthful = forms.BooleanField(
        label=_("Doanh nghiệp cam đoan những lời khai trên là đúng, và đã nộp đúng bộ hồ sơ này."),
        error_messages={"required": _("Đánh dấu lời cam đoan rồi ghi nhận.")},
    )

    classes = {"truthful": INTERNAL}
