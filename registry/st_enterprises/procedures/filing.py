"""Where the dossier is filed: on the public-service system (Art. 50(1)), whose number and time of receipt are kept here.

Intake on this portal stands behind the setting `ST_INTAKE_DECISION`, which names the decision that allows it.
"""

import re
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.core import clock
from registry.core.classification import INTERNAL
from registry.core.lifecycle import Data
from registry.dossiers import supplementing
from registry.dossiers.procedure import StepForm

LAW_FROM: Final = date(2025, 10, 14)
"""The day from which Decree 268/2025 is law (Art. 69): nothing is filed under it before."""

NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{5,39}")
MOMENTS: Final = ["%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%d-%m-%Y %H:%M", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M"]
AGAIN: Final = "Nộp phần bổ sung ở hệ thống dịch vụ công, rồi ghi thời điểm tiếp nhận lần bổ sung này."


class Moment(forms.DateTimeField):
    """A date and time as people write them here; one that was stored as ISO text is shown as 01/02/2027 09:00."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return f"{clock.local(datetime.fromisoformat(value)):%d/%m/%Y %H:%M}"
        except (ValueError, OverflowError):
            return value


class FilingForm(StepForm):
    filed_number = forms.CharField(
        label=_("Số tiếp nhận trên hệ thống dịch vụ công"),
        max_length=40,
        help_text=_("Ghi đúng như trên giấy tiếp nhận, ví dụ H35.01-270201-0001."),
        error_messages={"required": _("Ghi số tiếp nhận hồ sơ.")},
    )
    filed_at = Moment(
        label=_("Thời điểm tiếp nhận"),
        input_formats=MOMENTS,
        widget=forms.DateTimeInput(format="%d/%m/%Y %H:%M", attrs={"placeholder": "01/02/2027 09:00"}),
        help_text=_("Ngày và giờ ghi trên giấy tiếp nhận. Thời hạn của Sở tính từ lúc này."),
        error_messages={
            "required": _("Ghi ngày và giờ tiếp nhận."),
            "invalid": _("Ghi ngày và giờ, ví dụ 01/02/2027 09:00."),
        },
    )

    classes = {"filed_number": INTERNAL, "filed_at": INTERNAL}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.ST_INTAKE_DECISION:
            self.required_names = frozenset()
            for one in self.fields.values():
                one.required = False

    def clean_filed_number(self) -> str:
        number: str = self.cleaned_data["filed_number"]
        if number and not (NUMBER.fullmatch(number) and re.search(r"\d", number)):
            raise forms.ValidationError(
                _now("Số tiếp nhận có 6 đến 40 chữ cái không dấu, chữ số, dấu chấm, gạch ngang, gạch chéo.")
            )
        return number

    def clean_filed_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["filed_at"]
        if at and at > clock.now():
            raise forms.ValidationError(_now("Thời điểm tiếp nhận không thể ở tương lai."))
        if at and at < datetime.combine(LAW_FROM, time.min, clock.ZONE):
            raise forms.ValidationError(
                _now("Nghị định 268/2025 có hiệu lực từ 14/10/2025; hồ sơ nộp trước đó không theo thủ tục này.")
            )
        return at


def filed_at(answers: Any) -> datetime | None:
    """The moment of receipt that the stored answers tell of; None where a draft holds nothing that can be read as one."""
    try:
        return clock.local(datetime.fromisoformat(str(answers.get("filed_at") or "")))
    except (ValueError, OverflowError):
        return None


def received(answers: Any) -> datetime:
    """From when the department's clock runs: the receipt on the public-service system, or now where it takes in itself."""
    now = clock.now()
    return min(filed_at(answers) or now, now)


def accepted_here() -> bool:
    """Does a decision let this portal take dossiers in itself?"""
    return bool(settings.ST_INTAKE_DECISION)


def lead() -> str:
    if accepted_here():
        return _now(
            "Theo %(decision)s, Sở nhận hồ sơ ngay trên cổng này: để trống hai ô dưới. "
            "Đã nộp ở hệ thống dịch vụ công thì ghi số và thời điểm tiếp nhận."
        ) % {"decision": settings.ST_INTAKE_DECISION}
    return _now(
        "Hồ sơ nộp qua hệ thống dịch vụ công (khoản 1 Điều 50 Nghị định 268/2025). Điền đủ các bước, "
        "nộp ở đó, rồi trở lại ghi số và thời điểm tiếp nhận."
    )


LEAD: Final = lazy(lead, str)()


def ask(dossier: Any, actor: Any, data: Data) -> dict[str, Any]:
    """Ask for a supplement; what was filed elsewhere is supplemented there, so a new moment of receipt is asked for too."""
    remarks = dict(data["remarks"])
    if filed_at(dossier.answers):
        remarks.setdefault("field:filed_at", AGAIN)
    return supplementing.ask(dossier, actor, {**data, "remarks": remarks})
