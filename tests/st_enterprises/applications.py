"""Applications for the certificate, made through the one door. The traits read as a story:

application()                     a draft with every answer, its paper and its receipt
application(empty=True)           a draft with what was prefilled
application(filed=True)           on the desk, its validity being checked
application(supplement=True)      the department waits for the enterprise
application(valid=True)           found valid, the 15 days run
application(granted=True) · application(refused=True) · application(withdrawn=True)
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from registry.core import clock
from registry.core.selectors import CURRENT_INDUSTRIES, industries
from registry.dossiers.models import Dossier
from registry.dossiers.services import add_file, open_dossier
from registry.parties.selectors import tax_code
from tests.accounts.factories import UserFactory
from tests.core.factories import upload
from tests.dossiers import factories
from tests.dossiers.factories import act, answer_all
from tests.dossiers.table import APPLICANT, DEPARTMENT, Table
from tests.parties.factories import owner_of, party

CODE = "st_certification"
HERE = "/tai-khoan/chung-nhan-khcn/"
REMARKS = {"field:technology_process": "Nêu rõ từng công đoạn."}
RESULT = {
    "kind": "patent",
    "name": "Quy trình sao chè giữ hương",
    "funding": "Vốn của doanh nghiệp",
    "origin": "own",
    "document_kind": "ip_title",
    "document_number": "1-0012345",
    "document_date": "12/05/2024",
    "issuer": "Cục Sở hữu trí tuệ",
}
GRANT = {"number": "12/QĐ-UBND", "signatory": "Nguyễn Văn Lộc", "authority": "ubnd-tinh"}
REFUSE = {**GRANT, "grounds": ["nd268:49.4.a"], "note": "Chi mới đạt 1,4 %."}
DATA = {
    "remarks": REMARKS,
    "assignee": None,
    "appraisal": "council",
    **REFUSE,
}

CHECKED: Table = {
    "submit": ({"draft"}, APPLICANT, "filed"),
    "resubmit": ({"supplement"}, APPLICANT, "filed"),
    "withdraw": ({"draft", "filed", "supplement", "valid"}, APPLICANT, "withdrawn"),
    "assign": ({"filed", "supplement", "valid"}, DEPARTMENT, None),
    "request_supplement": ({"filed"}, DEPARTMENT, "supplement"),
    "declare_valid": ({"filed"}, DEPARTMENT, "valid"),
}
"""What every procedure allows that first checks whether a dossier is valid."""


def year(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "year": number,
        "net_revenue": "10000000000",
        "total_revenue": "10500000000",
        "sti_spending": "200000000",
        "sti_product_revenue": "6000000000",
        "insured_workers": 12,
        "capital": "8000000000",
        **changes,
    }


def answers(made: Dossier, **changes: Any) -> dict[str, Any]:
    """A whole set of answers, valid as it stands: a small enterprise that meets every condition."""
    last = clock.today().year - 1
    line = industries(CURRENT_INDUSTRIES, 4)[0]
    return {
        "name_vi": "Công ty TNHH Chè Thử",
        "name_foreign": "Trial Tea Co., Ltd.",
        "short_name": "Chè Thử",
        "business_number": tax_code(made.party),
        "registered_on": "12/05/2019",
        "registration_issuer": "Phòng Đăng ký kinh doanh",
        "enterprise_type": "Công ty trách nhiệm hữu hạn",
        "ward": "03408",
        "address": "Bản Thử 1",
        "phone": "0213 3876 543",
        "fax": "",
        "email": "lienhe@chethu.example",
        "website": "",
        "representative": "Lò Thị Mẫu",
        "representative_title": "Giám đốc",
        "identity_number": "000000000123",
        "identity_issuer": "Bộ Công an",
        "identity_issued_on": "01/03/2022",
        "representative_phone": "0912 345 678",
        "representative_email": "mau@chethu.example",
        "permanent_address": "Bản Kín 7",
        "current_address": "Bản Kín 8",
        "sector": "agriculture",
        "fields_of_technology": ["biotech"],
        "industries": [f"{line.edition}:{line.code}"],
        "structure": "Giám đốc, xưởng, bộ phận nghiên cứu.",
        "results": [RESULT],
        "products": [{"name": "Chè sao lạnh", "result": 1, "commercialised": True}],
        "technical_features": "Nhiệt độ sao thấp.",
        "technology_process": "Héo, sao, vò, sấy.",
        "years": [year(last), year(last - 1), year(last - 2)],
        "workers": 14,
        "rd_unit_graduates": 0,
        "rd_unit_vietnamese": 0,
        "sti_people": 2,
        "sti_people_vietnamese": 2,
        "hired_experts": 0,
        "rd_staff": [{"name": "Tẩn A Kín", "qualification": "Kỹ sư", "position": "Nghiên cứu"}],
        "cooperation": "",
        "effects": [],
        "development_plan": "Mở thêm một xưởng.",
        "filed_number": f"H35.01-{made.pk:06d}",
        "filed_at": f"{clock.local(clock.now()):%d/%m/%Y %H:%M}",
        "truthful": True,
        **changes,
    }


def fill(made: Dossier, actor: Any, *, paper: bool = True, **changes: Any) -> Dossier:
    """Answer every step, and put in the paper that recognises the result."""
    made = answer_all(made, answers(made, **changes), actor)
    if paper:
        add_file(made, upload("bang.pdf"), "ip_title", actor=actor)
    return made


def there(made: Dossier, step: str = "") -> str:
    """The enterprise's page of it, or of one of its steps."""
    return f"{HERE}{made.reference}/" + (f"{step}/" if step else "")


def posted(given: Mapping[str, Any], made: Dossier, step: str) -> dict[str, Any]:
    """The answers of a step as a browser sends them, with the version of the draft that its page showed."""
    return {"seen": made.answers_version, **factories.posted(given, step, made.procedure)}


def due(made: Dossier) -> str:
    """The last day of the clock that runs, "" while none does."""
    made.refresh_from_db()
    return f"{clock.local(made.due_at):%Y-%m-%d}" if made.due_at else ""


def application(
    *,
    owner: Any = None,
    organisation: Any = None,
    officer: Any = None,
    empty: bool = False,
    filed: bool = False,
    supplement: bool = False,
    valid: bool = False,
    granted: bool = False,
    refused: bool = False,
    withdrawn: bool = False,
    filed_at: datetime | None = None,
    **changes: Any,
) -> Dossier:
    organisation = organisation or party("Công ty TNHH Chè Thử", owner=owner)
    owner = owner or owner_of(organisation)
    made = open_dossier(CODE, organisation, actor=owner)
    if filed_at:
        changes["filed_at"] = f"{clock.local(filed_at):%d/%m/%Y %H:%M}"
    if not empty:
        made = fill(made, owner, **changes)
    if filed or supplement or valid or granted or refused:
        made = act(made, "submit", owner)
    officer = officer or (UserFactory(officer=True) if supplement or valid or granted or refused else None)
    if supplement:
        made = act(made, "request_supplement", officer, remarks=REMARKS)
    if valid or granted or refused:
        made = act(made, "declare_valid", officer)
    if granted:
        made = act(made, "grant", officer, **{**GRANT, "number": f"{made.pk}/QĐ-UBND"})
    if refused:
        made = act(made, "refuse", officer, **{**REFUSE, "number": f"{made.pk}/UBND"})
    if withdrawn:
        made = act(made, "withdraw", owner)
    return made
