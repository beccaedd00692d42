"""Certificates for the tests."""

from datetime import date
from typing import Any

from registry.certificates.deciding import GROUNDS, Content, Line, issue
from registry.certificates.models import Certificate, Regime
from registry.core.decisions import DecisionDraft
from registry.core.lifecycle import perform
from registry.core.models import Authority
from registry.core.selectors import ward
from registry.parties.services import create_party
from tests.accounts.factories import UserFactory

CONTENT: dict[str, Any] = {
    "name_vi": "Công ty TNHH Chè Núi Mây",
    "business_number": "9900000999",
    "address": "Bản Minh Họa",
    "sector": "agriculture",
    "fields": ("biotech",),
    "lines": (Line("utility_solution", "Máy vò chè hai tốc độ", "Trà vò hai lửa"),),
}


def certificate(
    *,
    number: str = "",
    regime: str = Regime.ND268,
    issued: date = date(2026, 3, 12),
    decision: str = "",
    actor: Any = None,
    holder: Any = None,
    **content: Any,
) -> Certificate:
    """A certificate in the register, issued by the People's Committee to `holder` (without one: to somebody of its own)."""
    actor = actor or UserFactory(officer=True)
    whole = CONTENT | content
    place = ward(whole.pop("ward", "03478"))
    assert place is not None
    party = holder or create_party(kind="cooperative", name=whole["name_vi"], actor=actor, with_owner=False)
    draft = DecisionDraft(
        kind="grant",
        ground=GROUNDS[Regime(regime)],
        authority=Authority.objects.get(code="ubnd-tinh"),
        signed_on=issued,
        effective_on=issued,
        number=decision,
        signatory="Ông Ví Dụ",
    )
    return issue(party, Content(ward=place, **whole), draft, regime=regime, number=number, actor=actor)


def stated(act: str, **more: Any) -> dict[str, Any]:
    """What a decision form sends, whole and right."""
    grounds = {"notify": "nd268:53.2.c", "withdraw": "nd268:53.2.c", "cancel": "nd268:53.3.b"}
    data = {
        "act": act, "authority": "ubnd-tinh", "delegation": "", "number": f"{act}/QĐ-UBND", "signed_on": "", "signatory": "Ông Ví Dụ",
    }  # fmt: skip
    if act in grounds:
        data |= {"ground": grounds[act], "note": "Hợp đồng chuyển giao đã hết hạn."}
    return data | more


def decide(found: Certificate, act: str, actor: Any, **more: Any) -> Certificate:
    found.refresh_from_db()
    return perform(found, act, actor, data=stated(act, **more), expected_version=found.version)
