"""What the department does with an application under Art. 52: finds it valid, changes, issues again, refuses. Called by the engine alone."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from registry.certificates import selectors
from registry.certificates.changing import rules
from registry.certificates.changing.answers import answers_of, content_asked_for
from registry.certificates.changing.rules import Case
from registry.certificates.deciding import content_of
from registry.certificates.lifecycle import STANDING
from registry.certificates.models import Certificate, CertificateChange, CertificateVersion
from registry.core import clock
from registry.core.decisions import DecisionDraft, record_decision
from registry.core.grounds import Ground, ground_in_words, ground_on
from registry.core.lifecycle import Data, Invalid, NotAllowed, perform
from registry.core.models import Authority
from registry.core.models.history import Decision
from registry.dossiers import lifecycle as shared
from registry.dossiers import submitting
from registry.dossiers.deciding import require_stated
from registry.dossiers.limits import start_clock
from registry.dossiers.models import Dossier
from registry.parties.models import NameKind
from registry.parties.profiles import PartyProfile, take_over
from registry.st_enterprises.certification.deciding import AnswerForm
from registry.st_enterprises.certification.filing import LAW_FROM

GROUNDS: Final = (Ground("nd268:52.3", effective_from=LAW_FROM),)

REFUSALS: Final[Mapping[str, str]] = {
    "nd268:48.1": "trụ sở chính không ở tỉnh",
    "nd268:49.1.b": "sản phẩm bổ sung không tạo ra từ kết quả thuộc các loại được kể",
    "nd268:52.1.a": "thông tin trên giấy đăng ký doanh nghiệp không thay đổi như đề nghị",
    "nd268:52.1.b": "thay đổi danh mục kết quả, sản phẩm không có căn cứ",
    "nd268:52.1.c": "giấy không bị mất, cháy, rách, nát hay bị tiêu hủy",
    "nd268:52.2.a": "đơn không theo Mẫu số V.5",
    "nd268:52.2.b": "thiếu phương án sản xuất kinh doanh khi bổ sung danh mục",
}
"""For what lack a change or re-issue is refused."""


def ground() -> str:
    """What every act on such a dossier rests on: Art. 52(3), which presupposes that it was found valid."""
    return ground_on(GROUNDS, clock.today())


class ValidForm(forms.Form):
    is_decision = False
    consequence = (
        "Hồ sơ được coi là đủ và hợp lệ từ hôm nay. Thời hạn 10 ngày bắt đầu và không dừng; "
        "sau đó không yêu cầu bổ sung được nữa. Người nộp nhận thư báo."
    )


class ChangeForm(AnswerForm):
    consequence = (
        "Giấy có một bản mới từ ngày quyết định, số giấy giữ nguyên; bản cũ vẫn xem lại được. Sản phẩm bổ sung tính ưu đãi "
        "từ ngày quyết định (khoản 2 Điều 56). Doanh nghiệp nhận thư báo."
    )


class ReissueForm(AnswerForm):
    consequence = (
        "Giấy được cấp lại từ ngày quyết định, số giấy và nội dung giữ nguyên; làm được bản điện tử mới. "
        "Doanh nghiệp nhận thư báo."
    )


class RefuseForm(AnswerForm):
    consequence = "Hồ sơ đóng lại, giấy giữ nguyên như cũ. Người nộp nhận thư, đọc lý do và có thể lập hồ sơ mới."

    field_order = ["grounds", "note", *AnswerForm.field_order]
    grounds = forms.MultipleChoiceField(
        label="Căn cứ từ chối",
        choices=[(code, f"{ground_in_words(code)}: {words}") for code, words in REFUSALS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một căn cứ."},
    )
    note = forms.CharField(
        label="Lý do (người nộp đọc được)",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4_000,
        error_messages={"required": "Ghi lý do, ví dụ: Kết quả bổ sung chưa được công nhận."},
    )


def changer(actor: Any, dossier: Dossier) -> str:
    """Who decides on a change of content: as on everything, where one is asked for."""
    role = shared.officer(actor, dossier)
    if not rules.is_change(dossier.answers.get("cases") or ()):
        raise NotAllowed("Hồ sơ này chỉ đề nghị cấp lại.")
    return role


def reissuer(actor: Any, dossier: Dossier) -> str:
    """Who decides on a re-issue, where nothing else is asked for."""
    role = shared.officer(actor, dossier)
    if rules.is_change(dossier.answers.get("cases") or ()):
        raise NotAllowed("Hồ sơ này đề nghị thay đổi nội dung.")
    return role


def change_stands(dossier: Dossier, data: Data) -> None:
    """Guard: what the decision states is in order, not signed before the dossier was received, and the certificate holds."""
    _stands(dossier, ChangeForm(dict(data)))
    version = selectors.version_asked_to_change(dossier)
    assert version is not None  # the check before sending has asked
    if version.certificate.state not in STANDING:
        label = version.certificate.lifecycle.states[version.certificate.state].staff_label
        raise Invalid(
            f"Giấy số {version.certificate.number}: {label.lower()}. Giấy không còn hiệu lực thì không thay đổi, cấp lại được."
        )


def refusal_stands(dossier: Dossier, data: Data) -> None:
    """Guard: as `change_stands`, with grounds; that a certificate has ended does not bar a refusal."""
    _stands(dossier, RefuseForm({"note": "-", **data}))


def _stands(dossier: Dossier, form: AnswerForm) -> None:
    require_stated(form)
    assert dossier.received_at is not None
    if form.cleaned_data["signed_on"] < clock.local(dossier.received_at).date():
        sentence = "Ngày quyết định không thể trước ngày nhận hồ sơ."
        raise Invalid(sentence, {"signed_on": sentence})


def declare_valid(dossier: Dossier, actor: Any, data: Data) -> None:
    """The dossier is complete and valid: the 10 days of Art. 52(3) begin today, and nothing stops them."""
    start_clock(dossier, clock.now())


def withdraw(dossier: Dossier, actor: Any, data: Data) -> None:
    """The enterprise takes it back: another one may begin."""
    _close(dossier, actor, data)


def change(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    """Art. 52(1)(a), (b): a version that says what was asked for, from the day of the decision."""
    return _renewed(dossier, actor, data, CertificateVersion.Kind.CHANGE)


def reissue(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    """Art. 52(1)(c): the same certificate once more."""
    return _renewed(dossier, actor, data, CertificateVersion.Kind.REISSUE)


def refuse(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    """Art. 52(3): neither. The reason stands in the event's note, the grounds in the decision."""
    form = RefuseForm({"note": "-", **data})
    form.is_valid()
    grounds = form.cleaned_data["grounds"]
    version = selectors.version_asked_to_change(dossier)
    assert version is not None
    words = "; ".join(f"{ground_in_words(code)} ({REFUSALS[code]})" for code in grounds)
    decision = _decided(
        "refuse_change", dossier, version, actor, form.cleaned_data, {"grounds": grounds}, f"Căn cứ: {words}."
    )
    _close(dossier, actor, data)
    return {"decision": decision.position}


def _renewed(dossier: Dossier, actor: Any, data: Data, kind: CertificateVersion.Kind) -> dict[str, Any]:
    """The certificate is locked until the end: whoever withdraws it meanwhile is told that it has moved."""
    form = ChangeForm(dict(data))
    form.is_valid()
    row = CertificateChange.objects.get(dossier=dossier)
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=row.certificate_id)
    version = selectors.version_asked_to_change(dossier)
    submission = dossier.submissions.order_by("number").last()
    assert version is not None
    assert submission is not None
    answers = answers_of(submission)
    is_change = kind == CertificateVersion.Kind.CHANGE
    content = content_asked_for(version, answers) if is_change else content_of(version)
    said = {
        "cases": list(answers["cases"]),
        "name": content.name_vi,
        "business_number": content.business_number,
        "products": [[line.result_kind, line.result, line.product] for line in content.lines],
    }
    decision = _decided(kind.value, dossier, version, actor, form.cleaned_data, said)
    renewed = {"decision": decision, "content": content, "submission": submission, "kind": kind.value}
    perform(certificate, kind.value, actor, data=renewed, expected_version=certificate.version)
    if is_change and Case.REGISTRATION in answers["cases"]:
        take_over(dossier.party, party_profile(answers, content), on=decision.effective_on)
    _close(dossier, actor, data)
    return {"decision": decision.position}


def _decided(
    kind: str,
    dossier: Dossier,
    version: CertificateVersion,
    actor: Any,
    stated: Mapping[str, Any],
    content: Mapping[str, Any],
    reason: str = "",
) -> Decision:
    """The decision about the certificate as it is recorded, on the subject of the dossier."""
    submission = dossier.submissions.order_by("number").last()
    assert submission is not None
    certificate = version.certificate
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
        "certificate": certificate.number,
        "regime": certificate.regime,
        "public_id": certificate.public_id,
        "version": version.turn,
        "reference": dossier.reference,
        "filed_number": answers_of(submission).get("filed_number") or "",
        "submission": submission.number,
        "submission_sha256": submission.sha256,
        **content,
    }
    return record_decision(draft, subject=dossier.subject, record=certificate.record, content=kept, actor=actor)


def _close(dossier: Dossier, actor: Any, data: Data) -> None:
    submitting.close(dossier, actor, data)
    CertificateChange.objects.filter(dossier=dossier, ended_at=None).update(ended_at=clock.now())


def party_profile(answers: Mapping[str, Any], content: Any) -> PartyProfile:
    """What the dossier says of the enterprise itself: its names, head office and representative."""
    return PartyProfile(
        names={
            NameKind.VIETNAMESE: content.name_vi,
            NameKind.FOREIGN: content.name_en,
            NameKind.SHORT: content.short_name,
        },
        ward=content.ward,
        address=content.address,
        representative=answers["representative"],
        representative_title=answers["representative_title"],
        identity_number=answers["identity_number"],
        industries=(),
    )
