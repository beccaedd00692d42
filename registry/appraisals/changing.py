"""What the acts of an appraisal ask for and do. Called by the engine alone, in the transaction of the act."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from registry.appraisals import rules, selectors
from registry.appraisals.models import Appraisal, Assessor, Council, Declaration, Kind, Minutes, Role, Sheet
from registry.appraisals.people import LINK_HOLDS_DAYS, LinkHolder
from registry.appraisals.rules import VotingRule
from registry.core import clock, files
from registry.core.classification import RESTRICTED
from registry.core.decisions import DecisionDraft, record_decision
from registry.core.files import FileRefused
from registry.core.lifecycle import Conflict, Data, Invalid
from registry.core.models import PrivateFile
from registry.core.text import fold
from registry.parties.models import Party

HOLDER: Final = "appraisal"
GROUNDS: Final = {Kind.ADVISORY.value: "nd268:53.4"}
APPRAISED: Final = "nd268:51.3"


@dataclass(frozen=True, slots=True)
class CouncilDraft:
    """A decision that sets the council up, with its scan (an upload)."""

    decision: DecisionDraft
    rule: VotingRule
    file: Any


@dataclass(frozen=True, slots=True)
class PersonDraft:
    name: str
    organisation: str
    title: str = ""
    role: str = Role.ASSESSOR.value
    votes: bool = True


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """`seen`: the number of the sheet that stood there when it was filled in, 0 for none. `file` is the scan, an upload."""

    is_for: bool
    content: dict[str, Any] = field(default_factory=dict)
    seen: int = 0
    reason: str = ""
    file: Any = None


@dataclass(frozen=True, slots=True)
class MinutesDraft:
    held_on: date
    number: str = ""
    file: Any = None


def ground_of(kind: str) -> str:
    """The provision by which it is appraised, or advised on."""
    return GROUNDS.get(kind, APPRAISED)


def running(appraisal: Appraisal, data: Data) -> None:
    """Guard: what is appraised still waits for its decision."""
    if appraisal.dossier and appraisal.dossier.state != "valid":
        raise Invalid(_("Hồ sơ không còn chờ quyết định, nên thẩm định không đổi được nữa."))
    if appraisal.certificate and appraisal.certificate.ended_on:
        raise Invalid(_("Giấy chứng nhận đã hết hiệu lực, nên hội đồng không còn việc để tư vấn."))


# --- the council


def council_stands(appraisal: Appraisal, data: Data) -> None:
    """Guard: a council is set up by a decision whose numbers can be meant, and has room for those who sit already."""
    draft: CouncilDraft = data["council"]
    if not appraisal.is_council:
        raise Invalid("Cách thẩm định này không có hội đồng.")
    if wrong := rules.problems(draft.rule):
        raise Invalid(next(iter(wrong.values())), wrong)
    voting = _sitting(appraisal).filter(votes=True).count()
    if voting > draft.rule.size:
        sentence = f"Hội đồng đang có {voting} người bỏ phiếu, nhiều hơn số ghi trong quyết định."
        raise Invalid(sentence, {"size": sentence})
    if draft.file is None:
        raise Invalid("Chọn bản chụp quyết định.", {"file": "Chọn bản chụp quyết định."})


def set_up(appraisal: Appraisal, actor: Any, data: Data) -> dict[str, Any]:
    draft: CouncilDraft = data["council"]
    rule = draft.rule
    numbers = {
        "size": rule.size,
        "quorum": rule.quorum,
        "numerator": rule.numerator,
        "denominator": rule.denominator,
        "strictly": rule.strictly,
        "base": rule.base.value,
    }
    decision = record_decision(
        draft.decision,
        subject=appraisal.subject,
        record=appraisal.subject,
        content={"council": appraisal.kind, "of": appraisal.about.subject, **numbers},
        actor=actor,
    )
    kept = _kept(appraisal, draft.file, "council_decision", actor)
    Council.objects.create(appraisal=appraisal, decision=decision, file=kept, **numbers)
    return {"decision": decision.position}


# --- people


def person_stands(appraisal: Appraisal, data: Data) -> None:
    """Guard: there is a seat, one chair, and nobody of the enterprise itself."""
    draft: PersonDraft = data["person"]
    leaving = data.get("assessor", 0)
    if not draft.name.strip() or not draft.organisation.strip():
        raise Invalid("Ghi họ tên và cơ quan của người đánh giá.", {"name": "Ghi họ tên và cơ quan."})
    if fold(draft.organisation) in own_names(appraisal.party):
        sentence = "Người của chính doanh nghiệp không thẩm định hồ sơ của doanh nghiệp mình."
        raise Invalid(sentence, {"organisation": sentence})
    if (draft.role == Role.ASSESSOR) is appraisal.is_council:
        raise Invalid("Chọn tư cách trong hội đồng.", {"role": "Chọn tư cách trong hội đồng."})
    if not appraisal.is_council:
        return
    council = selectors.council_of(appraisal)
    if council is None:
        raise Invalid("Ghi quyết định thành lập hội đồng trước, rồi ghi thành viên.")
    others = _sitting(appraisal).exclude(pk=leaving)
    if draft.votes and others.filter(votes=True).count() >= council.size:
        sentence = f"Quyết định thành lập ghi {council.size} người bỏ phiếu; đã đủ."
        raise Invalid(sentence, {"votes": sentence})
    if draft.role == Role.CHAIR and others.filter(role=Role.CHAIR).exists():
        raise Invalid("Hội đồng đã có chủ tịch.", {"role": "Hội đồng đã có chủ tịch."})


def own_names(party: Party) -> set[str]:
    return {fold(name) for name in [party.name, *party.names.filter(until=None).values_list("text", flat=True)]}


def sits(appraisal: Appraisal, data: Data) -> None:
    """Guard: the assessor belongs to this appraisal and was not replaced. A link is for its own assessor alone."""
    if not _sitting(appraisal).filter(pk=data.get("assessor", 0)).exists():
        raise Conflict(_("Người này không còn trong danh sách đánh giá."))
    by = data.get("by")
    if isinstance(by, LinkHolder) and by.assessor_id != data["assessor"]:
        raise Conflict(_("Liên kết này là của người khác."))


def add(appraisal: Appraisal, actor: Any, data: Data) -> dict[str, Any]:
    return {"assessor": _seated(appraisal, data["person"]).pk}


def replace(appraisal: Appraisal, actor: Any, data: Data) -> dict[str, Any]:
    leaving = Assessor.objects.get(pk=data["assessor"])
    Assessor.objects.filter(pk=leaving.pk).update(until=clock.now())
    return {"assessor": leaving.pk, "by": _seated(appraisal, data["person"], leaving).pk}


def invite(appraisal: Appraisal, actor: Any, data: Data) -> dict[str, Any]:
    """A new link for the assessor; the one before opens nothing from now on."""
    one = Assessor.objects.get(pk=data["assessor"])
    one.link_turn, one.link_until = one.link_turn + 1, clock.today() + timedelta(days=LINK_HOLDS_DAYS)
    one.save(update_fields=["link_turn", "link_until"])
    return {"assessor": one.pk, "turn": one.link_turn}


def _seated(appraisal: Appraisal, draft: PersonDraft, leaving: Assessor | None = None) -> Assessor:
    return Assessor.objects.create(
        appraisal=appraisal,
        name=draft.name,
        title=draft.title,
        organisation=draft.organisation,
        role=draft.role,
        votes=draft.votes,
        since=clock.now(),
        replaces=leaving,
    )


def _sitting(appraisal: Appraisal) -> Any:
    return Assessor.objects.filter(appraisal=appraisal, until=None)


# --- declarations and sheets


def declaration_stands(appraisal: Appraisal, data: Data) -> None:
    """Guard: a conflict once declared is not taken back, and the same is not said twice."""
    said = Declaration.objects.filter(assessor=data["assessor"]).last()
    if said and said.has_conflict:
        raise Conflict(_("Đã khai có xung đột lợi ích; người này được thay, không khai lại."))
    if said and not data["has_conflict"]:
        raise Conflict(_("Đã khai không có xung đột lợi ích."))
    if data["has_conflict"] and not data["says"].strip():
        raise Invalid(_("Nói rõ xung đột là gì."), {"note": _("Nói rõ xung đột là gì.")})


def declare(appraisal: Appraisal, actor: Any, data: Data) -> dict[str, Any]:
    Declaration.objects.create(
        assessor_id=data["assessor"],
        has_conflict=data["has_conflict"],
        note=data["says"],
        by_link=isinstance(actor, LinkHolder),
        file=_kept(appraisal, data.get("file"), "declaration", actor),
        at=clock.now(),
    )
    return {"assessor": data["assessor"]}


def sheet_stands(appraisal: Appraisal, data: Data) -> None:
    """Guard: no conflict, nothing handed in since it was opened, and a reason where one is replaced."""
    draft: SheetDraft = data["sheet"]
    said = Declaration.objects.filter(assessor=data["assessor"]).last()
    if said and said.has_conflict:
        raise Invalid(_("Người đã khai có xung đột lợi ích không đánh giá; Sở thay người khác."))
    if isinstance(data.get("by"), LinkHolder) and said is None:
        raise Invalid(_("Khai xung đột lợi ích trước, rồi mới nộp phiếu."))
    last = Sheet.objects.filter(assessor=data["assessor"]).last()
    if draft.seen != (last.number if last else 0):
        raise Conflict(_("Phiếu của người này vừa được nộp. Xem phiếu ấy rồi làm tiếp."))
    if last and not draft.reason.strip():
        raise Invalid(_("Ghi lý do sửa phiếu."), {"reason": _("Ghi lý do sửa phiếu.")})


def hand_in(appraisal: Appraisal, actor: Any, data: Data) -> dict[str, Any]:
    draft: SheetDraft = data["sheet"]
    made = Sheet.objects.create(
        assessor_id=data["assessor"],
        number=draft.seen + 1,
        is_for=draft.is_for,
        content=draft.content,
        reason=draft.reason if draft.seen else "",
        by_link=isinstance(actor, LinkHolder),
        file=_kept(appraisal, draft.file, "sheet", actor),
        at=clock.now(),
    )
    return {"assessor": data["assessor"], "sheet": made.number}


# --- the end


def can_end(appraisal: Appraisal, data: Data) -> None:
    """Guard: somebody said something, and a council has its minutes."""
    draft: MinutesDraft = data["minutes"]
    standing = selectors.standing(appraisal)
    wrong = {}
    if draft.held_on > clock.today():
        wrong["held_on"] = "Ngày này không thể ở tương lai."
    if appraisal.is_council:
        if standing.council is None:
            raise Invalid("Ghi quyết định thành lập hội đồng trước.")
        if draft.held_on < standing.council.decision.signed_on:
            wrong["held_on"] = "Hội đồng không họp trước ngày quyết định thành lập."
        if not draft.number.strip():
            wrong["number"] = "Ghi số biên bản."
        if draft.file is None:
            wrong["file"] = "Chọn bản chụp biên bản."
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    if not standing.counted:
        raise Invalid("Chưa có phiếu nào được tính, nên chưa có gì để kết luận.")


def conclude(appraisal: Appraisal, actor: Any, data: Data) -> dict[str, Any]:
    draft: MinutesDraft = data["minutes"]
    standing = selectors.standing(appraisal)
    verdict = standing.outcome.verdict.value if standing.outcome else ""
    made = Minutes.objects.create(
        appraisal=appraisal,
        number=draft.number,
        held_on=draft.held_on,
        file=_kept(appraisal, draft.file, "minutes", actor),
        verdict=verdict,
        votes_for=standing.votes_for,
        votes_against=standing.votes_against,
        at=clock.now(),
    )
    return {"minutes": made.pk, "verdict": verdict}


def _kept(appraisal: Appraisal, upload: Any, purpose: str, actor: Any) -> PrivateFile | None:
    if not upload:
        return None
    try:
        stored = files.store(upload, owner=actor, file_class=RESTRICTED, purpose=purpose)
    except FileRefused as refused:
        raise Invalid(str(refused), {"file": str(refused)}) from refused
    return files.attach(stored, HOLDER, appraisal.pk, retention=PrivateFile.Retention.PERMANENT)
