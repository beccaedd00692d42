"""What an act rests on depends on the day, and no decision rests on a law that is not one on its day."""

from datetime import date

import pytest

from registry.core import clock
from registry.core.citations import acts
from registry.core.decisions import DecisionDraft, record_decision
from registry.core.grounds import Ground, ground_in_words, ground_on, is_law_on
from registry.core.lifecycle import Invalid
from registry.core.models import Authority, Decision, Event
from registry.startups.deciding import GROUNDS
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import dossier

BEFORE, FROM = date(2025, 10, 13), date(2025, 10, 14)


def test_the_ground_of_a_day():
    grounds = (Ground("nd268:66.4", effective_from=FROM), Ground("Lệ của Sở", effective_to=FROM))
    assert ground_on(grounds, BEFORE) == "Lệ của Sở"
    assert ground_on(grounds, FROM) == "nd268:66.4"
    with pytest.raises(LookupError):
        ground_on(grounds[:1], BEFORE)


@pytest.mark.parametrize(
    ("says", "on", "may"),
    [
        ("nd268:66.4", BEFORE, False),
        ("nd268:66.4", FROM, True),
        ("nd268:999", FROM, False),
        ("nd999:1", FROM, False),
        ("nd13:4.1", date(2020, 1, 1), False),  # its first day was never read
        ("nd13:4.1", FROM, False),
        ("Lệ của Sở", BEFORE, True),
        ("", FROM, False),
    ],
)
def test_only_law_of_the_day_is_a_ground(says, on, may):
    assert is_law_on(says, on) is may


def test_an_act_ends_before_the_day_on_which_it_ends():
    act = acts()["nd13"]
    assert act.in_force_to == FROM
    assert not act.in_force(FROM)
    assert not act.in_force(BEFORE)


def test_in_words():
    assert ground_in_words("nd268:66.4") == "khoản 4 Điều 66 Nghị định 268/2025/NĐ-CP"
    assert ground_in_words("nd999:1") == "nd999:1"
    assert ground_in_words("Lệ của Sở") == "Lệ của Sở"


def test_each_day_has_one_ground_for_listing_that_may_be_cited():
    for day in (date(2024, 1, 2), BEFORE, FROM, date(2030, 12, 31)):
        assert [is_law_on(one.says, day) for one in GROUNDS if one.holds(day)] == [True]


@pytest.mark.django_db
def test_a_decision_citing_what_is_not_yet_law_is_refused():
    draft = DecisionDraft("publish", "nd268:66.4", Authority.objects.first(), signed_on=FROM, effective_on=BEFORE)
    with pytest.raises(Invalid, match="không có hiệu lực vào ngày 13/10/2025"):
        record_decision(draft, subject="x:1", record="x:1", content={}, actor=UserFactory())
    assert not Decision.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "says"), [("2025-10-13T09:00", "Danh bạ do Sở tự lập"), ("2025-10-14T09:00", "nd268:66.4")]
)
def test_listing_rests_on_the_decree_only_since_there_is_one(freeze, moment, says):
    freeze(moment)
    made = dossier(published=True)
    assert Decision.objects.get().ground.startswith(says)
    assert Event.objects.get(subject=made.subject, action="publish").ground.startswith(says)
    assert clock.today() == Decision.objects.get().effective_on
