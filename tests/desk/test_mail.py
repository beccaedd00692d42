"""Whom the acts of a dossier and its clock concern, and what they are told."""

import re

import pytest
from django.db import transaction

from notifications.models import InboxItem, Message
from portal import jobs
from portal.dossier_mail import remind
from registry.core import clock
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import act, dossier
from tests.parties.factories import party

pytestmark = pytest.mark.django_db

PERSONAL = ("Lò Thị Mẫu", "001234567890", "lienhe@minhhoa.example", "0912")


@pytest.fixture
def people() -> dict:
    return {
        "founder": UserFactory(full_name="Giàng A Chủ", language="en"),
        "colleague": UserFactory(full_name="Chảo Thị Xem"),
        "officer": UserFactory(officer=True, full_name="Vàng A Sử"),
        "officer2": UserFactory(officer=True, full_name="Trần Thị Hạnh"),
        "own_officer": UserFactory(officer=True, full_name="Lò Văn Trong"),
        "leader": UserFactory(leader=True, full_name="Nguyễn Văn Lộc"),
        "editor": UserFactory(editor=True),
    }


@pytest.fixture
def organisation(people):
    members = {"viewer": [people["colleague"]], "editor": [people["own_officer"]]}
    return party("Hợp tác xã Minh Họa", owner=people["founder"], members=members)


def told(code: str) -> set[str]:
    """The names of those to whom a message was written."""
    return set(Message.objects.filter(code=code).values_list("user__full_name", flat=True))


MEMBERS = {"Giàng A Chủ", "Chảo Thị Xem", "Lò Văn Trong"}


def test_submitting(people, organisation) -> None:
    made = dossier(submitted=True, organisation=organisation)
    assert told("dossier_submitted") == MEMBERS
    assert told("dossier_arrived") == {"Vàng A Sử", "Trần Thị Hạnh"}
    english = Message.objects.get(code="dossier_submitted", user=people["founder"])
    assert f"/en/account/startups/{made.reference}/" in english.body_text
    vietnamese = Message.objects.get(code="dossier_submitted", user=people["colleague"])
    assert f"/tai-khoan/khoi-nghiep/{made.reference}/" in vietnamese.body_text
    assert f"/quan-tri/ho-so/{made.reference}/" in Message.objects.filter(code="dossier_arrived")[0].body_text


def test_asking_for_a_supplement(people, organisation) -> None:
    remarks = {"field:pitch_vi": "Viết rõ.", "field:capital": "Ghi năm."}
    dossier(supplement=True, organisation=organisation, officer=people["officer"], remarks=remarks)
    assert told("supplement_requested") == MEMBERS
    text = Message.objects.get(code="supplement_requested", user=people["colleague"]).body_text
    assert "cần bạn bổ sung 2 mục" in text
    assert "Sở trả lời trong 5 ngày làm việc" in text
    assert "Viết rõ." not in text


def test_answering_a_supplement(people, organisation) -> None:
    made = dossier(supplement=True, organisation=organisation, officer=people["officer"])
    act(made, "assign", people["officer"], assignee=people["officer2"].pk)
    made.refresh_from_db()
    act(made, "resubmit", people["founder"])
    assert told("supplement_received") == {"Trần Thị Hạnh"}


def test_publishing(people, organisation) -> None:
    made = dossier(published=True, organisation=organisation, officer=people["officer"])
    assert told("startup_published") == MEMBERS
    for language, user in (("en", "founder"), ("vi", "colleague")):
        text = Message.objects.get(code="startup_published", user=people[user]).body_text
        assert made.kind.public_url(made, language) in text


def test_refusing_and_taking_down(people, organisation) -> None:
    dossier(refused=True, organisation=organisation, officer=people["officer"])
    dossier(taken_down=True, organisation=organisation, officer=people["officer"])
    for code, reason in (("startup_refused", "chưa có sản phẩm"), ("startup_unlisted", "đề nghị gỡ")):
        assert told(code) == MEMBERS
        assert reason not in " ".join(Message.objects.filter(code=code).values_list("body_text", flat=True))


def test_no_subject_and_no_body_holds_personal_data(people, organisation) -> None:
    dossier(supplemented=True, supplement=True, organisation=organisation, officer=people["officer"])
    dossier(taken_down=True, organisation=organisation, officer=people["officer"])
    for message in Message.objects.exclude(code__startswith="account_"):
        for secret in PERSONAL:
            assert secret not in message.subject + message.body_text, message.code
        assert re.match(r"^[^\n]{5,120}$", message.subject)


def test_an_act_undone_tells_nobody(people, organisation) -> None:
    made = dossier(submitted=True, organisation=organisation)
    with transaction.atomic():
        act(made, "refuse", people["officer"], note="Thử")
        transaction.set_rollback(True)
    assert told("startup_refused") == set()


# --- reminders


def test_somebody_is_reminded_one_working_day_before(people, organisation, freeze) -> None:
    freeze("2026-10-05T09:00")  # due on Monday 12 October
    dossier(submitted=True, organisation=organisation)
    assert remind(freeze("2026-10-08T09:00")) == {"dossier_due_soon": 0, "dossier_overdue": 0}
    assert remind(freeze("2026-10-09T09:00")) == {"dossier_due_soon": 1, "dossier_overdue": 0}
    assert told("dossier_due_soon") == {"Vàng A Sử", "Trần Thị Hạnh"}
    assert remind(freeze("2026-10-12T23:00")) == {"dossier_due_soon": 0, "dossier_overdue": 0}


def test_overdue_is_the_leaders_business_too(people, organisation, freeze) -> None:
    freeze("2026-10-05T09:00")
    made = dossier(submitted=True, organisation=organisation)
    act(made, "assign", people["officer"], assignee=people["officer"].pk)
    now = freeze("2026-10-13T00:01")
    assert remind(now) == {"dossier_due_soon": 0, "dossier_overdue": 1}
    assert told("dossier_overdue") == {"Vàng A Sử", "Nguyễn Văn Lộc"}
    assert remind(now) == {"dossier_due_soon": 0, "dossier_overdue": 0}
    assert remind(freeze("2026-10-20T09:00"))["dossier_overdue"] == 0
    assert InboxItem.objects.filter(code="dossier_overdue").count() == 2


def test_who_takes_an_overdue_dossier_is_told_once(people, organisation, freeze) -> None:
    freeze("2026-10-05T09:00")
    made = dossier(submitted=True, organisation=organisation)
    made = act(made, "assign", people["officer"], assignee=people["officer"].pk)
    now = freeze("2026-10-13T09:00")
    remind(now)
    act(made, "assign", people["officer"], assignee=people["officer2"].pk)
    remind(now)
    remind(now)
    assert told("dossier_overdue") == {"Vàng A Sử", "Trần Thị Hạnh", "Nguyễn Văn Lộc"}
    assert Message.objects.filter(code="dossier_overdue").count() == 3


@pytest.mark.parametrize("trait", ["supplement", "refused", "published", "withdrawn"])
def test_no_clock_no_reminder(people, organisation, freeze, trait: str) -> None:
    freeze("2026-10-05T09:00")
    dossier(organisation=organisation, **({"submitted": True} if trait == "withdrawn" else {}), **{trait: True})
    assert remind(freeze("2026-12-01T09:00")) == {"dossier_due_soon": 0, "dossier_overdue": 0}


def test_a_supplement_starts_a_new_due_date_and_a_new_reminder(people, organisation, freeze) -> None:
    freeze("2026-10-05T09:00")
    made = dossier(submitted=True, organisation=organisation)
    made = act(made, "assign", people["officer"], assignee=people["officer"].pk)
    remind(freeze("2026-10-13T09:00"))
    made = act(made, "request_supplement", people["officer"], remarks={"field:pitch_vi": "Viết rõ."})
    freeze("2026-10-14T09:00")
    act(made, "resubmit", people["founder"])
    assert remind(freeze("2026-11-20T09:00"))["dossier_overdue"] == 1


def test_the_job_is_lent() -> None:
    assert "reminders" in jobs.names()
    _run, outcomes = jobs.run("reminders")
    assert [(one.job, one.error) for one in outcomes] == [("reminders", "")]
    assert clock.now()
