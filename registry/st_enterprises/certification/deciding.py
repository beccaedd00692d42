"""What the department does with an application: finds it valid, appraises it, grants or refuses. Called by the engine alone.

Granting records the decision and publishes `CertificationGranted`; the certificate itself is the register's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy

from registry.core import clock, events
from registry.core.citations import citation
from registry.core.decisions import DecisionDraft, record_decision
from registry.core.grounds import Ground, ground_in_words, ground_on
from registry.core.lifecycle import Data, Invalid
from registry.core.models import Authority, Industry
from registry.core.models.history import Decision, Event
from registry.core.selectors import ward
from registry.dossiers import snapshot
from registry.dossiers.deciding import DecisionForm, require_stated
from registry.dossiers.limits import start_clock
from registry.dossiers.models import Dossier
from registry.dossiers.submitting import close
from registry.parties.models import NameKind
from registry.parties.profiles import FactDraft, PartyProfile, record_facts, take_over
from registry.st_enterprises.certification.answers import FACTS
from registry.st_enterprises.certification.filing import LAW_FROM
from registry.st_enterprises.words import ASKED, CONDITIONS

GROUNDS: Final = (Ground("nd268:51.2", effective_from=LAW_FROM),)
VALIDITY_GROUNDS: Final = (Ground("nd268:51.1", effective_from=LAW_FROM),)
APPRAISAL_GROUNDS: Final = (Ground("nd268:51.3", effective_from=LAW_FROM),)

APPRAISALS: Final = {
    "own": "Sở tự thẩm định",
    "experts": "Xin ý kiến chuyên gia độc lập",
    "council": "Hội đồng thẩm định hồ sơ",
}
"""The three ways of Art. 51(3)."""

UNMET: Final = (
    "nd268:49.1.a", "nd268:49.1.b",
    "nd268:49.2.a", "nd268:49.2.b", "nd268:49.2.c", "nd268:49.2.d",
    "nd268:49.3.a", "nd268:49.3.b", "nd268:49.3.c",
    "nd268:49.4.a", "nd268:49.4.b", "nd268:49.4.c",
)  # fmt: skip
"""The conditions of Art. 49 whose lack is a ground of refusal."""

GENERAL: Final = {"nd268:49.1.a": "enterprise", "nd268:49.1.b": "sti_results"}


def asked_in_words(code: str) -> Promise:
    """What a condition asks, after its place: “điểm a khoản 4 Điều 49: …”."""
    place = citation(*code.split(":")).place()
    return format_lazy("{}: {}", place, ASKED.get(code) or CONDITIONS[GENERAL[code]])


@dataclass(frozen=True, slots=True)
class CertificationGranted:
    """A certificate is to be issued for `dossier` by `decision`, whose effective day is the day of granting.

    `number` is what the clerk typed for it, "" for the next of the series; `answers` are those it was decided on.
    """

    dossier: Dossier
    decision: Decision
    number: str
    answers: Mapping[str, Any]


def ground() -> str:
    """What granting and refusing rest on today."""
    return ground_on(GROUNDS, clock.today())


def validity_ground() -> str:
    return ground_on(VALIDITY_GROUNDS, clock.today())


def appraisal_ground() -> str:
    return ground_on(APPRAISAL_GROUNDS, clock.today())


class ValidForm(forms.Form):
    is_decision = False
    consequence = (
        "Hồ sơ được coi là đủ và hợp lệ từ hôm nay. Thời hạn 15 ngày bắt đầu và không dừng; "
        "sau đó không yêu cầu bổ sung được nữa. Người nộp nhận thư báo."
    )


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
    note = forms.CharField(
        label="Ghi chú nội bộ",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ: số văn bản lập hội đồng, chuyên gia được hỏi.",
    )


def authorities() -> list[tuple[str, str]]:
    """Who may decide: the People's Committee (Art. 48(1)) first, and the department it may authorise (Art. 66(2))."""
    rows = Authority.objects.filter(kind__in=("peoples_committee", "department")).order_by("-kind", "name_vi")
    return [(row.code, row.name_vi) for row in rows]


class AnswerForm(DecisionForm):
    field_order = ["number", "signed_on", "signatory", "authority", "delegation"]
    number = forms.CharField(
        label="Số văn bản",
        max_length=60,
        help_text="Lấy từ sổ văn bản của cơ quan quyết định.",
        error_messages={"required": "Ghi số văn bản."},
    )
    signatory = forms.CharField(label="Người ký", max_length=120, error_messages={"required": "Ghi người ký."})
    authority = forms.ChoiceField(
        label="Cơ quan quyết định",
        choices=authorities,
        error_messages={"required": "Chọn cơ quan quyết định.", "invalid_choice": "Chọn một cơ quan trong danh sách."},
    )
    delegation = forms.CharField(
        label="Ủy quyền theo",
        max_length=200,
        required=False,
        help_text="Cần có khi cơ quan quyết định không phải Ủy ban nhân dân tỉnh.",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        authority = Authority.objects.filter(code=said.get("authority") or "").first()
        if authority and not said.get("delegation") and authority.kind != Authority.Kind.PEOPLES_COMMITTEE:
            said["delegation"] = authority.delegation
            if not authority.delegation:
                self.add_error("delegation", "Ghi văn bản ủy quyền của Ủy ban nhân dân tỉnh.")
        return said


class GrantForm(AnswerForm):
    field_order = ["certificate_number", *AnswerForm.field_order]
    certificate_number = forms.CharField(
        label="Số giấy chứng nhận",
        max_length=60,
        required=False,
        help_text="Để trống thì lấy số kế tiếp của sổ giấy chứng nhận.",
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
    note = forms.CharField(
        label="Lý do (người nộp đọc được)",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4_000,
        error_messages={"required": "Ghi lý do, ví dụ: Chi cho đổi mới sáng tạo mới đạt 1,4 % doanh thu thuần."},
    )


def appraisal_stands(dossier: Dossier, data: Data) -> None:
    """Guard: one of the three ways."""
    require_stated(AppraisalForm(dict(data)))


def grant_stands(dossier: Dossier, data: Data) -> None:
    """Guard: what the decision states is in order, and it was not signed before the dossier was received."""
    _stands(dossier, GrantForm(dict(data)))


def refusal_stands(dossier: Dossier, data: Data) -> None:
    """Guard: as `grant_stands`, with grounds. The reason is the note, which the engine itself demands."""
    _stands(dossier, RefuseForm({"note": "-", **data}))


def _stands(dossier: Dossier, form: AnswerForm) -> None:
    require_stated(form)
    assert dossier.received_at is not None
    if form.cleaned_data["signed_on"] < clock.local(dossier.received_at).date():
        sentence = "Ngày quyết định không thể trước ngày nhận hồ sơ."
        raise Invalid(sentence, {"signed_on": sentence})


def declare_valid(dossier: Dossier, actor: Any, data: Data) -> None:
    """The dossier is complete and valid (Art. 51(1)): the 15 days of Art. 51(2) begin today, and nothing stops them.

    "Kể từ ngày nhận được hồ sơ hợp lệ" is read as the day on which it was found valid.
    """
    start_clock(dossier, clock.now())


def appraise(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    return {"appraisal": data["appraisal"]}


def told(event: Event) -> str:
    """What an event says beyond its name: how the dossier is appraised."""
    return APPRAISALS.get(event.data.get("appraisal", ""), "")


def grant(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    """Decide to grant, take over what the dossier says of the enterprise, tell the register."""
    form = GrantForm(dict(data))
    form.is_valid()
    decision, answers = _decided("grant", dossier, actor, form.cleaned_data, {})
    day = decision.effective_on
    take_over(dossier.party, party_profile(answers), on=day)
    record_facts(dossier.party, facts(answers), actor=dossier.created_by)
    close(dossier, actor, data)
    events.publish(CertificationGranted(dossier, decision, form.cleaned_data["certificate_number"], answers))
    return {"decision": decision.position}


def refuse(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    """Decide that no certificate is granted (Art. 51(2)). The reason stands in the event's note, the grounds in the decision."""
    form = RefuseForm({"note": "-", **data})
    form.is_valid()
    stated = form.cleaned_data
    reason = "; ".join(ground_in_words(code) for code in stated["grounds"])
    decision, _answers = _decided(
        "refuse", dossier, actor, stated, {"grounds": stated["grounds"]}, reason=f"Chưa đáp ứng: {reason}."
    )
    close(dossier, actor, data)
    return {"decision": decision.position}


def _decided(
    kind: str, dossier: Dossier, actor: Any, stated: Mapping[str, Any], content: Mapping[str, Any], reason: str = ""
) -> tuple[Decision, dict[str, Any]]:
    """The decision as it is recorded, and the answers it was taken on."""
    submission = dossier.submissions.order_by("number").last()
    assert submission is not None
    answers = snapshot.answers_in(snapshot.read(submission))
    draft = DecisionDraft(
        kind=kind,
        ground=ground(),
        authority=Authority.objects.get(code=stated["authority"]),
        signed_on=stated["signed_on"],
        effective_on=stated["signed_on"],
        number=stated["number"],
        delegation=stated["delegation"],
        signatory=stated["signatory"],
        reason=reason,
    )
    kept = {
        "reference": dossier.reference,
        "filed_number": answers.get("filed_number") or "",
        "submission": submission.number,
        "submission_sha256": submission.sha256,
        "name": answers["name_vi"],
        "appraisal": appraisal_of(dossier),
        **content,
    }
    return record_decision(draft, subject=dossier.subject, record="", content=kept, actor=actor), answers


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
