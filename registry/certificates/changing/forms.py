"""The steps of asking to change a certificate or to have it issued again: what form V.5 of Decree 268/2025 asks.

A field's name is its key for ever. Part I of V.5 asks the same of the enterprise and its representative as V.1 does.
"""

from typing import Any, Final

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.certificates.changing.rules import Case
from registry.certificates.models import ResultKind
from registry.core.classification import INTERNAL, PUBLIC
from registry.core.lifecycle import Text
from registry.dossiers.fields import text
from registry.dossiers.procedure import StepForm
from registry.dossiers.rows import RowForm, RowsField
from registry.st_enterprises.certification.documents import PURPOSES as PAPERS
from registry.st_enterprises.certification.forms import MOST_PRODUCTS, MOST_RESULTS
from registry.st_enterprises.certification.rows import ResultRow
from registry.st_enterprises.procedures import filing

MOST_LINES: Final = 60

CASES: Final[dict[Case, Text]] = {
    Case.REGISTRATION: _("Thay đổi thông tin trên Giấy chứng nhận đăng ký doanh nghiệp (điểm a khoản 1 Điều 52)"),
    Case.LIST: _("Thay đổi danh mục kết quả, danh mục sản phẩm trên giấy (điểm b khoản 1 Điều 52)"),
    Case.LOST: _("Giấy bị mất, cháy, rách, nát hoặc bị tiêu hủy dưới hình thức khác (điểm c khoản 1 Điều 52)"),
    Case.TRANSITION: _(
        "Giấy cấp theo quy định trước Nghị định 268/2025/NĐ-CP, doanh nghiệp nay đáp ứng các điều kiện của Nghị định này và đề "
        "nghị hưởng ưu đãi theo Nghị định này cho thời gian còn lại (khoản 1 Điều 68)"
    ),
}

BUSINESS_PLAN: Final = "business_plan"
PURPOSES: Final[dict[str, Text]] = {
    BUSINESS_PLAN: _("Phương án sản xuất kinh doanh"),
    "business_registration": _("Giấy chứng nhận đăng ký doanh nghiệp"),
    **{purpose: words for purpose, words in PAPERS.items() if purpose != "effect_evidence"},
}


class CaseForm(StepForm):
    cases = forms.MultipleChoiceField(
        label=_("Doanh nghiệp đề nghị vì"),
        choices=[(case.value, words) for case, words in CASES.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Chọn một hoặc nhiều trường hợp. Chỉ trường hợp c là cấp lại, nội dung giữ nguyên. Trường hợp của khoản 1 Điều 68 được "
            "xét theo tất cả điều kiện của Điều 49; không đề nghị hoặc chưa đáp ứng đủ thì giấy vẫn thay đổi, cấp lại được và tiếp "
            "tục hưởng ưu đãi cũ cho thời gian còn lại."
        ),
        error_messages={"required": _("Chọn ít nhất một trường hợp.")},
    )
    change_reason = text(
        _("Lý do thay đổi nội dung"),
        2000,
        required=False,
        rows=3,
        help_text=_("Cần khi thay đổi nội dung (trường hợp a, b) hoặc đề nghị theo khoản 1 Điều 68."),
    )
    changes = text(
        _("Nội dung đề nghị thay đổi mà các bước sau không nói đến"),
        2000,
        required=False,
        rows=3,
        help_text=_("Tên, trụ sở, danh mục sửa ở các bước sau và tự vào đơn; ở đây chỉ ghi điều khác."),
    )
    reissue_reason = text(
        _("Lý do đề nghị cấp lại"),
        2000,
        required=False,
        rows=3,
        help_text=_("Cần khi giấy bị mất, cháy, rách, nát (trường hợp c)."),
    )

    classes = dict.fromkeys(("cases", "change_reason", "changes", "reissue_reason"), INTERNAL)


class LineRow(RowForm):
    """A line that is on the certificate now. `line` says which, so that it keeps its incentive day."""

    line = forms.IntegerField(
        label=_("Dòng trên giấy"),
        widget=forms.HiddenInput,
        min_value=1,
        max_value=MOST_LINES,
        error_messages={"required": _("Sản phẩm mới ghi ở bước Bổ sung.")},
    )
    result_kind = forms.ChoiceField(label=_("Loại kết quả"), choices=ResultKind.choices)
    result = forms.CharField(label=_("Kết quả"), max_length=300)
    product = forms.CharField(label=_("Sản phẩm"), max_length=300)

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        return f"{row['result']}: {row['product']}"


class ListForm(StepForm):
    lines = RowsField(
        LineRow,
        most=MOST_LINES,
        is_fixed=True,
        label=_("Danh mục kết quả, sản phẩm trên giấy hiện nay"),
        required=False,  # all may go where others are added: `answers.check` looks at both
        help_text=_("Bỏ dòng không còn, hoặc sửa cách ghi. Dòng giữ lại vẫn tính ưu đãi như trước."),
    )

    classes = {"lines": PUBLIC}


class AddedProductRow(RowForm):
    """A product that is added, from a result that is added with it or from one that is on the certificate already."""

    name = forms.CharField(label=_("Tên sản phẩm"), max_length=300)
    result = forms.IntegerField(
        label=_("Từ kết quả bổ sung ở dòng số"),
        required=False,
        min_value=1,
        max_value=MOST_RESULTS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Ghi số thứ tự của dòng kết quả, ví dụ 1.")},
    )
    line = forms.IntegerField(
        label=_("Hoặc từ kết quả đã có trên giấy, dòng số"),
        required=False,
        min_value=1,
        max_value=MOST_LINES,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Ghi số thứ tự của dòng trên giấy, ví dụ 1.")},
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("result") and said.get("line"):
            self.add_error("line", _now("Chỉ ghi một trong hai: kết quả bổ sung, hoặc kết quả đã có trên giấy."))
        if not self.draft and not self.errors and not (said.get("result") or said.get("line")):
            self.add_error("result", _now("Ghi sản phẩm này tạo ra từ kết quả nào."))
        return said

    @classmethod
    def summary(cls, row: dict[str, Any]) -> str:
        if row["line"]:
            return _now("%(name)s, từ kết quả trên giấy dòng %(line)s") % {"name": row["name"], "line": row["line"]}
        if row["result"]:
            return _now("%(name)s, từ kết quả bổ sung dòng %(result)s") % {"name": row["name"], "result": row["result"]}
        return str(row["name"])


class AdditionForm(StepForm):
    results = RowsField(
        ResultRow,
        most=MOST_RESULTS,
        required=False,
        label=_("Kết quả bổ sung"),
        help_text=_("Chỉ ghi kết quả doanh nghiệp sở hữu hoặc được dùng hợp pháp và còn hiệu lực."),
    )
    products = RowsField(AddedProductRow, most=MOST_PRODUCTS, required=False, label=_("Sản phẩm bổ sung"))

    classes = {"results": PUBLIC, "products": PUBLIC}


def filing_lead() -> str:
    """Art. 52 names no way of its own; Art. 50(1) has the application for the certificate filed on the public-service system."""
    if filing.accepted_here():
        return str(filing.LEAD)
    return _now(
        "Điều 52 không nói riêng nơi nộp: hồ sơ nộp qua hệ thống dịch vụ công như hồ sơ đề nghị cấp (khoản 1 Điều 50 "
        "Nghị định 268/2025). Điền đủ các bước, in đơn mẫu V.5 để ký, nộp ở đó, rồi trở lại ghi số và thời điểm tiếp nhận."
    )


FILING_LEAD: Final = lazy(filing_lead, str)()
