"""The questions of the application that have several rows: results, products, financial years, people of the R&D unit."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.core import clock
from registry.dossiers.fields import DATE_FORMATS, Amount, CountField, WrittenDate, Year, dong
from registry.dossiers.rows import RowForm
from registry.st_enterprises.certification.documents import DOCUMENTS, DocumentKind
from registry.st_enterprises.profile import ResultKind
from registry.st_enterprises.words import RESULTS


class PastDate(WrittenDate):
    """A day of a paper: not in the future."""

    def __init__(self, label: Any, *, required: bool = True) -> None:
        super().__init__(
            label=label,
            required=required,
            input_formats=DATE_FORMATS,
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "12/05/2023"}),
            error_messages={
                "invalid": _("Ngày chưa đúng, ví dụ 12/05/2023."),
                "required": format_lazy(_("{label}: nhập ngày, ví dụ 12/05/2023."), label=label),
            },
        )

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > clock.today():
            raise forms.ValidationError(_now("Ngày này không thể ở tương lai."))


def written_day(value: Any) -> str:
    return str(WrittenDate().prepare_value(value) or "")


class ResultRow(RowForm):
    """A result of Art. 49(1)(b) with the paper that recognises it. Funding and origin are asked by form V.1."""

    kind = forms.ChoiceField(
        label=_("Loại kết quả"),
        choices=[("", _("Chọn loại kết quả")), *((kind.value, words) for kind, words in RESULTS.items())],
    )
    name = forms.CharField(label=_("Tên kết quả"), max_length=300)
    funding = forms.CharField(label=_("Nguồn gốc tài chính"), max_length=200)
    origin = forms.ChoiceField(
        label=_("Nguồn gốc hình thành"),
        choices=[
            ("", _("Chọn nguồn gốc")),
            ("own", _("Tự nghiên cứu")),
            ("transferred", _("Nhận chuyển giao")),
        ],
    )
    document_kind = forms.ChoiceField(
        label=_("Văn bản công nhận"),
        choices=[("", _("Chọn loại văn bản")), *((kind.value, words) for kind, words in DOCUMENTS.items())],
    )
    document_number = forms.CharField(label=_("Số văn bản"), max_length=80)
    document_date = PastDate(_("Ngày văn bản"))
    issuer = forms.CharField(label=_("Cơ quan cấp"), max_length=200)

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        document = DOCUMENTS[DocumentKind(row["document_kind"])]
        said = {
            "name": row["name"],
            "kind": RESULTS[ResultKind(row["kind"])],
            "document": document,
            "number": row["document_number"],
            "day": written_day(row["document_date"]),
            "issuer": row["issuer"],
        }
        return _now("%(name)s. %(kind)s. %(document)s số %(number)s ngày %(day)s, %(issuer)s") % said


class ProductRow(RowForm):
    name = forms.CharField(label=_("Tên sản phẩm"), max_length=300)
    result = forms.IntegerField(
        label=_("Tạo ra từ kết quả ở dòng số"),
        min_value=1,
        max_value=50,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Ghi số thứ tự của dòng kết quả, ví dụ 1.")},
    )
    commercialised = forms.BooleanField(label=_("Đang bán ra thị trường"), required=False)

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        words = (
            _("%(name)s, từ kết quả %(result)s, đang bán")
            if row.get("commercialised")
            else _("%(name)s, từ kết quả %(result)s, chưa bán")
        )
        return str(words) % {"name": row["name"], "result": row["result"]}


class YearRow(RowForm):
    """The figures of one financial year. The article decides on net revenue, form V.2 asks for total revenue: both are kept."""

    year = Year(label=_("Năm tài chính"))
    net_revenue = Amount(label=_("Doanh thu thuần (đồng)"))
    total_revenue = Amount(label=_("Tổng doanh thu (đồng)"))
    sti_spending = Amount(label=_("Tổng chi cho hoạt động khoa học, công nghệ và đổi mới sáng tạo (đồng)"))
    sti_product_revenue = Amount(label=_("Doanh thu của sản phẩm khoa học, công nghệ và đổi mới sáng tạo (đồng)"))
    insured_workers = CountField(_("Lao động tham gia bảo hiểm xã hội, bình quân năm"))
    capital = Amount(label=_("Tổng nguồn vốn (đồng)"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        total = said.get("total_revenue")
        for part in ("net_revenue", "sti_product_revenue"):
            if total is not None and said.get(part) is not None and said[part] > total:
                self.add_error(part, _now("Số này không thể lớn hơn tổng doanh thu."))
        return said

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        said = {
            name: dong(row[name]) for name in ("net_revenue", "total_revenue", "sti_spending", "sti_product_revenue")
        }
        line = _now(
            "%(year)s · doanh thu thuần %(net_revenue)s; tổng doanh thu %(total_revenue)s; "
            "chi %(sti_spending)s; doanh thu sản phẩm %(sti_product_revenue)s"
        ) % {"year": row["year"], **said}
        if row.get("insured_workers") not in (None, ""):
            line += _now("; %(people)s lao động") % {"people": row["insured_workers"]}
        if row.get("capital") not in (None, ""):
            line += _now("; nguồn vốn %(capital)s") % {"capital": dong(row["capital"])}
        return line


class StaffRow(RowForm):
    """A person of the R&D unit, as form V.2 lists them."""

    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    qualification = forms.CharField(label=_("Trình độ chuyên môn"), max_length=120)
    position = forms.CharField(label=_("Vị trí công tác"), max_length=120)
