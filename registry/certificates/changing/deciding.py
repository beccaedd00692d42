"""What the department does with an application under Art. 52: finds it valid, changes, issues again, refuses. Called by the engine alone."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from registry.certificates import selectors
from registry.certificates.changing import rules
from registry.certificates.changing.answers import content_asked_for
from registry.certificates.changing.rules import Case
from registry.certificates.deciding import content_of
from registry.certificates.incentives import CASES
from registry.certificates.lifecycle import STANDING, WITHDRAWN
from registry.certificates.models import Certificate, CertificateChange, CertificateVersion, Regime
from registry.core import clock
from registry.core.decisions import DecisionDraft
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Data, Invalid, NotAllowed, Text, perform
from registry.core.models.history import Decision
from registry.dossiers import lifecycle as shared
from registry.dossiers import snapshot, submitting
from registry.dossiers.deciding import reason_read_by
from registry.dossiers.models import Dossier
from registry.parties.models import NameKind
from registry.parties.profiles import PartyProfile, take_over
from registry.st_enterprises.procedures.deciding import AnswerForm, answer, drafted, resting_on

ground = resting_on("nd268:52.3")
"""What every act on such a dossier rests on: it presupposes that the dossier was found valid."""

ENDED: Final = "nd268:52.1"
REFUSALS: Final[Mapping[str, Text]] = {
    "nd268:48.1": gettext_lazy("trụ sở chính không ở tỉnh"),
    "nd268:49.1.b": gettext_lazy("sản phẩm bổ sung không tạo ra từ kết quả thuộc các loại được kể"),
    ENDED: gettext_lazy("giấy đã bị thu hồi hoặc hủy bỏ hiệu lực"),
    "nd268:52.1.a": gettext_lazy("thông tin trên giấy đăng ký doanh nghiệp không thay đổi như đề nghị"),
    "nd268:52.1.b": gettext_lazy("thay đổi danh mục kết quả, sản phẩm không có căn cứ"),
    "nd268:52.1.c": gettext_lazy("giấy không bị mất, cháy, rách, nát hay bị tiêu hủy"),
    "nd268:52.2.a": gettext_lazy("đơn không theo Mẫu số V.5"),
    "nd268:52.2.b": gettext_lazy("thiếu phương án sản xuất kinh doanh khi bổ sung danh mục"),
    "nd268:68.1": gettext_lazy("không đáp ứng đầy đủ các điều kiện để hưởng ưu đãi theo Nghị định 268/2025/NĐ-CP"),
}
"""For what lack a change or re-issue is refused."""


class ChangeForm(AnswerForm):
    """Of a certificate of the old decree it asks which case of Art. 68(1) applies, until the new incentives are given."""

    field_order = ["incentives", *AnswerForm.field_order]
    incentives = forms.ChoiceField(
        label="Ưu đãi từ ngày quyết định, theo khoản 1 Điều 68",
        choices=[(regime.value, words) for regime, words in CASES.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Chọn một trong hai trường hợp của khoản 1 Điều 68.",
            "invalid_choice": "Chọn một trong hai trường hợp của khoản 1 Điều 68.",
        },
    )

    def fit(self, dossier: Dossier) -> None:
        if not selectors.is_case_to_be_chosen(dossier):
            del self.fields["incentives"]

    consequence = (
        "Giấy có một bản mới từ ngày quyết định, số giấy giữ nguyên; bản cũ vẫn xem lại được. Sản phẩm bổ sung tính ưu đãi "
        "từ ngày quyết định (khoản 2 Điều 56; giấy cấp theo Nghị định 13/2019: khoản 1 Điều 68). Doanh nghiệp nhận thư báo."
    )


class ReissueForm(AnswerForm):
    consequence = (
        "Giấy được cấp lại từ ngày quyết định, số giấy và nội dung giữ nguyên; làm được bản điện tử mới. "
        "Doanh nghiệp nhận thư báo."
    )


class RefuseForm(AnswerForm):
    consequence = "Hồ sơ đóng lại, nội dung giấy không thay đổi. Người nộp nhận thư và đọc lý do."

    field_order = ["grounds", "note", *AnswerForm.field_order]
    grounds = forms.MultipleChoiceField(
        label="Căn cứ từ chối",
        choices=[(code, format_lazy("{}: {}", ground_in_words(code), words)) for code, words in REFUSALS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một căn cứ."},
    )
    note = reason_read_by("người nộp", "Kết quả bổ sung chưa được công nhận.")


def barred(dossier: Dossier) -> str:
    """Since when the certificate of an open application holds no more, in the reader's language; "" while it holds.

    Art. 52 changes and issues again what there is: one that ended meanwhile leaves only the refusal.
    """
    return "" if dossier.lifecycle.states[dossier.state].final else _ended(dossier)


def _ended(dossier: Dossier) -> str:
    ended = Certificate.objects.filter(changes__dossier=dossier).exclude(state__in=STANDING).first()
    if ended is None or ended.ended_on is None:
        return ""
    state = _("đã bị thu hồi") if ended.state == WITHDRAWN.code else _("đã bị hủy bỏ hiệu lực")
    said = {"number": ended.number, "state": state, "day": date_format(ended.ended_on, _("d/m/Y"))}
    return _("Giấy chứng nhận số %(number)s %(state)s từ ngày %(day)s nên không thay đổi, cấp lại được nữa.") % said


def changer(actor: Any, dossier: Dossier) -> str:
    """Who decides on a change of content: as on everything, where one is asked for."""
    role = shared.officer(actor, dossier)
    if not rules.is_change(dossier.answers.get("cases") or ()):
        raise NotAllowed("Hồ sơ này chỉ đề nghị cấp lại.")
    _must_hold(dossier)
    return role


def reissuer(actor: Any, dossier: Dossier) -> str:
    """Who decides on a re-issue, where nothing else is asked for."""
    role = shared.officer(actor, dossier)
    if rules.is_change(dossier.answers.get("cases") or ()):
        raise NotAllowed("Hồ sơ này đề nghị thay đổi nội dung.")
    _must_hold(dossier)
    return role


def _must_hold(dossier: Dossier) -> None:
    if dossier.barred:
        raise NotAllowed(dossier.barred)


def version_of(dossier: Dossier) -> CertificateVersion:
    """The version that it asks to change. There is one: the check before sending has asked."""
    version = selectors.version_asked_to_change(dossier)
    assert version is not None
    return version


def change(dossier: Dossier, actor: Any, stated: Mapping[str, Any]) -> Decision:
    """Art. 52(1)(a), (b): a version that says what was asked for, from the day of the decision."""
    return _renewed(dossier, actor, stated, CertificateVersion.Kind.CHANGE)


def reissue(dossier: Dossier, actor: Any, stated: Mapping[str, Any]) -> Decision:
    """Art. 52(1)(c): the same certificate once more."""
    return _renewed(dossier, actor, stated, CertificateVersion.Kind.REISSUE)


def refuse(dossier: Dossier, actor: Any, stated: Mapping[str, Any]) -> Decision:
    """Art. 52(3): neither. The reason stands in the event's note, the grounds in the decision."""
    grounds = stated["grounds"]
    if ENDED in grounds and not _ended(dossier):
        raise Invalid("Giấy còn hiệu lực.", {"grounds": "Giấy còn hiệu lực: bỏ căn cứ giấy đã bị thu hồi, hủy bỏ."})
    with override("vi"):
        words = "; ".join(f"{ground_in_words(code)} ({REFUSALS[code]})" for code in grounds)
    draft = drafted("refuse_change", ground(), stated, f"Căn cứ: {words}.")
    decision = _decided(draft, dossier, version_of(dossier), {"grounds": grounds}, actor)
    close(dossier, actor, stated)
    return decision


def _renewed(dossier: Dossier, actor: Any, stated: Mapping[str, Any], kind: CertificateVersion.Kind) -> Decision:
    """The certificate is locked until the end: whoever withdraws it meanwhile is told that it has moved."""
    row = CertificateChange.objects.get(dossier=dossier)
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=row.certificate_id)
    version = version_of(dossier)
    submission, answers = snapshot.last(dossier)
    is_change = kind == CertificateVersion.Kind.CHANGE
    chosen = stated.get("incentives") or ""
    if chosen == Regime.ND13 and answers["cases"] == [Case.TRANSITION]:
        sentence = (
            "Hồ sơ chỉ đề nghị hưởng ưu đãi theo Nghị định 268/2025/NĐ-CP: không đáp ứng đủ điều kiện thì từ chối."
        )
        raise Invalid(sentence, {"incentives": sentence})
    incentives = chosen or version.incentives
    added_on = stated["signed_on"] if incentives == Regime.ND268 else None
    content = content_asked_for(version, answers, added_on) if is_change else content_of(version)
    said = {
        "cases": list(answers["cases"]),
        "name": content.name_vi,
        "business_number": content.business_number,
        "products": [[line.result_kind, line.result, line.product] for line in content.lines],
        "incentives": incentives,
    }
    reason = f"{CASES[Regime(chosen)]}." if chosen else ""
    decision = _decided(drafted(kind.value, ground(), stated, reason), dossier, version, said, actor)
    renewed = {"decision": decision, "content": content, "submission": submission, "kind": kind.value}
    renewed["incentives"] = incentives
    perform(certificate, kind.value, actor, data=renewed, expected_version=certificate.version)
    if is_change and Case.REGISTRATION in answers["cases"]:
        take_over(dossier.party, party_profile(answers, content), on=decision.effective_on)
    close(dossier, actor, stated)
    return decision


def _decided(
    draft: DecisionDraft, dossier: Dossier, version: CertificateVersion, content: Mapping[str, Any], actor: Any
) -> Decision:
    """The decision about the certificate as it is recorded, on the subject of the dossier."""
    certificate = version.certificate
    said = {
        "certificate": certificate.number,
        "regime": certificate.regime,
        "public_id": certificate.public_id,
        "version": version.turn,
        **content,
    }
    return answer(dossier, draft, said, actor=actor, record=certificate.record)


def close(dossier: Dossier, actor: Any, data: Data) -> None:
    """It is done with, decided or taken back: another one may begin."""
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
