"""State × role × action of the application, in both languages; each state's clock; who may decide."""

from typing import Any

import pytest
from django.utils import translation

from registry.core import events
from registry.core.decisions import broken_links
from registry.core.lifecycle import Conflict, Invalid
from registry.core.models.history import Decision, Event
from registry.dossiers import procedure
from registry.parties.models import Fact
from registry.st_enterprises.certification.deciding import CertificationGranted
from tests.accounts.factories import UserFactory
from tests.dossiers.table import (
    DEPARTMENT,
    HELPING,
    ROLES,
    Table,
    has_its_words_in_both_languages,
    is_the_lifecycle,
    somebody,
    try_all,
)
from tests.parties.factories import owner_of, party
from tests.st_enterprises.applications import CHECKED, CODE, DATA, GRANT, REFUSE, act, answers, application, due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

STORIES: dict[str, dict[str, bool]] = {
    "draft": {},
    "filed": {"filed": True},
    "supplement": {"supplement": True},
    "valid": {"valid": True},
    "granted": {"granted": True},
    "refused": {"refused": True},
    "withdrawn": {"withdrawn": True},
}
ALLOWED: Table = {
    **CHECKED,
    "appraise": ({"valid"}, DEPARTMENT, None),
    "grant": ({"valid"}, DEPARTMENT, "granted"),
    "refuse": ({"valid"}, DEPARTMENT, "refused"),
    **HELPING,
}


def test_the_table_is_the_lifecycle_and_has_its_words_in_both_languages() -> None:
    lifecycle = procedure.get(CODE).lifecycle
    is_the_lifecycle(ALLOWED, STORIES, lifecycle)
    has_its_words_in_both_languages(lifecycle)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("story", STORIES)
def test_state_by_role_by_action(story: str, language: str, freeze: Any) -> None:
    freeze("2026-11-27T09:00")
    here = party("Công ty TNHH Chè Thử", members={"editor": [UserFactory()], "viewer": [UserFactory()]})
    made = application(organisation=here, **STORIES[story])
    people = {role: somebody(role, made) for role in ROLES}
    freeze("2026-11-27T10:00")
    if story == "supplement":
        again(made)
    with translation.override(language):
        try_all(ALLOWED, made, story, people, DATA)


def again(made: Any) -> None:
    """What was supplemented was received anew."""
    made.answers["filed_at"] = "2026-11-27T09:30:00+07:00"
    made.save(update_fields=["answers"])


def test_the_second_of_two_officers_is_told_and_nothing_is_decided_twice() -> None:
    made = application(valid=True)
    one, two = UserFactory(officer=True), UserFactory(officer=True)
    act(made, "grant", one, **GRANT)
    with pytest.raises(Conflict):
        act(made, "refuse", two, **{**REFUSE, "number": "13/UBND"})
    assert Decision.objects.filter(subject=made.subject).count() == 1


def test_three_working_days_for_validity_pass_over_tet(freeze: Any) -> None:
    now = freeze("2027-02-01T09:00")
    made = application(filed=True, filed_at=now)
    assert due(made) == "2027-02-11"


def test_the_clock_runs_from_the_receipt_and_not_from_when_it_was_told_here(freeze: Any) -> None:
    received = freeze("2027-01-18T09:00")
    freeze("2027-01-19T15:00")
    made = application(filed=True, filed_at=received)
    assert made.received_at == received
    assert due(made) == "2027-01-21"


@pytest.mark.parametrize(
    ("found_valid", "last_day"),
    [
        ("2027-01-19", "2027-02-03"),
        ("2027-01-20", "2027-02-11"),
        ("2027-01-22", "2027-02-11"),
        ("2027-04-15", "2027-05-04"),
    ],
)
def test_fifteen_days_run_from_the_day_it_was_found_valid(freeze: Any, found_valid: str, last_day: str) -> None:
    freeze(f"{found_valid}T09:00")
    assert due(application(valid=True)) == last_day


def test_a_supplement_stops_the_check_and_restarts_it_and_after_validity_nothing_stops(freeze: Any) -> None:
    freeze("2027-01-18T09:00")
    made = application(supplement=True)
    officer = UserFactory(officer=True)
    assert due(made) == ""
    freeze("2027-01-20T10:00")
    made.answers["filed_at"] = "2027-01-20T08:00:00+07:00"
    made.save(update_fields=["answers"])
    made = act(made, "resubmit", owner_of(made.party))
    assert due(made) == "2027-01-25"
    freeze("2027-01-22T09:00")
    made = act(made, "declare_valid", officer)
    with pytest.raises(Conflict):
        act(made, "request_supplement", officer, remarks=DATA["remarks"])
    made = act(made, "appraise", officer, appraisal="experts", note="Hỏi hai chuyên gia.")
    assert due(made) == "2027-02-11"
    assert made.state == "valid"


def test_granting_records_the_decision_tells_the_register_and_keeps_the_figures(monkeypatch: Any) -> None:
    told: list[CertificationGranted] = []
    monkeypatch.setitem(events._handlers, CertificationGranted, [told.append])
    made = application(valid=True)
    officer = UserFactory(officer=True)
    made = act(made, "appraise", officer, appraisal="own")
    made = act(made, "grant", officer, **GRANT)
    decision = Decision.objects.get(subject=made.subject)
    assert (decision.kind, decision.ground, decision.number) == ("grant", "nd268:51.2", "12/QĐ-UBND")
    assert decision.authority.code == "ubnd-tinh"
    assert '"appraisal":"own"' in decision.content
    assert broken_links() == []
    assert [(one.dossier, one.decision) for one in told] == [(made, decision)]
    assert (made.state, made.due_at, bool(made.closed_at)) == ("granted", None, True)
    spending = Fact.objects.filter(party=made.party, code="st_sti_spending")
    assert {(one.period, int(one.value)) for one in spending} == {
        (str(row["year"]), 200_000_000) for row in answers(made)["years"]
    }
    assert made.party.addresses.get(until=None).text == "Bản Thử 1"


def test_a_refusal_names_its_grounds_and_its_reason() -> None:
    made = application(refused=True)
    decision = Decision.objects.get(subject=made.subject)
    assert (decision.kind, decision.ground) == ("refuse", "nd268:51.2")
    assert '"grounds":["nd268:49.4.a"]' in decision.content
    assert "điểm a khoản 4 Điều 49" in decision.reason
    assert Event.objects.filter(subject=made.subject, action="refuse").get().note == REFUSE["note"]
    assert not Fact.objects.filter(party=made.party).exists()


@pytest.mark.parametrize(
    ("action", "wrong", "field"),
    [
        ("grant", {"number": ""}, "number"),
        ("grant", {"signatory": ""}, "signatory"),
        ("grant", {"authority": "so-khcn"}, "delegation"),
        ("grant", {"authority": "bo-khcn"}, "authority"),
        ("grant", {"authority": "khong-co"}, "authority"),
        ("grant", {"signed_on": "2026-01-01"}, "signed_on"),
        ("grant", {"signed_on": "2099-01-01"}, "signed_on"),
        ("refuse", {"grounds": []}, "grounds"),
        ("refuse", {"grounds": ["nd268:50.1"]}, "grounds"),
        ("refuse", {"note": " "}, "note"),
        ("appraise", {"appraisal": "phone"}, "appraisal"),
    ],
)
def test_what_an_act_states_is_judged(freeze: Any, action: str, wrong: dict[str, Any], field: str) -> None:
    freeze("2026-11-27T09:00")
    made = application(valid=True)
    with pytest.raises(Invalid) as refused:
        act(made, action, UserFactory(officer=True), **{**DATA, **wrong})
    assert field in refused.value.problems
    made.refresh_from_db()
    assert made.state == "valid"


def test_the_department_decides_by_a_delegation() -> None:
    made = application(valid=True)
    stated = {**GRANT, "authority": "so-khcn", "delegation": "Quyết định 5/QĐ-UBND"}
    made = act(made, "grant", UserFactory(leader=True), **stated)
    assert Decision.objects.get(subject=made.subject).authority.code == "so-khcn"
