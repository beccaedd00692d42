"""What issuing, maintaining, withdrawing and cancelling a certificate do. Called in the transaction of the act."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_noop

from registry.certificates import numbering, rules
from registry.certificates.forms import FORMS, CertificateDecisionForm
from registry.certificates.models import Certificate, CertificateVersion, CertifiedProduct, Regime, VersionField
from registry.core import clock, events
from registry.core.decisions import DecisionDraft, record_decision
from registry.core.lifecycle import Data, Invalid
from registry.core.models import AdministrativeUnit, Authority
from registry.core.models.history import Decision
from registry.core.numbers import NumberTaken
from registry.core.permalinks import new_public_id, permalink
from registry.core.text import fold
from registry.st_enterprises.procedures.deciding import drafted

OLD_GROUND: Final = gettext_noop("Nghị định 13/2019/NĐ-CP, đã hết hiệu lực từ ngày 14/10/2025")
GROUNDS: Final = {Regime.ND268: "nd268:51.2", Regime.ND13: OLD_GROUND}


@dataclass(frozen=True, slots=True)
class CertificateChanged:
    """What the public is told of `certificate` is different from now on."""

    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of form V.4. `incentive_from` None: Art. 56(2) sets no day for it (`CertifiedProduct`)."""

    result_kind: str
    result: str
    product: str
    incentive_from: date | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What form V.4 prints of the enterprise and of its results and products, and how the register sorts it."""

    name_vi: str
    business_number: str
    ward: AdministrativeUnit
    address: str
    sector: str
    fields: tuple[str, ...]
    lines: tuple[Line, ...]
    name_en: str = ""
    short_name: str = ""
    registered_on: date | None = None
    phone: str = ""


def issue(party: Any, content: Content, draft: DecisionDraft, *, regime: str, number: str, actor: Any) -> Certificate:
    """Enter a certificate that `draft` grants. An empty `number` takes the next of the series.

    Raises Invalid when the number is taken, or the ground was no law on that day.
    """
    with transaction.atomic():
        certificate = _new(party, draft.authority, draft.signed_on, regime, number)
        decision = record_decision(
            draft,
            subject=certificate.subject,
            record=certificate.record,
            content={
                "certificate": certificate.number,
                "regime": regime,
                "name": content.name_vi,
                "business_number": content.business_number,
                "products": [[line.result_kind, line.result, line.product] for line in content.lines],
            },
            actor=actor,
        )
        _write(certificate, _counted(content, decision), decision, incentives=regime)
        events.publish(CertificateChanged(certificate))
        return certificate


def issue_by(decision: Decision, dossier: Any, submission: Any, content: Content, number: str) -> Certificate:
    """Enter the certificate that a decision on a dossier grants, in the transaction of that decision. Raises Invalid."""
    certificate = _new(dossier.party, decision.authority, decision.signed_on, Regime.ND268, number, dossier)
    _write(certificate, _counted(content, decision), decision, submission, incentives=Regime.ND268)
    events.publish(CertificateChanged(certificate))
    return certificate


def _counted(content: Content, decision: Decision) -> Content:
    """What is first granted, each line counted from the day on which the decision takes effect."""
    return replace(content, lines=tuple(replace(line, incentive_from=decision.effective_on) for line in content.lines))


def _new(
    party: Any, authority: Authority, issued_on: date, regime: str, typed: str, dossier: Any = None
) -> Certificate:
    """Raises Invalid where the number is in the register already."""
    sentence = "Số giấy chứng nhận này đã có trong sổ. Để trống thì lấy số kế tiếp."
    try:
        number = numbering.take(typed, issued_on)
    except NumberTaken as taken:
        raise Invalid(sentence, {"certificate_number": sentence}) from taken
    key = rules.number_key(number)
    if Certificate.objects.filter(authority=authority, number_key=key).exists():
        raise Invalid(sentence, {"certificate_number": sentence})
    return Certificate.objects.create(
        public_id=new_public_id(),
        party=party,
        dossier=dossier,
        authority=authority,
        number=number,
        number_key=key,
        regime=regime,
        first_issued_on=issued_on,
        state="valid",
    )


def _write(
    certificate: Certificate,
    content: Content,
    decision: Decision,
    submission: Any = None,
    *,
    incentives: str,
    kind: str = CertificateVersion.Kind.FIRST,
    turn: int = 0,
) -> None:
    """A version, in force from the day on which its decision takes effect."""
    link = permalink(content.short_name or content.name_vi, certificate.public_id)
    version = CertificateVersion.objects.create(
        certificate=certificate,
        kind=kind,
        turn=turn,
        issued_on=decision.signed_on,
        effective_from=decision.effective_on,
        recorded_at=clock.now(),
        decision=decision,
        submission=submission,
        slug=link.slug,
        name_vi=content.name_vi,
        name_en=content.name_en,
        short_name=content.short_name,
        sort_key=fold(content.name_vi),
        business_number=content.business_number,
        registered_on=content.registered_on,
        ward=content.ward,
        address=content.address,
        phone=content.phone,
        sector=content.sector,
        incentives=incentives,
    )
    VersionField.objects.bulk_create(VersionField(version=version, field=code) for code in content.fields)
    CertifiedProduct.objects.bulk_create(
        CertifiedProduct(
            version=version,
            position=place,
            result_kind=line.result_kind,
            result=line.result,
            product=line.product,
            incentive_from=line.incentive_from,
        )
        for place, line in enumerate(content.lines, 1)
    )


def content_of(version: CertificateVersion) -> Content:
    """What a version says, each line with the day from which its product enjoys the incentives."""
    return Content(
        name_vi=version.name_vi,
        name_en=version.name_en,
        short_name=version.short_name,
        business_number=version.business_number,
        registered_on=version.registered_on,
        ward=version.ward,
        address=version.address,
        phone=version.phone,
        sector=version.sector,
        fields=tuple(row.field for row in version.fields.all()),
        lines=tuple(
            Line(line.result_kind, line.result, line.product, line.incentive_from) for line in version.products.all()
        ),
    )


def by_decision(certificate: Any, data: Data) -> None:
    """Guard: a decision on a dossier is behind it, and is no older than what it replaces."""
    decision = data.get("decision")
    if decision is None:
        raise Invalid("Thay đổi hay cấp lại theo hồ sơ của doanh nghiệp (Điều 52); quyết định ở trang hồ sơ.")
    present = certificate.versions.get(effective_to=None)
    if decision.effective_on < present.effective_from:
        sentence = (
            f"Bản hiện nay của giấy có từ ngày {present.effective_from:%d/%m/%Y}; quyết định không thể trước ngày ấy."
        )
        raise Invalid(sentence, {"signed_on": sentence})


def renew(certificate: Certificate, actor: Any, data: Data) -> dict[str, Any]:
    """Art. 52: what it says is replaced by `data["content"]` under `data["decision"]`, in the transaction of that decision.

    Its number and the day of its first issue stay; the version before keeps what it said and ends that day. `data["incentives"]`
    is the regime of its incentives from then on.
    """
    decision: Decision = data["decision"]
    present = certificate.versions.get(effective_to=None)
    present.effective_to = decision.effective_on
    present.save(update_fields=["effective_to"])
    turn = present.turn + 1
    more = {name: data[name] for name in ("kind", "incentives")}
    _write(certificate, data["content"], decision, data["submission"], turn=turn, **more)
    events.publish(CertificateChanged(certificate))
    return {"decision": decision.position, "turn": turn}


def stands(certificate: Any, data: Data) -> None:
    """Guard: what the decision states is in order, and it is not older than the certificate."""
    form = _form(data)
    if not form.is_valid():
        problems = {name: str(errors[0]) for name, errors in form.errors.items()}
        raise Invalid(next(iter(problems.values())), problems)
    if form.cleaned_data["signed_on"] < certificate.first_issued_on:
        sentence = f"Giấy này cấp ngày {certificate.first_issued_on:%d/%m/%Y}; quyết định không thể trước ngày ấy."
        raise Invalid(sentence, {"signed_on": sentence})


def after_notice(certificate: Any, data: Data) -> None:
    """Guard of 53(2): the decision rests on what the enterprise was told of, and comes no earlier than that notice."""
    notice = _last(certificate, "notify")
    form = _form(data)
    form.is_valid()
    stated = form.cleaned_data
    if notice and stated.get("ground") != notice.ground:
        sentence = "Căn cứ khác với thông báo đã gửi doanh nghiệp. Thông báo lại theo căn cứ mới rồi mới thu hồi."
        raise Invalid(sentence, {"ground": sentence})
    if notice and stated["signed_on"] < notice.signed_on:
        sentence = f"Đã thông báo ngày {notice.signed_on:%d/%m/%Y}; quyết định không thể trước ngày ấy."
        raise Invalid(sentence, {"signed_on": sentence})


def _last(certificate: Certificate, kind: str) -> Decision | None:
    return Decision.objects.filter(record=certificate.record, kind=kind).order_by("-position").first()


def _form(data: Data) -> CertificateDecisionForm:
    """`act` names the form; the reason has gone into the event's note and is not asked again."""
    form = FORMS[data["act"]](dict(data))
    form.fields.pop("note", None)
    return form


def maintain(certificate: Certificate, actor: Any, data: Data) -> dict[str, Any]:
    """Art. 53(1): looked at again, and it stays."""
    return _decided(certificate, "maintain", actor, data)


def notify(certificate: Certificate, actor: Any, data: Data) -> dict[str, Any]:
    """Art. 53(2): the enterprise is told before anything is withdrawn."""
    return _decided(certificate, "notify", actor, data)


def withdraw(certificate: Certificate, actor: Any, data: Data) -> dict[str, Any]:
    """Art. 53(2): *thu hồi*."""
    return _ended(certificate, "withdraw", actor, data)


def cancel(certificate: Certificate, actor: Any, data: Data) -> dict[str, Any]:
    """Art. 53(3): *hủy bỏ hiệu lực*; everything enjoyed is paid back."""
    return _ended(certificate, "cancel", actor, data)


def _ended(certificate: Certificate, kind: str, actor: Any, data: Data) -> dict[str, Any]:
    remembered = _decided(certificate, kind, actor, data)
    decision = Decision.objects.get(position=remembered["decision"])
    certificate.ended_on, certificate.ended_by = decision.effective_on, decision
    events.publish(CertificateChanged(certificate))
    return remembered


def _decided(certificate: Certificate, kind: str, actor: Any, data: Data) -> dict[str, Any]:
    form = _form(data)
    form.is_valid()
    stated = form.cleaned_data
    draft = drafted(kind, stated.get("ground") or certificate.lifecycle.action(kind).ground(), stated)
    if kind in ("withdraw", "cancel"):
        shown = rules.notice(stated["signed_on"], clock.today())
        draft = replace(draft, public_from=shown.shown_from, public_until=shown.until)
    content = {"certificate": certificate.number, "regime": certificate.regime, "public_id": certificate.public_id}
    decision = record_decision(
        draft, subject=certificate.subject, record=certificate.record, content=content, actor=actor
    )
    return {"decision": decision.position}
