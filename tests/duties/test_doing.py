"""Who does what about a duty: the lifecycles, evidence, files, two at once."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from registry.certificates.models import Certificate
from registry.core import clock
from registry.core.files import may_read
from registry.core.lifecycle import Conflict, Invalid, NotAllowed
from registry.core.models import PrivateFile
from registry.core.models.history import Event, ReadLog
from registry.duties.lifecycle import NOTICE_LIFECYCLE, REPORT_LIFECYCLE
from registry.duties.models import Notice, YearReport
from registry.duties.rules import DutyKind
from registry.duties.selectors import ledger
from registry.duties.services import act_on_notice, act_on_report, save_figures
from registry.parties.models import Membership
from tests.accounts.factories import UserFactory, sign_in
from tests.certificates.factories import certificate, decide
from tests.duties.factories import fulfilled, pdf, received
from tests.parties.factories import party

pytestmark = pytest.mark.django_db


def state_of(found: Certificate, kind: DutyKind, as_of: date | None = None) -> list[str]:
    rows = ledger(as_of, Certificate.objects.filter(pk=found.pk))
    return [one.state for one in rows if one.kind is kind]


def test_the_lifecycles_hold_together() -> None:
    assert NOTICE_LIFECYCLE.check() == REPORT_LIFECYCLE.check() == []


def test_a_notice_is_fulfilled_once_and_opened_again_with_a_reason(officer: Any) -> None:
    found = certificate(actor=officer)
    assert state_of(found, DutyKind.MINISTRY) == ["late"]
    notice = fulfilled(found, "ministry", officer, file=pdf("cong-van.pdf"))
    assert state_of(found, DutyKind.MINISTRY) == ["done"]
    assert (notice.done_on, notice.document, notice.file.name) == (date(2026, 3, 20), "15/SKHCN-QLKH", "cong-van.pdf")
    for version in (0, notice.version):
        with pytest.raises(Conflict):
            fulfilled(found, "ministry", officer, version=version)
    decision = notice.decision
    with pytest.raises(Invalid):
        act_on_notice(found, decision, "ministry", "reopen", actor=officer, data={}, expected_version=notice.version)
    act_on_notice(
        found, decision, "ministry", "reopen", actor=officer, data={"note": "Nhầm giấy."}, expected_version=notice.version
    )  # fmt: skip
    assert state_of(found, DutyKind.MINISTRY) == ["late"]
    told = Event.objects.filter(subject=notice.subject).order_by("version")
    assert [(one.action, one.note, one.data["document"]) for one in told] == [
        ("fulfil", "", "15/SKHCN-QLKH"),
        ("reopen", "Nhầm giấy.", "15/SKHCN-QLKH"),
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"done_on": ""}, "done_on"),
        ({"done_on": "31/02/2026"}, "done_on"),
        ({"done_on": "28/11/2026"}, "done_on"),  # tomorrow
        ({"done_on": "11/03/2026"}, "done_on"),  # the day before the decision
        ({"document": ""}, "document"),  # no evidence at all
        ({"document": "x" * 61}, "document"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ\x90\x00")}, "file"),
    ],
)
def test_evidence_that_does_not_do(officer: Any, wrong: dict[str, Any], field: str) -> None:
    found = certificate(actor=officer)
    with pytest.raises(Invalid) as told:
        fulfilled(found, "ministry", officer, **wrong)
    assert field in told.value.problems
    assert not Notice.objects.exists()


def test_only_certificate_officers_fulfil_and_not_for_their_own(officer: Any) -> None:
    found = certificate(actor=officer)
    for other in (UserFactory(leader=True), UserFactory(editor=True), UserFactory(admin=True), UserFactory()):
        with pytest.raises(NotAllowed):
            fulfilled(found, "ministry", other)
    Membership.objects.create(party=found.party, user=officer, role="viewer", since=clock.today())
    with pytest.raises(NotAllowed):
        fulfilled(found, "ministry", officer)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ({"state": "done"}, "notice_done_has_evidence"),
        ({"state": "done", "done_on": date(2026, 3, 20)}, "notice_done_has_evidence"),
        ({"state": "open", "document": "5"}, "notice_done_has_evidence"),
    ],
)
def test_the_database_wants_evidence(officer: Any, broken: dict[str, Any], name: str) -> None:
    found = certificate(actor=officer)
    decision = found.versions.get().decision
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Notice.objects.create(certificate=found, decision=decision, kind="ministry", **broken)
    with pytest.raises(IntegrityError, match="year_report_receipt_whole"), transaction.atomic():
        YearReport.objects.create(certificate=found, year=2026, state="reported", received_on=date(2026, 12, 1))


def test_the_database_knows_a_duty_once(officer: Any) -> None:
    found = certificate(actor=officer)
    notice = fulfilled(found, "ministry", officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(certificate=found, decision=notice.decision, kind="ministry", state="open")
    received(found, 2026, officer, "20/11/2026")
    with pytest.raises(IntegrityError), transaction.atomic():
        YearReport.objects.create(certificate=found, year=2026, state="draft")


def test_each_decision_brings_its_own_and_maintaining_closes_the_review(officer: Any) -> None:
    found = certificate(actor=officer, issued=date(2025, 11, 3))
    for kind in ("incentive_bodies", "national_platform", "ministry"):
        fulfilled(found, kind, officer)
    found = certificate(actor=officer, regime="nd13", number="45/ĐK-DNKHCN", issued=date(2023, 11, 3))
    found = decide(found, "maintain", officer, signed_on="2026-06-01")
    rows = [one for one in ledger(date(2026, 6, 1)) if one.kind is DutyKind.REVIEW and one.certificate == found.number]
    assert [(one.state, one.due, one.done.evidence if one.done else "") for one in rows] == [
        ("done", date(2026, 11, 3), "maintain/QĐ-UBND"),
        ("open", date(2029, 11, 3), ""),
    ]
    decide(found, "cancel", officer, signed_on="2026-07-01")
    rows = [one for one in ledger(date(2026, 7, 2)) if one.certificate == found.number]
    told = {(one.kind, one.cause.what) for one in rows if one.cause and one.state == "open"}
    assert told == {(kind, "cancelled") for kind in ("incentive_bodies", "national_platform", "ministry")}
    assert [one.state for one in rows if one.kind is DutyKind.REVIEW] == ["done"]


def test_three_missing_years_stay_a_proposal_until_the_department_gives_notice(officer: Any) -> None:
    found = certificate(actor=officer, issued=date(2025, 11, 3))
    with clock.at("2028-01-10T09:00"):
        assert state_of(found, DutyKind.WITHDRAWAL_PROPOSAL) == ["open"]
        found.refresh_from_db()
        assert (found.state, found.ended_on) == ("valid", None)
        decide(found, "notify", officer, signed_on="2028-01-10", ground="nd268:53.2.b")
        assert state_of(found, DutyKind.WITHDRAWAL_PROPOSAL) == ["done"]


def test_reported_is_with_the_receipt_alone(officer: Any) -> None:
    owner, viewer = UserFactory(), UserFactory()
    found = certificate(actor=officer, holder=party("Công ty A", owner=owner, members={"viewer": [viewer]}))
    save_figures(found, 2026, {"workers": 4}, actor=owner, seen=0)
    assert state_of(found, DutyKind.YEAR_REPORT) == ["open"]
    for stranger in (viewer, UserFactory(), UserFactory(leader=True)):
        with pytest.raises(NotAllowed):
            received(found, 2026, stranger, "20/11/2026")
    report = received(found, 2026, owner, "20/11/2026")
    assert state_of(found, DutyKind.YEAR_REPORT) == ["done"]
    assert state_of(found, DutyKind.YEAR_REPORT, date(2026, 11, 19)) == ["open"]
    with pytest.raises(Conflict):
        save_figures(found, 2026, {"workers": 5}, actor=owner, seen=1)
    file = PrivateFile.objects.get()
    readers = [owner, viewer, officer, UserFactory(leader=True)]
    assert all(may_read(file, user) for user in readers)
    assert not any(may_read(file, user) for user in (UserFactory(), UserFactory(editor=True)))
    with pytest.raises(NotAllowed):
        act_on_report(found, 2026, "take_back", actor=owner, data={"note": "x"}, expected_version=report.version)
    act_on_report(found, 2026, "take_back", actor=officer, data={"note": "Nhầm năm."}, expected_version=report.version)
    assert state_of(found, DutyKind.YEAR_REPORT) == ["open"]
    assert not may_read(file, owner)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": " "}, "number"),
        ({"received_on": "2025-12-31"}, "received_on"),  # before the year
        ({"received_on": "28/11/2026"}, "received_on"),  # tomorrow
        ({"received_on": "hôm qua"}, "received_on"),
        ({"file": None}, "file"),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "file"),
        ({"file": SimpleUploadedFile("a.pdf", b"no pdf")}, "file"),
    ],
)
def test_a_receipt_that_does_not_do(officer: Any, wrong: dict[str, Any], field: str) -> None:
    found = certificate(actor=officer)
    data = {"number": "BN-1", "received_on": "20/11/2026", "file": pdf()} | wrong
    with pytest.raises(Invalid) as told:
        act_on_report(found, 2026, "receive", actor=officer, data=data, expected_version=0)
    assert field in told.value.problems
    assert not YearReport.objects.exists()


def test_figures_that_somebody_else_saved_meanwhile(officer: Any) -> None:
    owner = UserFactory()
    found = certificate(actor=officer, holder=party("Công ty A", owner=owner))
    save_figures(found, 2026, {"workers": 4}, actor=owner, seen=0)
    with pytest.raises(Conflict):
        save_figures(found, 2026, {"workers": 5}, actor=owner, seen=0)
    assert YearReport.objects.get().figures == {"workers": 4}
    with pytest.raises(NotAllowed):
        save_figures(found, 2026, {}, actor=officer, seen=1)


LIST, REPORTS = "/quan-tri/nghia-vu/", "/quan-tri/nghia-vu/bao-cao/"


def test_the_desk(client: Client, officer: Any, query_budget: Any) -> None:
    found = certificate(actor=officer)
    position = found.versions.get().decision.position
    here = f"{LIST}{found.public_id}/ministry/{position}/"
    sign_in(client, officer)
    page = client.get(LIST).content.decode()
    assert here in page
    assert "Cách đọc của Sở: khoản 2 Điều 66" in page
    reviews = client.get(f"{LIST}?nhom=dang-mo&viec=review").content.decode()
    assert "Cách đọc của Sở: các kỳ ba năm" in reviews
    assert "Cách đọc của Sở: khoản 2 Điều 66" not in reviews
    assert "luật không ấn định ngày" in client.get(f"{LIST}?nhom=dang-mo&viec=incentive_bodies").content.decode()
    typed = {"version": "0", "act": "fulfil", "done_on": "1/1/2020", "document": "15/SKHCN"}
    refused = client.post(here, typed)
    assert refused.status_code == 400
    assert "không thể làm trước ngày ấy" in refused.content.decode()
    assert 'value="15/SKHCN"' in refused.content.decode()
    assert client.post(here, typed | {"done_on": "20/03/2026"}).status_code == 302
    stale = client.post(here, typed | {"done_on": "21/03/2026", "document": "gõ dở"})
    assert stale.status_code == 409
    assert "gõ dở" in stale.content.decode()
    assert "15/SKHCN" in client.get(f"{LIST}?nhom=xong").content.decode()
    assert client.get(f"{LIST}{found.public_id}/review/{position}/").status_code == 404
    assert client.get(f"{LIST}{found.public_id}/ministry/{position + 1}/").status_code == 404
    assert client.post(here, {"version": "1", "act": "x"}).status_code == 409
    for number in range(3):
        certificate(actor=officer, name_vi=f"Công ty {number}")
    with query_budget(25):
        client.get(LIST)
    with query_budget(25):
        client.get(REPORTS)


def test_proposals_are_told_once_and_each_names_its_certificate(client: Client, officer: Any) -> None:
    found = [certificate(actor=officer, issued=date(2025, 11, 3), name_vi=f"Công ty {n}") for n in (1, 2)]
    with clock.at("2028-01-10T09:00"):
        sign_in(client, officer)
        page = client.get(LIST).content.decode()
    basis = "(điểm b khoản 2 Điều 53 Nghị định 268/2025/NĐ-CP). Chỉ là đề nghị"
    assert (page.count(basis), page.count("Muốn thu hồi thì thông báo")) == (1, 1)
    for number, one in enumerate(found, 1):
        here = f'<li><a href="/quan-tri/giay-chung-nhan/{one.public_id}/">{one.number}</a>'
        assert f"{here}, Công ty {number}: đến hết năm 2027</li>" in page


def test_the_desk_reads_a_report_and_leaves_its_line(client: Client, officer: Any) -> None:
    owner = UserFactory()
    found = certificate(actor=officer, holder=party("Công ty A", owner=owner))
    sign_in(client, officer)
    here = f"{REPORTS}{found.public_id}/2026/"
    assert "Chưa đến hạn" in client.get(f"{REPORTS}?nam=2026").content.decode()
    assert client.get(f"{REPORTS}?nam=x").status_code == 200
    assert not ReadLog.objects.exists()
    save_figures(found, 2026, {"total_revenue": 1_234_500_000}, actor=owner, seen=0)
    assert "1.234,5" in client.get(here).content.decode()
    assert client.get(f"{here}mau-v6.docx").status_code == 200
    assert ReadLog.objects.filter(user=officer).count() == 2
    assert client.get(f"{REPORTS}{found.public_id}/2031/").status_code == 404
    receipt = {"version": "0", "act": "receive", "number": "BN-7", "received_on": "20/11/2026", "file": pdf()}
    assert client.post(here, receipt).status_code == 302
    assert "BN-7" in client.get(f"{REPORTS}?nam=2026").content.decode()
    leader = sign_in(Client(), UserFactory(leader=True))
    back = leader.post(here, {"version": "1", "act": "take_back", "note": "Nhầm."})
    assert back.status_code == 403
    assert "Lãnh đạo xem được" in back.content.decode()
    assert client.post(here, {"version": "1", "act": "take_back", "note": "Nhầm."}).status_code == 302
