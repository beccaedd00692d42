"""Appraisals for tests, made through the one door: `council(officer)` has its decision, `seat` a member, `vote` a sheet."""

from typing import Any

from registry.appraisals import selectors, services
from registry.appraisals.changing import CouncilDraft, MinutesDraft, PersonDraft, SheetDraft, ground_of
from registry.appraisals.models import Appraisal, Assessor
from registry.appraisals.people import LinkHolder, token_of
from registry.appraisals.rules import Base, VotingRule
from registry.core import clock
from registry.core.decisions import DecisionDraft
from registry.core.models import Authority
from tests.certificates.factories import certificate
from tests.core.factories import upload
from tests.st_enterprises.applications import act, application

NUMBERS = {"size": "3", "quorum": "2", "numerator": "1", "denominator": "2", "strictly": "yes", "base": "present"}
SAID = {"conclusion": "yes", "absorbing": "Làm chủ công nghệ.", "to_supplement": "", "rows": ["0"]}


def of_application(officer: Any, kind: str = "council", **traits: Any) -> Appraisal:
    made = application(valid=True, officer=officer, **traits)
    act(made, "appraise", officer, appraisal=kind)
    found = selectors.of_dossier(made)
    assert found is not None
    return found


def of_certificate(officer: Any, proposal: str = "withdraw") -> Appraisal:
    return services.open_advice(certificate(actor=officer), proposal, actor=officer)


def set_up(
    found: Appraisal,
    officer: Any,
    *,
    size: int = 3,
    quorum: int = 2,
    share: tuple[int, int] = (1, 2),
    strictly: bool = True,
) -> Appraisal:
    decision = DecisionDraft(
        kind=f"council_{found.kind}",
        ground=ground_of(found.kind),
        authority=Authority.objects.get(code="ubnd-tinh"),
        signed_on=clock.today(),
        effective_on=clock.today(),
        number=f"{fresh(found).version}/QĐ-HĐ-{found.pk}",
        signatory="Ông Ví Dụ",
    )
    draft = CouncilDraft(decision, VotingRule(size, quorum, *share, strictly, Base.PRESENT), upload("qd.pdf"))
    return services.set_up(found, draft, actor=officer, version=fresh(found).version)


def council(officer: Any, **numbers: Any) -> Appraisal:
    return set_up(of_application(officer), officer, **numbers)


def fresh(found: Appraisal) -> Appraisal:
    found.refresh_from_db()
    return found


def seat(found: Appraisal, officer: Any, name: str = "Lò Văn Thẩm", role: str = "", **more: Any) -> Assessor:
    role = role or ("member" if found.is_council else "assessor")
    draft = PersonDraft(name, more.pop("organisation", "Viện Thử"), "Tiến sĩ", role, more.pop("votes", True))
    services.add(found, draft, actor=officer, version=fresh(found).version)
    return Assessor.objects.latest("pk")


def clear(found: Appraisal, one: Assessor, officer: Any) -> None:
    services.declare(found, one.pk, has_conflict=False, actor=officer)


def vote(found: Appraisal, one: Assessor, officer: Any, is_for: bool = True, **more: Any) -> None:
    services.hand_in(found, one.pk, SheetDraft(is_for, {"form": "V.3", "rows": []}, **more), actor=officer)


def voter(found: Appraisal, officer: Any, name: str, is_for: bool) -> Assessor:
    one = seat(found, officer, name)
    clear(found, one, officer)
    vote(found, one, officer, is_for)
    return one


def end(found: Appraisal, officer: Any, **changes: Any) -> Appraisal:
    told = {"held_on": clock.today(), "number": "01/BB-HĐ", "file": upload("bb.pdf")} | changes
    return services.conclude(found, MinutesDraft(**told), actor=officer, version=fresh(found).version)


def link(found: Appraisal, one: Assessor, officer: Any) -> tuple[str, LinkHolder]:
    services.invite(found, one.pk, actor=officer, version=fresh(found).version)
    one.refresh_from_db()
    return f"/phieu-danh-gia/{token_of(one)}/", LinkHolder(one.pk, one.link_turn)
