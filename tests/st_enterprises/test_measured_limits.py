"""How long each limit of the certificate's procedure really takes: three working days to check, fifteen days to decide."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from registry.core import clock
from registry.dossiers import measuring, procedure
from registry.dossiers.models import Dossier
from registry.dossiers.services import save_step
from tests.accounts.factories import UserFactory
from tests.parties.factories import owner_of
from tests.st_enterprises.applications import CODE, GRANT, application
from tests.st_enterprises.applications import act as perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=clock.ZONE)  # weeks without a holiday


@pytest.fixture
def officer(db: None) -> Any:
    call_command("sync_roles", verbosity=0)
    return UserFactory(officer=True)


def filed(told: int = 0) -> Dossier:
    """Received on Monday at nine; the portal learns of it so many days later."""
    with clock.at(MONDAY + timedelta(days=told)):
        return application(filed=True, filed_at=MONDAY)


def act(made: Dossier, officer: Any, action: str, day: int, **data: Any) -> Dossier:
    with clock.at(MONDAY + timedelta(days=day)):
        return perform(made, action, officer, **data)


def measured(day: int) -> dict[str, measuring.Record]:
    with clock.at(MONDAY + timedelta(days=day)):
        return {one.limited.step: one for one in measuring.records(procedure.get(CODE))}


def test_each_limit_is_measured_by_itself(officer: Any) -> None:
    made = act(filed(), officer, "declare_valid", 2)
    found = measured(10)
    assert [(row.days, row.kept) for row in found["validity"].rows] == [(2, True)]
    assert found["decision"].rows == (), "still running, and in time"
    act(made, officer, "grant", 12, **GRANT)
    found = measured(20)
    assert [(row.days, row.kept) for row in found["decision"].rows] == [(10, True)]
    assert (found["validity"].limit.amount, found["decision"].limit.amount) == (3, 15)
    assert measuring.record(procedure.get(CODE)) is None


def test_the_check_runs_from_the_receipt_elsewhere_not_from_when_the_portal_learnt_of_it(officer: Any) -> None:
    act(filed(told=3), officer, "declare_valid", 4)
    (row,) = measured(5)["validity"].rows
    assert (clock.local(row.started).date(), row.days, row.kept) == (date(2026, 9, 7), 4, False)


def test_a_supplement_starts_the_check_afresh_and_the_waiting_does_not_count(officer: Any) -> None:
    made = act(filed(), officer, "request_supplement", 1, remarks={"field:technology_process": "Rõ hơn."})
    assert measured(30)["validity"].rows == (), "it waits for the enterprise"
    again = application_sent_again(made, 10)
    act(again, officer, "declare_valid", 11)
    (row,) = measured(12)["validity"].rows
    assert (row.days, row.days_in_all, row.kept) == (1, 2, True)


def application_sent_again(made: Dossier, day: int) -> Dossier:
    moment = MONDAY + timedelta(days=day)
    owner = owner_of(made.party)
    with clock.at(moment):
        for code, data in (
            ("ket-qua", {"technology_process": "Héo, sao hai lửa, vò, sấy."}),
            ("nop", {"filed_at": f"{moment:%d/%m/%Y %H:%M}"}),
        ):
            step = made.kind.step(code)
            assert step is not None
            made = save_step(made, step, data, actor=owner, seen=made.answers_version).dossier
        return perform(made, "resubmit", owner)


def test_what_is_open_past_its_limit_counts_against_that_limit_alone(officer: Any) -> None:
    act(filed(), officer, "declare_valid", 1)
    found = measured(40)
    assert (found["validity"].figures.kept, found["validity"].figures.overdue) == (1, 0)
    assert (found["decision"].figures.answered, found["decision"].figures.overdue) == (0, 1)


def test_each_is_read_before_applying_by_the_public_and_by_the_api(officer: Any, query_budget: Any) -> None:
    for place in range(5):
        valid = act(filed(), officer, "declare_valid", 2)
        refusal = {**GRANT, "number": f"{place}/UBND", "grounds": ["nd268:49.4.a"], "note": "Chưa đủ."}
        act(valid, officer, "refuse", 9, **refusal)
    with clock.at(MONDAY + timedelta(days=20)):
        with query_budget(10):
            page = Client().get("/thu-tuc/chung-nhan-doanh-nghiep-khoa-hoc-va-cong-nghe/").content.decode()
        english = Client().get("/en/procedures/").content.decode()
        rows = {row["code"]: row for row in Client().get("/api/v1/procedures").json()["results"]}
    assert "Thực tế: Sở kiểm tra hồ sơ đủ và hợp lệ" in page
    assert page.index("Thực tế: Sở kiểm tra") < page.index("Thực tế: Sở thẩm định")
    assert page.count("Mười hai tháng qua: 5 hồ sơ đã trả lời.") == 2
    assert "In practice" in english
    first, second = rows[CODE]["limits"]
    assert (first["figures"]["median"], second["figures"]["median"]) == (2, 7)
    assert (first["figures"]["share"], second["figures"]["share"]) == (100, 100)
    assert rows[CODE]["figures"] is None
