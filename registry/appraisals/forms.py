"""What is typed about an appraisal: by staff in the back office, and the sheet by staff or by the assessor."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.appraisals.changing import CouncilDraft, MinutesDraft, PersonDraft, SheetDraft
from registry.appraisals.facts import AMOUNTS, DAYS
from registry.appraisals.models import BASES, Appraisal, Proposal, Role
from registry.appraisals.rules import Base, VotingRule, problems
from registry.core import clock
from registry.core.text import clean
from registry.dossiers.fields import DATE_FORMATS, WrittenDate, text
from registry.st_enterprises.forms import MoneyField
from registry.st_enterprises.procedures.deciding import AnswerForm, drafted

MOST_LETTERS: Final = 4_000
SEATS: Final = [(role.value, role.label) for role in Role if role != Role.ASSESSOR]
OWNERSHIPS: Final = (
    ("Doanh nghiệp nhà nước", _("Doanh nghiệp nhà nước")),
    ("Doanh nghiệp tư nhân", _("Doanh nghiệp tư nhân")),
    ("Doanh nghiệp có vốn đầu tư nước ngoài", _("Doanh nghiệp có vốn đầu tư nước ngoài")),
    ("Khác", _("Khác")),
)


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    return WrittenDate(
        label=label,
        required=required,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "12/10/2026"}),
        error_messages={"invalid": _("Ngày chưa đúng, ví dụ 12/10/2026."), "required": _("Ghi ngày.")},
    )


def _scan(label: str, *, required: bool = False, help_text: str = "") -> forms.FileField:
    return forms.FileField(
        label=label, required=required, help_text=help_text, error_messages={"required": "Chọn tệp."}
    )


def _count(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=99,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "Ghi một số từ 1 đến 99."),
    )


class Cleaned(forms.Form):
    """Texts as they may be kept."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return {name: clean(value) if isinstance(value, str) else value for name, value in given.items()}


class CouncilForm(AnswerForm):
    """The decision that sets a council up. The decree fixes no number, so all are asked."""

    is_decision = True
    field_order = [
        *AnswerForm.field_order, "file", "size", "quorum", "numerator", "denominator", "strictly", "base",
    ]  # fmt: skip
    consequence = "Số thành viên, số phiếu tối thiểu và đa số lấy đúng theo quyết định; Nghị định không ấn định số nào."
    file = _scan("Bản chụp quyết định", required=True)
    size = _count("Số người bỏ phiếu", "Thư ký không bỏ phiếu thì không tính vào đây.")
    quorum = _count("Số phiếu tối thiểu", "Ít hơn số này thì hội đồng không kết luận được.")
    numerator = _count("Đa số: tử số", "Ví dụ quá bán: 1/2 và “trên tỷ lệ”; hai phần ba: 2/3 và “từ tỷ lệ”.")
    denominator = _count("Đa số: mẫu số")
    strictly = forms.ChoiceField(
        label="Cách so",
        choices=[("no", "từ tỷ lệ này trở lên"), ("yes", "trên tỷ lệ này")],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn cách so."},
    )
    base = forms.ChoiceField(
        label="Tính trên", choices=BASES, widget=forms.RadioSelect, error_messages={"required": "Chọn cách tính."}
    )

    def rule(self) -> VotingRule:
        said = self.cleaned_data
        numbers = (said["size"], said["quorum"], said["numerator"], said["denominator"])
        return VotingRule(*numbers, said["strictly"] == "yes", Base(said["base"]))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        asked = ("size", "quorum", "numerator", "denominator", "strictly", "base")
        if all(said.get(name) for name in asked):
            self.cleaned_data = said
            for name, sentence in problems(self.rule()).items():
                self.add_error(name, sentence)
        return said

    def draft(self, kind: str, ground: str) -> CouncilDraft:
        decision = drafted(f"council_{kind}", ground, self.cleaned_data)
        return CouncilDraft(decision, self.rule(), self.cleaned_data["file"])


class PersonForm(Cleaned):
    name = text("Họ và tên", 120, error="Ghi họ và tên.")
    title = text("Chức danh, học vị", 160, required=False)
    organisation = text("Cơ quan, tổ chức", 200, error="Ghi cơ quan; người không thuộc cơ quan nào thì ghi “độc lập”.")
    role = forms.ChoiceField(label="Tư cách", choices=SEATS, error_messages={"required": "Chọn tư cách."})
    votes = forms.BooleanField(label="Được bỏ phiếu theo quyết định", required=False, initial=True)

    def __init__(self, *args: Any, appraisal: Appraisal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not appraisal.is_council:
            del self.fields["role"], self.fields["votes"]

    def draft(self) -> PersonDraft:
        said = self.cleaned_data
        return PersonDraft(
            said["name"],
            said["organisation"],
            said["title"],
            said.get("role", Role.ASSESSOR.value),
            bool(said.get("votes", True)),
        )


class ConflictForm(Cleaned):
    """The declaration; `NONE` must be chosen, nothing is ticked beforehand."""

    conflict = forms.ChoiceField(
        label=_("Xung đột lợi ích với doanh nghiệp"),
        choices=[
            (
                "no",
                _(
                    "Không có: không phải người của doanh nghiệp, không góp vốn, không có quan hệ gia đình hay lợi ích riêng"
                ),
            ),
            ("yes", _("Có, nêu rõ ở dưới")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một trong hai."), "invalid_choice": _("Chọn một trong hai.")},
    )
    note = text(_("Nêu rõ (khi có)"), MOST_LETTERS, required=False, rows=3)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("conflict") == "yes" and not said.get("note"):
            self.add_error("note", _("Nói rõ xung đột là gì."))
        return said


class PaperConflictForm(ConflictForm):
    file = _scan("Bản khai đã ký (nếu có)")


class SheetForm(Cleaned):
    """What both kinds of sheet share. `seen` is the number of the sheet that stood there, `reason` asked where one did."""

    classes: Mapping[str, str] = {}
    yes: Any = ""
    no: Any = ""

    def __init__(self, *args: Any, facts: Mapping[str, Any], seen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts, self.seen = facts, seen
        self.fields["conclusion"].choices = [("yes", self.yes), ("no", self.no)]  # type: ignore[attr-defined]
        if seen:
            self.fields["reason"] = text(
                _("Lý do sửa phiếu đã nộp"), MOST_LETTERS, rows=2, error=_("Ghi lý do sửa phiếu.")
            )

    conclusion = forms.ChoiceField(
        label=_("Đánh giá"),
        choices=(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn kết luận."), "invalid_choice": _("Chọn kết luận.")},
    )

    def sheet(self, content: dict[str, Any], file: Any) -> SheetDraft:
        said = self.cleaned_data
        return SheetDraft(said["conclusion"] == "yes", content, self.seen, said.get("reason", ""), file)


class AssessmentForm(SheetForm):
    """Form V.3, part II. Part I is the enterprise's own and is printed from the application."""

    field_order = [
        "registration_number", "registered_on", "update_number", "updated_on", "ownership", "rows", "spending",
        "revenue_of_years", "net_revenue_of_years", "absorbing", "rd_unit", "total_revenue", "sti_product_revenue", "effects",
        "conclusion", "to_supplement", "reason", "file",
    ]  # fmt: skip
    yes = _("Đủ điều kiện cấp Giấy chứng nhận Doanh nghiệp khoa học và công nghệ")
    no = _("Chưa đủ điều kiện cấp Giấy chứng nhận Doanh nghiệp khoa học và công nghệ, cần bổ sung các nội dung sau")

    registration_number = text(_("1. Giấy chứng nhận đăng ký doanh nghiệp số"), 60, required=False)
    registered_on = _day(_("Đăng ký lần đầu ngày"))
    update_number = text(_("Cập nhật lần"), 20, required=False)
    updated_on = _day(_("Ngày cập nhật"))
    ownership = forms.ChoiceField(
        label=_("Tình trạng sở hữu"), choices=[("", _("Chọn tình trạng")), *OWNERSHIPS], required=False
    )
    rows = forms.MultipleChoiceField(
        label=_("2. Kết quả, văn bản công nhận và sản phẩm ghi vào phiếu"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Chọn trong các kết quả của hồ sơ.")},
    )
    spending = MoneyField(_("3a. Tổng chi cho khoa học, công nghệ và đổi mới sáng tạo, 3 năm liền kề (đồng)"))
    revenue_of_years = MoneyField(_("Tổng doanh thu 3 năm liền kề (đồng)"))
    net_revenue_of_years = MoneyField(
        _("Doanh thu thuần 3 năm liền kề (đồng)"), _("Mẫu hỏi tổng doanh thu; Điều 49 quyết định theo doanh thu thuần.")
    )
    absorbing = text(_("Nhận xét về năng lực hấp thụ, làm chủ công nghệ"), MOST_LETTERS, required=False, rows=3)
    rd_unit = text(_("3b. Có bộ phận nghiên cứu và phát triển"), MOST_LETTERS, required=False, rows=3)
    total_revenue = MoneyField(_("4a. Tổng doanh thu (đồng)"))
    sti_product_revenue = MoneyField(_("Doanh thu của sản phẩm khoa học, công nghệ và đổi mới sáng tạo (đồng)"))
    effects = text(_("4b. Hiệu quả của sản phẩm (doanh nghiệp lớn)"), MOST_LETTERS, required=False, rows=3)
    to_supplement = text(_("Nội dung cần bổ sung"), MOST_LETTERS, required=False, rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(str(n), f"{row['result']} ({row['recognition']})") for n, row in enumerate(self.facts["rows"])]
        self.fields["rows"].choices = told  # type: ignore[attr-defined]
        for name in AMOUNTS:
            self.fields[name].widget.attrs["inputmode"] = "numeric"
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("conclusion") == "no" and not said.get("to_supplement"):
            self.add_error("to_supplement", _("Chưa đủ điều kiện thì ghi nội dung cần bổ sung."))
        for name in DAYS:
            if said.get(name) and said[name] > clock.today():
                self.add_error(name, _("Ngày này không thể ở tương lai."))
        return said

    def draft(self, file: Any = None) -> SheetDraft:
        said, own = self.cleaned_data, ("conclusion", "reason", "rows", "file")
        chosen = {int(number) for number in said["rows"]}
        plain = {name: value for name, value in said.items() if name not in own}
        content = {
            "form": "V.3",
            "enterprise": self.facts["enterprise"],
            "rows": [row for number, row in enumerate(self.facts["rows"]) if number in chosen],
            **{name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()},
        }
        return self.sheet(content, file)


class OpinionForm(SheetForm):
    """An opinion of a council of advice: the decree has no form for it."""

    field_order = ["conclusion", "opinion", "reason", "file"]
    opinion = text(_("Ý kiến và lý do"), MOST_LETTERS, rows=6, error=_("Ghi ý kiến và lý do."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        proposal = kwargs["facts"]["proposal"]
        is_cancel = proposal == Proposal.CANCEL
        self.yes = _("Đồng ý hủy bỏ hiệu lực giấy chứng nhận") if is_cancel else _("Đồng ý thu hồi giấy chứng nhận")
        self.no = _("Không đồng ý")
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)

    def draft(self, file: Any = None) -> SheetDraft:
        said = {"form": "", "proposal": self.facts["proposal"], "opinion": self.cleaned_data["opinion"]}
        return self.sheet(said, file)


class MinutesForm(Cleaned):
    consequence = (
        "Kết quả được đóng lại với số phiếu lúc này và hiện cho người quyết định. Đây là ý kiến tư vấn: "
        "quyết định vẫn là của cơ quan có thẩm quyền."
    )
    number = text("Số biên bản", 60, required=False)
    held_on = _day("Ngày biên bản", required=True)
    file = _scan("Bản chụp biên bản")

    def draft(self) -> MinutesDraft:
        said = self.cleaned_data
        return MinutesDraft(said["held_on"], said["number"], said["file"])


class ReasonForm(Cleaned):
    note = text("Lý do mở lại", MOST_LETTERS, rows=3, error="Ghi lý do mở lại.")


class AdviceForm(forms.Form):
    proposal = forms.ChoiceField(
        label="Việc cần tư vấn",
        choices=Proposal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn việc cần tư vấn.", "invalid_choice": "Chọn việc cần tư vấn."},
    )
