"""Applications for the certificate of an S&T enterprise: one half-written whose goal is half met, one in each state in which the
department writes papers, with the papers and with what its appraisal has come to, and one granted whose enterprise shows its size."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from accounts.models import User
from portal.demo import appraisals, invented, organisations, papers
from portal.demo.ideas import DATA, MILLION
from portal.demo.moments import afternoon, evening, office_hour, working_day
from portal.demo.replay import Story
from portal.demo.stories import Department, act
from portal.province import CERTIFYING_AUTHORITY
from registry.core import clock
from registry.core.lifecycle import perform
from registry.core.selectors import CURRENT_INDUSTRIES
from registry.core.text import slugify_vi
from registry.dossiers.models import Dossier
from registry.dossiers.services import add_file, open_dossier, save_step
from registry.official_papers.letter import Stated
from registry.official_papers.selectors import in_force
from registry.official_papers.services import make_paper, take_signed
from registry.parties.selectors import tax_code

PROCEDURE: Final = "st_certification"
SIGNATORY: Final = "Ông Giàng A Ví Dụ, Phó Chủ tịch"
BEHIND_CERTIFICATES: Final = 100
"""The invented tax codes of those who apply stand behind those of certificate holders."""
HEADS: Final = (
    "workers",
    "rd_unit_graduates",
    "rd_unit_vietnamese",
    "sti_people",
    "sti_people_vietnamese",
    "hired_experts",
)


@dataclass(frozen=True, slots=True)
class Application:
    """One of data/certifications.toml. `days` ago a draft was begun, another was looked at first; `steps` () means all.

    `state`: draft, supplement, valid, late (valid, and not answered in time), refused, granted (looked at first `on` a day of
    the year after that of its last figures, by which its size is found).
    """

    number: int
    state: str
    party: str
    ward: str
    place: str
    registered: date
    head: str
    sector: str
    fields: list[str]
    industries: list[str]
    structure: str
    result: list[Any]
    products: list[list[Any]]
    features: str
    process: str
    years: list[list[int]]
    people: list[int]
    effects: list[str]
    plan: str
    days: int = 0
    on: date | None = None
    decision: str = ""
    steps: list[str] = field(default_factory=list)
    appraisal: str = "experts"

    @property
    def key(self) -> str:
        return f"certification {slugify_vi(self.party)}"


def applications() -> list[Application]:
    rows = tomllib.loads((DATA / "certifications.toml").read_text(encoding="utf-8"))["application"]
    return [Application(number=number, **row) for number, row in enumerate(rows, start=701)]


def stories(department: Department) -> list[Story]:
    """Of those applications that are not here yet."""
    here = set(Dossier.objects.filter(procedure=PROCEDURE).values_list("party__name", flat=True))
    return [told(one, department) for one in applications() if one.party not in here]


def told(one: Application, department: Department) -> Story:
    day = working_day(one.on or department.today - timedelta(days=one.days))
    yield evening(f"{one.key} begin", day - timedelta(days=9))
    owner = organisations.owner_of(one.party, one.head)
    party = organisations.entered(one.party, "enterprise", one.head, one.number + BEHIND_CERTIFICATES)
    dossier = open_dossier(PROCEDURE, party, actor=owner)
    yield evening(f"{one.key} write", day - timedelta(days=7))
    dossier = write(dossier, one, owner, one.steps or [step.code for step in dossier.kind.steps[:-2]])
    if one.state == "draft":
        return
    add_file(dossier, papers.paper("recognition"), one.result[2], actor=owner)
    filed = office_hour(f"{one.key} file", working_day(day, back=2))
    yield filed + timedelta(hours=1)
    dossier = write(dossier, one, owner, ["nop", "kiem-tra"], filed)
    dossier = act(dossier, "submit", owner)
    officer = department.officers[1]
    yield afternoon(f"{one.key} assign", working_day(day, back=1))
    dossier = act(dossier, "assign", department.leader, assignee=officer.pk)
    yield office_hour(f"{one.key} receipt", working_day(day, back=1))
    made(dossier, "giay-tiep-nhan", officer, f"{one.number}/GTN-SKHCN", officer.full_name)
    yield office_hour(f"{one.key} valid", day)
    if one.state == "supplement":
        remarks = {"field:technology_process": "Nêu rõ từng công đoạn và thông số đã thay đổi."}
        dossier = act(dossier, "request_supplement", officer, remarks=remarks, message="Gửi lại trong tuần này.")
        made(dossier, "yeu-cau-bo-sung", officer, f"{one.number}/TB-SKHCN", department.leader.full_name)
        return
    dossier = act(dossier, "declare_valid", officer)
    yield afternoon(f"{one.key} appraise", day)
    dossier = act(dossier, "appraise", officer, appraisal=one.appraisal)
    appraisals.of_dossier(dossier, officer)
    if one.state == "valid":
        opinion = "Số liệu kê khai khớp với báo cáo kèm theo."
        made(dossier, "to-trinh", officer, f"{one.number}/TTr-SKHCN", department.leader.full_name, opinion)
        made(dossier, "du-thao-quyet-dinh", officer)
    if one.state == "late":
        yield afternoon(f"{one.key} apologise", working_day(department.today - timedelta(days=1)))
        again = f"{department.today + timedelta(days=10):%d/%m/%Y}"
        reason = "Cần đối chiếu thêm số liệu kê khai."
        leader = department.leader.full_name
        made(dossier, "thu-xin-loi", officer, f"{one.number}/SKHCN", leader, day=again, reason=reason)
    if one.state == "refused":
        yield afternoon(f"{one.key} refuse", working_day(day + timedelta(days=6)))
        stated = {"number": f"{one.number}/UBND-KGVX", "signatory": SIGNATORY, "authority": CERTIFYING_AUTHORITY}
        note = "Chi cho đổi mới sáng tạo mới đạt 0,9 % doanh thu thuần."
        dossier = act(dossier, "refuse", officer, **stated, grounds=["nd268:49.4.a"], note=note)
        made(dossier, "thong-bao-tu-choi", officer, f"{one.number}/UBND-KGVX", SIGNATORY)
    if one.state == "granted":
        yield afternoon(f"{one.key} grant", working_day(day + timedelta(days=10)))
        stated = {"number": one.decision, "signatory": SIGNATORY, "authority": CERTIFYING_AUTHORITY}
        certificate = act(dossier, "grant", officer, **stated, certificate_number="").certificate
        for step in ("make_paper", "sign_here"):
            certificate = perform(certificate, step, officer, data={}, expected_version=certificate.version)
        yield evening(f"{one.key} size", day + timedelta(days=24))
        perform(certificate, "show_size", owner, expected_version=certificate.version)


def made(
    dossier: Dossier,
    kind: str,
    officer: User,
    number: str = "",
    signatory: str = "",
    opinion: str = "",
    day: str = "",
    reason: str = "",
) -> None:
    """A paper of the department for the dossier as it is now, signed today and taken in so; without a number a draft."""
    template = in_force(PROCEDURE, clock.today())[kind]
    stated = Stated(number, clock.today() if number else None, template.signing, signatory)
    typed = {"y_kien_tham_dinh": opinion, "ngay_hen_lai": day, "ly_do_cham": reason}
    made = make_paper(dossier, kind, stated, typed, actor=officer, expected_version=dossier.version)
    if number:
        take_signed(made, papers.paper("signed"), actor=officer)


def write(dossier: Dossier, one: Application, owner: User, steps: list[str], filed: datetime | None = None) -> Dossier:
    """Answer these steps."""
    given = answers(one, dossier, filed or datetime.combine(one.registered, time(8), clock.ZONE))
    for code in steps:
        step = dossier.kind.step(code)
        if step is not None and step.form is not None:
            data = {name: given[name] for name in step.form.base_fields}
            dossier = save_step(dossier, step, data, actor=owner, seen=dossier.answers_version).dossier
    return dossier


def answers(one: Application, dossier: Dossier, filed: datetime) -> dict[str, Any]:
    """The application as the form wants it, completed with invented numbers."""
    kind, name, document_kind, document_number, document_date, issuer = one.result
    mail, phone = invented.address_of(f"ho-so-{one.number}"), invented.phone(one.number)
    return {
        "name_vi": one.party,
        "name_foreign": "",
        "short_name": "",
        "business_number": tax_code(dossier.party),
        "registered_on": one.registered.isoformat(),
        "registration_issuer": "Phòng Đăng ký kinh doanh giả định",
        "enterprise_type": "Công ty cổ phần" if "cổ phần" in one.party else "Công ty trách nhiệm hữu hạn",
        "ward": one.ward,
        "address": one.place,
        "phone": phone,
        "fax": "",
        "email": mail,
        "website": "",
        "representative": one.head,
        "representative_title": "Giám đốc",
        "identity_number": invented.identity_number(one.number),
        "identity_issuer": "Cơ quan giả định",
        "identity_issued_on": "2022-03-01",
        "representative_phone": phone,
        "representative_email": mail,
        "permanent_address": one.place,
        "current_address": one.place,
        "sector": one.sector,
        "fields_of_technology": one.fields,
        "industries": [f"{CURRENT_INDUSTRIES}:{code}" for code in one.industries],
        "structure": one.structure,
        "results": [
            {
                "kind": kind,
                "name": name,
                "funding": "Vốn của doanh nghiệp",
                "origin": "own",
                "document_kind": document_kind,
                "document_number": document_number,
                "document_date": document_date.isoformat(),
                "issuer": issuer,
            }
        ],
        "products": [{"name": product, "result": 1, "commercialised": sold} for product, sold in one.products],
        "technical_features": one.features,
        "technology_process": one.process,
        "years": [year(*row) for row in one.years],
        **dict(zip(HEADS, one.people, strict=True)),
        "rd_staff": [{"name": one.head, "qualification": "Kỹ sư", "position": "Phụ trách"}],
        "cooperation": "",
        "effects": one.effects,
        "development_plan": one.plan,
        "filed_number": f"GIA-DINH-{one.number:06d}",
        "filed_at": f"{filed:%d/%m/%Y %H:%M}",
        "truthful": True,
    }


def year(number: int, net: int, total: int, spending: int, products: int, workers: int, capital: int) -> dict[str, Any]:
    return {
        "year": number,
        "net_revenue": net * MILLION,
        "total_revenue": total * MILLION,
        "sti_spending": spending * MILLION,
        "sti_product_revenue": products * MILLION,
        "insured_workers": workers,
        "capital": capital * MILLION,
    }
