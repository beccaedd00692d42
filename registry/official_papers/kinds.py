"""The kinds of papers: what each is called, when a dossier is ready for it, what the clerk types for it, who reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms

from registry.core import clock
from registry.dossiers.fields import DATE_FORMATS
from registry.dossiers.lifecycle import REFUSED, SUPPLEMENT
from registry.dossiers.models import Dossier
from registry.official_papers.fields import Field


class NewDay(forms.DateField):
    """The day on which an answer is promised anew: after today."""

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value <= clock.today():
            raise forms.ValidationError("Ngày hẹn mới phải sau hôm nay.")


@dataclass(frozen=True, slots=True)
class Kind:
    """`needs`: of each group a template must name one field. `for_applicant`: the applicant reads it once it was signed.

    `typed` are the fields that the clerk fills in, `inputs` how they are asked.
    """

    code: str
    label: str
    fits: Callable[[Dossier], bool]
    needs: tuple[tuple[str, ...], ...]
    for_applicant: bool
    typed: tuple[Field, ...] = ()
    inputs: Callable[[], dict[str, forms.Field]] = dict


def waits_for_the_department(dossier: Dossier) -> bool:
    """Received, and not done: the department has it, or waits for a supplement."""
    open_states = {*dossier.kind.limits, SUPPLEMENT.code}
    return dossier.received_at is not None and dossier.state in open_states


def may_be_granted(dossier: Dossier) -> bool:
    """In the last of the states in which the department works (found valid, where a procedure asks that), and not barred."""
    return dossier.state == list(dossier.kind.limits)[-1] and not dossier.barred


def is_late(dossier: Dossier) -> bool:
    return dossier.due_at is not None and dossier.due_at < clock.now()


def _of_apology() -> dict[str, forms.Field]:
    return {
        "ngay_hen_lai": NewDay(
            label="Ngày hẹn trả mới",
            input_formats=DATE_FORMATS,
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "12/10/2026"}),
            error_messages={"required": "Ghi ngày hẹn trả mới.", "invalid": "Ngày chưa đúng, ví dụ 12/10/2026."},
        ),
        "ly_do_cham": _words("Lý do chậm", "Ghi lý do chậm, ví dụ: chờ ý kiến chuyên gia độc lập."),
    }


def _of_submission() -> dict[str, forms.Field]:
    return {
        "y_kien_tham_dinh": _words("Ý kiến thẩm định", "Ghi ý kiến thẩm định."),
    }


def _of_decision() -> dict[str, forms.Field]:
    return {
        "so_giay_chung_nhan": forms.CharField(
            label="Số giấy chứng nhận", max_length=60, required=False, help_text="Chưa có thì để trống."
        )
    }


def _words(label: str, missing: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=4_000, widget=widget, error_messages={"required": missing})


NAMES: Final = ("ten_to_chuc", "ten_doanh_nghiep")
ASKED: Final = ("bang_muc_bo_sung", "cac_muc_bo_sung")

KINDS: Final = {
    kind.code: kind
    for kind in (
        Kind(
            "giay-tiep-nhan",
            "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
            waits_for_the_department,
            (("ma_ho_so",), NAMES, ("ngay_tiep_nhan",), ("ngay_hen_tra",)),
            for_applicant=True,
        ),
        Kind(
            "yeu-cau-bo-sung",
            "Thông báo yêu cầu sửa đổi, bổ sung hồ sơ",
            lambda dossier: dossier.state == SUPPLEMENT.code,
            (("ma_ho_so",), NAMES, ASKED),
            for_applicant=True,
        ),
        Kind(
            "to-trinh",
            "Tờ trình",
            may_be_granted,
            (("ma_ho_so",), NAMES, ("y_kien_tham_dinh",)),
            for_applicant=False,
            typed=(Field("y_kien_tham_dinh", "Ý kiến thẩm định (người soạn ghi)", ("Hồ sơ đáp ứng các điều kiện.",)),),
            inputs=_of_submission,
        ),
        Kind(
            "du-thao-quyet-dinh",
            "Dự thảo quyết định",
            may_be_granted,
            (NAMES,),
            for_applicant=False,
            typed=(Field("so_giay_chung_nhan", "Số giấy chứng nhận (người soạn ghi)", "07/DNKHCN"),),
            inputs=_of_decision,
        ),
        Kind(
            "thong-bao-tu-choi",
            "Thông báo từ chối",
            lambda dossier: dossier.state == REFUSED.code,
            (("ma_ho_so",), NAMES, ("ly_do_tu_choi",)),
            for_applicant=True,
        ),
        Kind(
            "thu-xin-loi",
            "Thư xin lỗi vì trả kết quả chậm",
            is_late,
            (("ma_ho_so",), NAMES, ("ly_do_cham",), ("ngay_hen_lai",)),
            for_applicant=True,
            typed=(
                Field("ngay_hen_lai", "Ngày hẹn trả mới (người soạn ghi)", "30/11/2026"),
                Field("ly_do_cham", "Lý do chậm (người soạn ghi)", ("Chờ ý kiến của chuyên gia độc lập.",)),
            ),
            inputs=_of_apology,
        ),
    )
}


def choices() -> list[tuple[str, Any]]:
    return [(kind.code, kind.label) for kind in KINDS.values()]
