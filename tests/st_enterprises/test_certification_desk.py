"""The department's pages of an application, who is told of its acts, and who reads nothing of it."""

from typing import Any

import pytest
from django.test import Client

from notifications.models import InboxItem, Message
from registry.core.models import ReadLog
from tests.accounts.factories import UserFactory
from tests.dossiers.visitors import at_the_desk, visitor
from tests.parties.factories import owner_of, party
from tests.st_enterprises.applications import HERE, act, application, there, year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

SECRETS = ("000000000123", "Bản Kín 7", "Bản Kín 8", "Tẩn A Kín", "0912345678", "10.500.000.000", "Lò Thị Mẫu")


@pytest.mark.parametrize("state", ["draft", "filed", "valid", "granted"])
def test_nobody_else_reads_a_word_of_it(state: str) -> None:
    made = application(**({state: True} if state != "draft" else {}))
    officer = at_the_desk()
    for who in (Client(), visitor(UserFactory()), visitor(owner_of(party("Công ty Khác")))):
        for step in ("", "dai-dien", "so-lieu", "kiem-tra", "ban-gui/1.pdf"):
            answer = who.get(there(made, step) if ".pdf" not in step else f"{there(made)}{step}")
            assert answer.status_code in (302, 404)
            assert not any(secret in answer.content.decode(errors="ignore") for secret in SECRETS)
    for address in ("/thu-tuc/", "/khoi-nghiep/", "/tim-kiem/?q=che+thu", "/api/v1/search?q=che", "/api/v1/procedures"):
        body = Client().get(address).content.decode()
        assert not any(secret in body for secret in (*SECRETS, "Công ty TNHH Chè Thử"))
    if state != "draft":
        page = officer.read(f"/quan-tri/ho-so/{made.reference}/")
        assert not any(secret in page for secret in SECRETS)
        assert not ReadLog.objects.exists()
        shown = officer.read(f"/quan-tri/ho-so/{made.reference}/?show=restricted")
        assert all(secret in shown for secret in SECRETS)
        assert {"identity_number", "years", "rd_staff"} <= set(ReadLog.objects.get().fields)


def test_the_desk_shows_the_clock_of_the_state_and_what_can_be_done(freeze: Any) -> None:
    freeze("2027-01-18T09:00")
    officer = at_the_desk()
    made = application(filed=True)
    page = officer.read(f"/quan-tri/ho-so/{made.reference}/")
    assert "3 ngày làm việc" in page
    assert "khoản 1 Điều 51" in page
    assert "Hồ sơ hợp lệ" in page
    assert made.reference in officer.read("/quan-tri/ho-so/?due=&state=open")
    made = act(made, "declare_valid", officer.user)
    made = act(made, "appraise", officer.user, appraisal="council", note="Hội đồng năm người.")
    page = officer.read(f"/quan-tri/ho-so/{made.reference}/")
    assert "khoản 2 Điều 51" in page
    assert "Hội đồng thẩm định hồ sơ" in page
    assert "Yêu cầu bổ sung" not in page
    freeze("2027-03-01T09:00")
    assert made.reference in officer.read("/quan-tri/ho-so/?due=overdue")


def test_the_department_acts_by_its_pages(freeze: Any) -> None:
    freeze("2027-01-18T09:00")
    officer = at_the_desk()
    made = application(filed=True)
    address = f"/quan-tri/ho-so/{made.reference}/"
    steps = [
        ("declare_valid", {}, "valid"),
        ("appraise", {"appraisal": "own"}, "valid"),
        ("refuse", {"grounds": ["nd268:49.4.a", "nd268:49.4.b"], "note": "Chưa đủ.", "number": "3/UBND", "signatory": "Lộc", "authority": "ubnd-tinh"}, "refused"),
    ]  # fmt: skip
    wrong = officer.post(f"{address}refuse/", {"version": made.version})
    assert wrong.status_code == 409
    for action, data, state in steps:
        answer = officer.post(f"{address}{action}/", {"version": made.version, **data})
        assert answer.status_code == 302, answer.content.decode()
        made.refresh_from_db()
        assert made.state == state
    mine = visitor(owner_of(made.party)).read(there(made))
    assert "điểm b khoản 4 Điều 49" in mine
    assert "Chưa đủ." in mine
    english = visitor(owner_of(made.party)).read(f"/en/account/st-certification/{made.reference}/")
    assert "point a, clause 4, Article 49 of Decree 268/2025/NĐ-CP: Small and micro: 2 per cent or more" in english
    assert "point b, clause 4, Article 49 of Decree 268/2025/NĐ-CP: Small and micro: 2 or more people" in english


def test_each_act_is_told_to_whom_it_concerns(freeze: Any) -> None:
    freeze("2027-01-18T09:00")
    officer, people = UserFactory(officer=True), {"vi": UserFactory(language="vi"), "en": UserFactory(language="en")}
    here = party("Công ty TNHH Chè Thử", owner=people["vi"], members={"editor": [people["en"]]})
    made = application(organisation=here, supplement=True, officer=officer)
    granted = application(organisation=here, granted=True, officer=officer)
    refused = application(organisation=here, refused=True, officer=officer)
    for person in people.values():
        told = set(InboxItem.objects.filter(user=person).values_list("code", flat=True))
        assert told == {
            "dossier_submitted", "supplement_requested", "certification_valid", "certification_granted", "certification_refused",
        }  # fmt: skip
    asked = Message.objects.get(code="supplement_requested", user=people["vi"])
    assert "trong 3 ngày làm việc" in asked.body_text
    assert f"{HERE}{made.reference}/" in asked.body_text
    valid = Message.objects.filter(code="certification_valid", user=people["vi"]).order_by("pk")[0]
    assert "02/02/2027" in valid.body_text
    english = Message.objects.get(code="certification_refused", user=people["en"])
    assert f"/en/account/st-certification/{refused.reference}/" in english.body_text
    assert granted.reference in Message.objects.get(code="certification_granted", user=people["vi"]).subject


def test_the_desk_shows_what_the_rules_make_of_the_dossier_and_its_figures_only_when_asked(freeze: Any) -> None:
    freeze("2026-12-21T09:00")
    officer = at_the_desk()
    rows = [year(number, sti_spending="140000000") for number in (2025, 2024, 2023)]
    made = application(filed=True, years=rows)
    freeze("2027-01-04T09:00")  # the years that count are those of the day it was received
    address = f"/quan-tri/ho-so/{made.reference}/"

    def verdict(page: str) -> str:
        return page.partition("case-judged")[2].partition("</section>")[0].replace("\xa0", " ")

    closed = verdict(officer.read(address))
    assert all(said in closed for said in ("Chưa đạt", "theo ngày nhận 21/12/2026", "không quyết định thay"))
    assert all(f"điểm {point} khoản 4 Điều 49" in closed for point in "abc")
    assert all(
        secret not in closed for secret in ("1,4 %", "420.000.000", "10.000.000.000", "Còn thiếu", "180.000.000")
    )
    assert not ReadLog.objects.exists()
    opened = verdict(officer.read(f"{address}?show=restricted"))
    assert all(said in opened for said in ("1,4 %", "420.000.000", "Còn thiếu ít nhất", "180.000.000", "Nguyên văn"))
    line = ReadLog.objects.get(user=officer.user, subject=made.subject)
    assert {"years", "sti_people"} <= set(line.fields)
