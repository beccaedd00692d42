"""Certificates that are changed (Art. 52): one whose enterprise moved and added a product, one of the old decree whose enterprise
meets the new conditions, two whose dossiers are being considered, one of them under Art. 68(1) alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings

from accounts.models import User
from portal.demo import invented, papers, people
from portal.demo.certificates import SIGNATORY
from portal.demo.moments import afternoon, evening, office_hour, working_day
from portal.demo.replay import Story
from portal.demo.stories import act
from registry.certificates.changing.services import begin
from registry.certificates.models import Certificate, CertificateChange, CertificateVersion
from registry.core import clock
from registry.core.lifecycle import perform
from registry.core.text import slugify_vi
from registry.dossiers.models import Dossier
from registry.dossiers.services import add_file, save_step
from registry.parties.models import Membership


@dataclass(frozen=True, slots=True)
class Change:
    """What the holder `name` asked for, found valid `days` ago. `owner` acts for it: a persona, or "" for somebody invented.

    `decided`: the number of the decision three working days later, "" while it is being considered. `incentives`: of an old
    certificate, by which decree it has them from then on (Art. 68(1)).
    """

    number: int
    name: str
    head: str
    days: int
    given: Mapping[str, Any]
    owner: str = ""
    decided: str = ""
    incentives: str = ""


CHANGES: Final = (
    Change(
        761,
        "Công ty TNHH Vườn Sa Nhân Ví Dụ (giả định)",
        "Lò Thị Mẫu",
        95,
        {
            "cases": ["registration", "list"],
            "change_reason": "Doanh nghiệp chuyển trụ sở và có giống sa nhân mới được công nhận.",
            "address": "Bản Ví Dụ 11",
            "results": [
                {
                    "kind": "variety",
                    "name": "Giống sa nhân VD-SN2 ra quả sớm",
                    "funding": "Vốn của doanh nghiệp",
                    "origin": "own",
                    "document_kind": "variety_recognition",
                    "document_number": "GIA-DINH-761",
                    "document_date": "2026-06-04",
                    "issuer": "Cơ quan giả định",
                }
            ],
            "products": [{"name": "Cây giống sa nhân VD-SN2", "result": 1, "line": None}],
        },
        owner="founder@demo.test",
        decided="2037/QĐ-UBND",
    ),
    Change(
        763,
        "Công ty TNHH Giống Lê Cao Nguyên Ví Dụ (giả định)",
        "Má A Ví Dụ",
        45,
        {
            "cases": ["list", "transition"],
            "change_reason": "Có thêm sản phẩm từ giống lê đã được chứng nhận; doanh nghiệp đáp ứng các điều kiện mới.",
            "products": [{"name": "Lê VD-1 sấy dẻo", "result": None, "line": 1}],
        },
        owner="founder2@demo.test",
        decided="2711/QĐ-UBND",
        incentives="nd268",
    ),
    Change(
        762,
        "Công ty TNHH Cảm Biến Sạt Lở Ví Dụ (giả định)",
        "Sùng A Ví Dụ",
        3,
        {
            "cases": ["list"],
            "change_reason": "Có thêm sản phẩm từ phần mềm đã được chứng nhận.",
            "products": [{"name": "Còi báo sạt lở VD-Còi", "result": None, "line": 1}],
        },
    ),
    Change(
        764,
        "Công ty cổ phần Dược Liệu Sườn Mây Ví Dụ (giả định)",
        "Giàng Thị Mẫu",
        2,
        {
            "cases": ["transition"],
            "change_reason": "Doanh nghiệp nay đáp ứng các điều kiện của Nghị định 268/2025/NĐ-CP.",
        },
    ),
)


def stories(officer: User, leader: User) -> list[Story]:
    """Of those changes that are not here yet."""
    here = set(CertificateChange.objects.values_list("certificate__versions__name_vi", flat=True))
    return [told(one, officer, leader) for one in CHANGES if one.name not in here]


def told(one: Change, officer: User, leader: User) -> Story:
    day = working_day(clock.today() - timedelta(days=one.days))
    yield evening(f"{one.name} joins", day - timedelta(days=12))
    certificate, owner = _holder(one)
    yield evening(f"{one.name} begins", day - timedelta(days=6))
    dossier = write(begin(certificate, actor=owner), one, owner, {"nop", "kiem-tra"})
    add_file(dossier, papers.paper("recognition"), "business_plan", actor=owner)
    filed = office_hour(f"{one.name} files", working_day(day, back=2))
    yield filed + timedelta(hours=1)
    dossier = act(write(dossier, one, owner, set(), filed), "submit", owner)
    yield afternoon(f"{one.name} assigned", working_day(day, back=1))
    dossier = act(dossier, "assign", leader, assignee=officer.pk)
    yield office_hour(f"{one.name} valid", day)
    dossier = act(dossier, "declare_valid", officer)
    if one.decided:
        yield office_hour(f"{one.name} decided", working_day(day + timedelta(days=5)))
        stated = {"number": one.decided, "signatory": SIGNATORY, "authority": settings.CERTIFYING_AUTHORITY}
        act(dossier, "change", officer, **stated, incentives=one.incentives)
        for step in ("make_paper", "sign_here"):
            certificate.refresh_from_db()
            perform(certificate, step, officer, data={}, expected_version=certificate.version)


def _holder(one: Change) -> tuple[Certificate, User]:
    """The certificate, and somebody who acts for its enterprise from now on."""
    certificate = (
        CertificateVersion.objects.select_related("certificate__party").get(name_vi=one.name, turn=0).certificate
    )
    slug = slugify_vi(one.name)[:48].strip("-")
    owner = User.objects.get(email=one.owner) if one.owner else people.owner(f"chu-{slug}", one.head)
    Membership.objects.get_or_create(
        party=certificate.party, user=owner, role="owner", defaults={"since": clock.today()}
    )
    return certificate, owner


def write(dossier: Dossier, one: Change, owner: User, but: set[str], filed: datetime | None = None) -> Dossier:
    """Answer every step but those; what was prefilled stays where nothing else is said."""
    given = {**answers(one, filed or datetime.combine(date(2026, 1, 5), datetime.min.time(), clock.ZONE)), **one.given}
    for step in dossier.kind.steps:
        if step.form is not None and step.code not in but:
            data = {name: given.get(name, dossier.answers.get(name)) for name in step.form.base_fields}
            dossier = save_step(dossier, step, data, actor=owner, seen=dossier.answers_version).dossier
    return dossier


def answers(one: Change, filed: datetime) -> dict[str, Any]:
    """What V.5 asks of the enterprise and the certificate does not know, in invented numbers."""
    phone = invented.phone(one.number)
    return {
        "changes": "",
        "reissue_reason": "",
        "registration_issuer": "Phòng Đăng ký kinh doanh giả định",
        "enterprise_type": "Công ty trách nhiệm hữu hạn",
        "representative": one.head,
        "representative_title": "Giám đốc",
        "identity_number": invented.identity_number(one.number),
        "identity_issuer": "Cơ quan giả định",
        "identity_issued_on": "2022-03-01",
        "representative_phone": phone,
        "permanent_address": "Bản Ví Dụ",
        "current_address": "Bản Ví Dụ",
        "results": [],
        "filed_number": f"GIA-DINH-{one.number:06d}",
        "filed_at": f"{filed:%d/%m/%Y %H:%M}",
        "truthful": True,
    }
