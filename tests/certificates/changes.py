"""Applications under Art. 52, made through the one door. The traits read as a story:

change()                     a draft that asks for another name and one more product, with its business plan and its receipt
change(reissue=True, …)      one that asks for the same certificate once more
change(empty=True)           a draft with what was prefilled
change(filed=True) · change(supplement=True) · change(valid=True)
change(changed=True) · change(reissued=True) · change(refused=True) · change(withdrawn=True)
"""

from datetime import date, datetime
from typing import Any

from registry.certificates.changing.lifecycle import CODE
from registry.certificates.changing.services import begin
from registry.certificates.deciding import GROUNDS, Content, Line, issue
from registry.certificates.models import Certificate, Regime
from registry.core import clock
from registry.core.decisions import DecisionDraft
from registry.core.models import Authority
from registry.core.selectors import ward
from registry.dossiers.models import Dossier
from registry.dossiers.services import add_file
from registry.parties.selectors import tax_code
from tests.accounts.factories import UserFactory
from tests.core.factories import upload
from tests.dossiers.factories import act, answer_all
from tests.parties.factories import owner_of, party

__all__ = ["CODE", "DATA", "GRANT", "REFUSE", "act", "answers", "change", "held"]

REMARKS = {"field:change_reason": "Nêu rõ số đăng ký thay đổi."}
RESULT = {
    "kind": "variety",
    "name": "Giống chè TN-7",
    "funding": "Vốn của doanh nghiệp",
    "origin": "own",
    "document_kind": "variety_recognition",
    "document_number": "77/QĐ-TT",
    "document_date": "02/03/2026",
    "issuer": "Cục Trồng trọt",
}
GRANT = {"number": "30/QĐ-UBND", "signatory": "Nguyễn Văn Lộc", "authority": "ubnd-tinh"}
REFUSE = {**GRANT, "grounds": ["nd268:52.1.b"], "note": "Giống chưa được công nhận."}
DATA = {"remarks": REMARKS, "assignee": None, **REFUSE}
ISSUED = date(2026, 3, 12)


def held(
    organisation: Any = None,
    *,
    owner: Any = None,
    number: str = "",
    issued: date = ISSUED,
    is_old: bool = False,
    **content: Any,
) -> Certificate:
    """A certificate of an enterprise whose people are here, with two lines; `is_old`: of the decree before."""
    if is_old:
        number, issued = number or "45/ĐK-DNKHCN", date(2022, 11, 2)
    regime = Regime.ND13 if is_old else Regime.ND268
    organisation = organisation or party("Công ty TNHH Chè Thử", owner=owner)
    place = ward("03408")
    assert place is not None
    whole: dict[str, Any] = {
        "name_vi": "Công ty TNHH Chè Thử",
        "business_number": tax_code(organisation),
        "ward": place,
        "address": "Bản Thử 1",
        "sector": "agriculture",
        "fields": ("biotech",),
        "lines": (
            Line("patent", "Quy trình sao chè giữ hương", "Chè sao lạnh"),
            Line("utility_solution", "Máy vò hai tốc độ", "Máy vò MV-2"),
        ),
        "name_en": "Trial Tea Co., Ltd.",
        "registered_on": date(2019, 5, 12),
        "phone": "02133876543",
        **content,
    }
    draft = DecisionDraft(
        kind="grant",
        ground=GROUNDS[regime],
        authority=Authority.objects.get(code="ubnd-tinh"),
        signed_on=issued,
        effective_on=issued,
        number="",
        signatory="Ông Ví Dụ",
    )
    return issue(organisation, Content(**whole), draft, regime=regime, number=number, actor=UserFactory(officer=True))


def answers(made: Dossier, **changes: Any) -> dict[str, Any]:
    """A whole set of answers, valid as it stands: another name, and a product from a new result."""
    return {
        **made.answers,
        "cases": ["registration", "list"],
        "change_reason": "Đăng ký thay đổi lần thứ 2 ngày 01/11/2026.",
        "changes": "",
        "reissue_reason": "",
        "name_vi": "Công ty TNHH Chè Thử Mới",
        "registration_issuer": "Phòng Đăng ký kinh doanh",
        "enterprise_type": "Công ty trách nhiệm hữu hạn",
        "representative": "Lò Thị Mẫu",
        "representative_title": "Giám đốc",
        "identity_number": "000000000123",
        "identity_issuer": "Bộ Công an",
        "identity_issued_on": "01/03/2022",
        "representative_phone": "0912 345 678",
        "permanent_address": "Bản Kín 7",
        "current_address": "Bản Kín 8",
        "results": [RESULT],
        "products": [{"name": "Chè búp TN-7", "result": 1, "line": None}],
        "filed_number": f"H35.01-{made.pk:06d}",
        "filed_at": f"{clock.local(clock.now()):%d/%m/%Y %H:%M}",
        "truthful": True,
        **changes,
    }


LOST: dict[str, Any] = {
    "cases": ["lost"],
    "change_reason": "",
    "reissue_reason": "Giấy bị ướt nát trong trận lũ.",
    "name_vi": "Công ty TNHH Chè Thử",
    "results": [],
    "products": [],
}


def fill(made: Dossier, actor: Any, *, plan: bool = True, **changes: Any) -> Dossier:
    """Answer every step, and put in the business plan."""
    made = answer_all(made, answers(made, **changes), actor)
    if plan:
        add_file(made, upload("phuong-an.pdf"), "business_plan", actor=actor)
    return made


def change(
    certificate: Certificate | None = None,
    *,
    officer: Any = None,
    reissue: bool = False,
    empty: bool = False,
    filed: bool = False,
    supplement: bool = False,
    valid: bool = False,
    changed: bool = False,
    reissued: bool = False,
    refused: bool = False,
    withdrawn: bool = False,
    incentives: str = "",
    filed_at: datetime | None = None,
    **changes: Any,
) -> Dossier:
    certificate = certificate or held()
    owner = owner_of(certificate.party)
    made = begin(certificate, actor=owner)
    if filed_at:
        changes["filed_at"] = f"{clock.local(filed_at):%d/%m/%Y %H:%M}"
    if not empty:
        made = fill(made, owner, **{**(LOST if reissue or reissued else {}), **changes})
    later = valid or changed or reissued or refused
    if filed or supplement or later:
        made = act(made, "submit", owner)
    officer = officer or (UserFactory(officer=True) if supplement or later else None)
    if supplement:
        made = act(made, "request_supplement", officer, remarks=REMARKS)
    if later:
        made = act(made, "declare_valid", officer)
    if changed:
        made = act(made, "change", officer, **{**GRANT, "number": f"{made.pk}/QĐ-UBND", "incentives": incentives})
    if reissued:
        made = act(made, "reissue", officer, **{**GRANT, "number": f"{made.pk}/QĐ-UBND"})
    if refused:
        made = act(made, "refuse_change", officer, **{**REFUSE, "number": f"{made.pk}/UBND"})
    if withdrawn:
        made = act(made, "withdraw", owner)
    return made
