"""What is kept of a goal, by whom; and what the job finds when facts, the rules or the year have moved."""

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from notifications.models import InboxItem, Message
from portal import jobs
from registry.core import clock
from registry.core.lifecycle import Conflict, Invalid, NotAllowed
from registry.goals import rules, selectors
from registry.goals.figures import looked
from registry.goals.models import Goal, GoalChange, GoalFigures
from registry.goals.services import keep, let_go, look_again
from registry.st_enterprises.conditions import EDITION
from registry.st_enterprises.findings import Figure, Finding, Outcome
from tests.accounts.factories import UserFactory
from tests.goals.conftest import ANSWERS, tell_fact
from tests.parties.factories import owner_of, party

pytestmark = pytest.mark.django_db
Make = Callable[..., Goal]


def run_job(days: int = 0) -> dict[str, int]:
    """The job as `run_jobs` calls it, some days later and in the middle of the day."""
    with clock.at(clock.now() + timedelta(days=days)):
        outcome = jobs.perform("goals", look_again)
    assert not outcome.error, outcome.error
    return outcome.did


def test_what_is_kept_is_what_was_answered(made: Make) -> None:
    goal = made()
    assert (goal.version, goal.verdict, goal.edition) == (1, "not_met", EDITION)
    assert goal.outcomes == {
        "enterprise": "met",
        "sti_results": "met",
        "sti_spending": "not_met",
        "people": "met",
        "sti_products": "met",
    }
    assert rules.met(goal.outcomes) == 4
    assert selectors.saved(goal).answers == ANSWERS


def test_the_share_stands_beside_what_the_article_asks() -> None:
    spending = Finding("sti_spending", Outcome.NOT_MET, ("nd268:49.4.a",), (Figure("of_sums", Fraction(14, 1000)),))
    assert rules.share_of(spending) == rules.Share(Fraction(14, 1000), 2)
    by_basis = {"nd268:49.2.c": 30, "nd268:49.3.c": 20}
    for basis, wanted in by_basis.items():
        found = rules.share_of(Finding("sti_products", Outcome.MET, (basis,), (Figure("of_sums", Fraction(1, 4)),)))
        assert found is not None
        assert found.wanted == wanted
    assert rules.share_of(Finding("people", Outcome.MET, ("nd268:49.4.b",))) is None
    both = Finding("sti_spending", Outcome.UNKNOWN, ("nd268:49.2.a", "nd268:49.4.a"))
    assert rules.share_of(both) is None, "while the size is not known, no one share is asked"


def test_only_who_writes_for_an_enterprise_keeps_and_lets_go(made: Make) -> None:
    viewer, stranger, officer = UserFactory(), UserFactory(), UserFactory(officer=True)
    held = party("Công ty Hai", members={"viewer": [viewer]})
    for person in (viewer, stranger, officer):
        with pytest.raises(NotAllowed):
            keep(held, ANSWERS, actor=person, expected_version=0)
    household = party("Hộ Ba", kind="household")
    with pytest.raises(Invalid):
        keep(household, ANSWERS, actor=owner_of(household), expected_version=0)
    goal = made(held)
    for person in (viewer, stranger, officer):
        with pytest.raises(NotAllowed):
            let_go(goal, actor=person, expected_version=1)
    assert list(selectors.visible_to(viewer)) == [goal]
    assert not selectors.visible_to(stranger) | selectors.visible_to(officer)


def test_versions_stay_and_a_stale_one_is_told(made: Make) -> None:
    goal = made()
    owner = owner_of(goal.party)
    with pytest.raises(Conflict):
        keep(goal.party, ANSWERS, actor=owner, expected_version=0)
    more = ANSWERS | {f"y{year}-sti_spending": ["200000000"] for year in (2023, 2024, 2025)}
    again = keep(goal.party, more, actor=owner, expected_version=1)
    assert (again.pk, again.version, again.verdict) == (goal.pk, 2, "met")
    assert [row.number for row in again.figures.all()] == [2, 1]
    with pytest.raises(Conflict):
        let_go(goal, actor=owner, expected_version=1)
    assert not Message.objects.exists(), "nobody is written to about what they typed themselves"
    let_go(again, actor=owner, expected_version=2)
    assert not Goal.objects.exists()
    assert not GoalFigures.objects.exists()


def test_one_goal_to_a_party_and_one_row_to_a_version(made: Make) -> None:
    goal = made()
    copy = Goal(party=goal.party, version=1, verdict="met", outcomes={}, edition="", created_by=owner_of(goal.party))
    copy.answered_at = copy.created_at = clock.now()
    copy.answered_on = clock.today()
    figures = GoalFigures(goal=goal, number=1, answers={}, saved_at=clock.now(), saved_by=owner_of(goal.party))
    for row in (copy, figures):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_newer_facts_change_an_answer_and_one_letter_says_so(
    made: Make, django_capture_on_commit_callbacks: Any
) -> None:
    goal = made()
    viewer = UserFactory(language="en")
    goal.party.memberships.create(user=viewer, role="viewer", since=clock.today())
    assert run_job() == {"looked": 0, "changed": 0}
    with clock.at("2026-11-25T10:00+07:00"):
        for year in (2023, 2024, 2025):
            tell_fact(goal, "sti_spending", year, 200_000_000)
        with django_capture_on_commit_callbacks(execute=True):
            assert run_job() == {"looked": 1, "changed": 1}
            assert run_job() == {"looked": 0, "changed": 0}
    change = GoalChange.objects.get()
    assert (change.cause, change.verdict_was, change.verdict_now) == ("facts", "not_met", "met")
    assert change.changes == [{"condition": "sti_spending", "was": "not_met", "now": "met"}]
    assert Message.objects.filter(code="goal_changed").count() == 2
    assert InboxItem.objects.filter(code="goal_changed").count() == 2
    by_subject = {one.subject: one.body for one in mail.outbox}
    assert set(by_subject) == {
        "Mục tiêu của “Công ty Chè Thử”: từ “Chưa đạt” thành “Đạt”",
        "The goal of “Công ty Chè Thử”: from “Not met” to “Met”",
    }
    letter = by_subject["Mục tiêu của “Công ty Chè Thử”: từ “Chưa đạt” thành “Đạt”"]
    assert "Chi cho nghiên cứu, phát triển công nghệ và đổi mới sáng tạo: từ “Chưa đạt” thành “Đạt”." in letter
    assert "200" not in letter, "figures stay behind the sign-in"


def test_a_fact_that_changes_no_answer_is_not_written_about(made: Make) -> None:
    goal = made()
    with clock.at("2026-11-25T10:00+07:00"):
        tell_fact(goal, "sti_spending", 2025, 141_000_000)
        assert run_job() == {"looked": 1, "changed": 0}
    goal.refresh_from_db()
    assert goal.answered_on.isoformat() == "2026-11-25"


def test_what_was_typed_after_a_fact_was_recorded_stands(made: Make) -> None:
    goal = made()
    facts = selectors.facts_of([goal.party_id]).get(goal.party_id, [])
    assert facts == []
    with clock.at("2026-11-20T10:00+07:00"):
        tell_fact(goal, "sti_spending", 2025, 900_000_000)
        tell_fact(goal, "net_revenue", 2022, 1)
    facts = selectors.facts_of([goal.party_id])[goal.party_id]
    found = looked(ANSWERS, datetime.fromisoformat("2026-11-22T09:00+07:00"), facts, clock.today())
    assert [(one.name, one.year) for one in found.known] == [("net_revenue", 2022)], "nobody typed that one"
    assert rules.answer_of(found.found).outcomes["sti_spending"] == "not_met"


def test_a_new_year_asks_for_the_figures_of_the_year_that_closed(made: Make) -> None:
    goal = made(**{f"y{year}-sti_spending": ["200000000"] for year in (2023, 2024, 2025)})
    assert goal.verdict == "met"
    with clock.at("2026-12-31T23:30+07:00"):
        assert run_job()["changed"] == 0
    with clock.at("2027-01-01T00:30+07:00"):
        assert run_job()["changed"] == 1
        assert run_job()["changed"] == 0
        facts = looked(ANSWERS, datetime.fromisoformat("2026-11-22T09:00+07:00"), [], clock.today())
        assert {"insured_workers", "capital"} <= set(facts.found.size.missing), "last year's size is another year's"
    change = GoalChange.objects.get()
    assert (change.cause, change.verdict_now) == ("time", "unknown")
    assert {"condition": "sti_spending", "was": "met", "now": "unknown"} in change.changes


def test_other_rules_are_told_as_law_and_silent_where_they_change_nothing(made: Make) -> None:
    """As if the answer had been kept under rules that came before these."""
    goal, same = made(), made(party("Công ty Bốn"))
    Goal.objects.filter(pk=goal.pk).update(
        edition="before", verdict="met", outcomes=goal.outcomes | {"sti_spending": "met"}
    )
    Goal.objects.filter(pk=same.pk).update(edition="before")
    assert run_job() == {"looked": 2, "changed": 1}
    assert GoalChange.objects.get().cause == "law"
    goal.refresh_from_db()
    assert (goal.edition, goal.verdict) == (EDITION, "not_met")


def test_a_condition_that_is_asked_no_more_is_said_to_be_so() -> None:
    before, now = {"effect": "met", "people": "met"}, {"people": "unknown"}
    assert rules.turned(before, now) == (rules.Turned("people", "met", "unknown"), rules.Turned("effect", "met", ""))
    assert rules.cause(same_edition=False, new_facts=True) == "law"
    assert rules.cause(same_edition=True, new_facts=True) == "facts"
    assert rules.cause(same_edition=True, new_facts=False) == "time"


def test_a_run_that_breaks_tells_nobody_and_the_next_one_does(made: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = made()
    with clock.at("2026-11-25T10:00+07:00"):
        for year in (2023, 2024, 2025):
            tell_fact(goal, "sti_spending", year, 200_000_000)
        with monkeypatch.context() as broken:
            broken.setattr("portal.goal_mail.applicants", lambda record: 1 / 0)
            assert jobs.perform("goals", look_again).error == "ZeroDivisionError"
        assert not GoalChange.objects.exists()
        assert run_job() == {"looked": 1, "changed": 1}
