"""What the department does with an application: finds it valid, appraises it, grants or refuses. Called by the engine alone.

Granting records the decision and publishes `CertificationGranted`; the certificate itself is the register's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from registry.core import events
from registry.core.citations import citation
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Data
from registry.core.models import Industry
from registry.core.models.history import Decision, Event
from registry.core.selectors import ward
from registry.dossiers import snapshot
from registry.dossiers.deciding import reason_read_by, require_stated
from registry.dossiers.fields import text
from registry.dossiers.models import Dossier
from registry.dossiers.submitting import close
from registry.parties.models import NameKind
from registry.parties.profiles import FactDraft, PartyProfile, record_facts, take_over
from registry.st_enterprises.certification.answers import FACTS
from registry.st_enterprises.procedures.deciding import AnswerForm, answer, drafted, resting_on
from registry.st_enterprises.words import ASKED, CONDITIONS

ground = resting_on("nd268:51.2")
validity_ground = resting_on("nd268:51.1")
appraisal_ground = resting_on("nd268:51.3")

APPRAISALS: Final = {
    "own": "Sở tự thẩm định",
    "experts": "Xin ý kiến chuyên gia độc lập",
    "council": "Hội đồng thẩm định hồ sơ",
}
"""The three ways of Art. 51(3)."""

UNMET: Final = {
    "nd268:48.1": gettext_lazy("Trụ sở chính đặt trong tỉnh"),
    "nd268:49.1.a": CONDITIONS["enterprise"],
    "nd268:49.1.b": CONDITIONS["sti_results"],
    **dict(sorted(ASKED.items())),
}
"""What a refusal finds lacking, and what each asks: the head office that makes the province competent, the conditions of Art. 49."""


def asked_in_words(code: str) -> Promise:
    """What a condition asks, after its place: “điểm a khoản 4 Điều 49: …”."""
    place = citation(*code.split(":")).place()
    return format_lazy("{}: {}", place, UNMET[code])


@dataclass(frozen=True, slots=True)
class CertificationGranted:
    """A certificate is to be issued for `dossier` by `decision`, whose effective day is the day of granting.

    `number` is what the clerk typed for it, "" for the next of the series; `answers` are those it was decided on.
    """

    dossier: Dossier
    decision: Decision
    number: str
    answers: Mapping[str, Any]


class AppraisalForm(forms.Form):
    """How the dossier is appraised. Size, quorum and majority of a council are what the paper that sets it up says."""

    is_decision = False
    consequence = "Cách thẩm định được ghi vào lịch sử hồ sơ; đổi cách thì ghi lần nữa. Thời hạn không dừng."

    appraisal = forms.ChoiceField(
        label="Cách thẩm định",
        choices=list(APPRAISALS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn cách thẩm định."},
    )
    note = text(
        "Ghi chú nội bộ",
        4_000,
        required=False,
        rows=3,
        help_text="Ví dụ: số văn bản lập hội đồng, chuyên gia được hỏi.",
    )


HAS_DIGIT: Final = RegexValidator("[0-9]", "Số giấy chứng nhận có ít nhất một chữ số, ví dụ 07/DNKHCN.")


class GrantForm(AnswerForm):
    field_order = ["certificate_number", *AnswerForm.field_order]
    certificate_number = text(
        "Số giấy chứng nhận",
        60,
        required=False,
        help_text="Để trống thì lấy số kế tiếp của sổ giấy chứng nhận.",
        validators=[HAS_DIGIT],
    )
    consequence = (
        "Hồ sơ đóng lại với quyết định cấp Giấy chứng nhận. Thông tin doanh nghiệp và số liệu các năm "
        "được ghi vào hồ sơ của doanh nghiệp. Người nộp nhận thư báo."
    )


class RefuseForm(AnswerForm):
    consequence = "Hồ sơ đóng lại, không cấp Giấy chứng nhận. Người nộp nhận thư, đọc lý do và có thể lập hồ sơ mới."

    field_order = ["grounds", "note", *AnswerForm.field_order]
    grounds = forms.MultipleChoiceField(
        label="Điều kiện chưa đáp ứng",
        choices=[(code, asked_in_words(code)) for code in UNMET],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một điều kiện chưa đáp ứng."},
    )
    note = reason_read_by("người nộp", "Chi cho đổi mới sáng tạo mới đạt 1,4 % doanh thu thuần.")


def appraisal_stands(dossier: Dossier, data: Data) -> None:
    """Guard: one of the three ways."""
    require_stated(AppraisalForm(dict(data)))


def appraise(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    return {"appraisal": data["appraisal"]}


def told(event: Event) -> str:
    """What an event says beyond its name: how the dossier is appraised."""
    return APPRAISALS.get(event.data.get("appraisal", ""), "")


def grant(dossier: Dossier, actor: Any, stated: Mapping[str, Any]) -> Decision:
    """Decide to grant, take over what the dossier says of the enterprise, tell the register."""
    decision, answers = _decided("grant", dossier, actor, stated, {})
    take_over(dossier.party, party_profile(answers), on=decision.effective_on)
    record_facts(dossier.party, facts(answers), actor=dossier.created_by)
    close(dossier, actor, stated)
    events.publish(CertificationGranted(dossier, decision, stated["certificate_number"], answers))
    return decision


def refuse(dossier: Dossier, actor: Any, stated: Mapping[str, Any]) -> Decision:
    """Decide that no certificate is granted (Art. 51(2)). The reason stands in the event's note, the grounds in the decision."""
    unmet = "; ".join(ground_in_words(code) for code in stated["grounds"])
    decision, _answers = _decided(
        "refuse", dossier, actor, stated, {"grounds": stated["grounds"]}, f"Chưa đáp ứng: {unmet}."
    )
    close(dossier, actor, stated)
    return decision


def _decided(
    kind: str, dossier: Dossier, actor: Any, stated: Mapping[str, Any], content: Mapping[str, Any], reason: str = ""
) -> tuple[Decision, dict[str, Any]]:
    """The decision as it is recorded, and the answers it was taken on."""
    _submission, answers = snapshot.last(dossier)
    said = {"name": answers["name_vi"], "appraisal": appraisal_of(dossier), **content}
    return answer(dossier, drafted(kind, ground(), stated, reason), said, actor=actor), answers


def appraisal_of(dossier: Dossier) -> str:
    """How it was appraised, by the last word on it; "" while nobody has said."""
    last = Event.objects.filter(subject=dossier.subject, action="appraise").order_by("version").last()
    return str(last.data["appraisal"]) if last else ""


def party_profile(answers: Mapping[str, Any]) -> PartyProfile:
    """What the dossier says of the enterprise itself."""
    keys = [tuple(key.split(":")) for key in answers["industries"]]
    lines = {(line.edition, line.code): line for line in Industry.objects.filter(code__in=[code for _, code in keys])}
    return PartyProfile(
        names={
            NameKind.VIETNAMESE: answers["name_vi"],
            NameKind.FOREIGN: answers["name_foreign"] or "",
            NameKind.SHORT: answers["short_name"] or "",
        },
        ward=ward(answers["ward"]),
        address=answers["address"],
        representative=answers["representative"],
        representative_title=answers["representative_title"],
        identity_number=answers["identity_number"],
        industries=tuple(lines[key] for key in keys if key in lines),
    )


def facts(answers: Mapping[str, Any]) -> list[FactDraft]:
    """The figures of each financial year, as the enterprise declared them; the next application begins with them."""
    return [
        FactDraft(code, str(row["year"]), Decimal(row[name]), "người" if name == "insured_workers" else "đồng")
        for row in answers["years"]
        for name, code in FACTS.items()
        if row.get(name) not in (None, "")
    ]
