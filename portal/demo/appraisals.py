"""Appraisals of the demo: two experts who have answered, a council half-way, and a council of advice that has concluded."""

import tomllib
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from portal.demo import papers
from portal.demo.ideas import DATA
from portal.demo.moments import afternoon, working_day
from portal.demo.replay import Story
from registry.appraisals import facts, selectors, services
from registry.appraisals.changing import CouncilDraft, MinutesDraft, PersonDraft, SheetDraft, ground_of
from registry.appraisals.models import Appraisal, Assessor, Kind
from registry.appraisals.rules import Base, VotingRule
from registry.certificates.models import CertificateVersion
from registry.core import clock
from registry.core.decisions import DecisionDraft
from registry.core.models import Authority
from registry.dossiers.models import Dossier

ADVICE_BACK = timedelta(days=6)


def told() -> dict[str, Any]:
    return tomllib.loads((DATA / "appraisals.toml").read_text(encoding="utf-8"))


def of_dossier(dossier: Dossier, officer: User) -> None:
    """Work on the appraisal of a dossier, in the way that was just recorded; the department's own needs nobody else."""
    found = selectors.of_dossier(dossier)
    if found and found.kind in told():
        work(found, told()[found.kind], officer)


def stories(officer: User) -> list[Story]:
    """The council of advice, if it is not here yet."""
    row = told()["advisory"]
    return [] if Appraisal.objects.filter(kind=Kind.ADVISORY).exists() else [_advice(row, officer)]


def _advice(row: dict[str, Any], officer: User) -> Story:
    yield afternoon("advisory", working_day(clock.today() - ADVICE_BACK))
    version = CertificateVersion.objects.select_related("certificate").get(name_vi=row["certificate"])
    found = services.open_advice(version.certificate, row["proposal"], actor=officer)
    work(found, row, officer)


def work(found: Appraisal, row: dict[str, Any], officer: User) -> None:
    if found.is_council:
        found = services.set_up(found, _council(found, row), actor=officer, version=found.version)
    for person in row["assessor"]:
        draft = PersonDraft(
            person["name"], person["organisation"], person["title"], person.get("role", "assessor"), votes=True
        )
        found = services.add(found, draft, actor=officer, version=found.version)
        one = Assessor.objects.filter(appraisal=found).latest("pk")
        if person["declared"]:
            conflict = person["declared"] == "conflict"
            note = person["text"] if conflict else ""
            services.declare(found, one.pk, has_conflict=conflict, note=note, actor=officer)
        if person["sheet"]:
            services.hand_in(found, one.pk, _sheet(found, person), actor=officer)
        found.refresh_from_db()
    if "minutes" in row:
        minutes = MinutesDraft(clock.today(), row["minutes"], _paper(f"Biên bản: {found.get_kind_display()}"))
        services.conclude(found, minutes, actor=officer, version=found.version)


def _council(found: Appraisal, row: dict[str, Any]) -> CouncilDraft:
    decision = DecisionDraft(
        kind=f"council_{found.kind}",
        ground=ground_of(found.kind),
        authority=Authority.objects.get(kind="peoples_committee"),
        signed_on=clock.today(),
        effective_on=clock.today(),
        number=row["number"],
        signatory="Ông Giàng A Ví Dụ, Phó Chủ tịch",
    )
    numbers = (row["size"], row["quorum"], row["numerator"], row["denominator"], row["strictly"])
    return CouncilDraft(decision, VotingRule(*numbers, Base.PRESENT), _paper("Quyết định thành lập hội đồng"))


def _sheet(found: Appraisal, person: dict[str, str]) -> SheetDraft:
    is_for, text = person["sheet"] == "for", person["text"]
    content: dict[str, Any] = {"form": "", "proposal": found.proposal, "opinion": text}
    if found.kind != Kind.ADVISORY:
        known = facts.of_application(found)
        content = {**known, "form": "V.3", "absorbing": text if is_for else "", "to_supplement": "" if is_for else text}
    return SheetDraft(is_for, content, file=_paper("Phiếu đã ký"))


def _paper(title: str) -> SimpleUploadedFile:
    words = "Bản mẫu. Giấy tờ giả định của dữ liệu trình diễn, không có giá trị."
    return SimpleUploadedFile("ban-mau.pdf", papers.pdf(title, words), "application/pdf")
