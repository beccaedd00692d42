"""Many certificates are issued at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest

from bench.race_numbers import Told, race
from registry.core.decisions import broken_links
from registry.core.lifecycle import Conflict, perform
from tests.accounts.factories import UserFactory
from tests.certificates.factories import certificate, stated

pytestmark = pytest.mark.django_db(transaction=True)
AtOnce = Callable[..., list[Any]]


def test_fifty_grants_at_once_have_consecutive_numbers_whoever_gives_up(roles: None) -> None:
    """Ten of sixty are rolled back after they had their number: the others leave no gap. As `make race-numbers` does it."""
    told = race(50, 10, UserFactory(officer=True))
    assert told.faults == []
    assert list(told.numbers) == [f"{number:02d}/DNKHCN" for number in range(1, 51)]
    assert broken_links() == []


def test_a_gap_a_double_and_a_stranger_are_told() -> None:
    series = ["1/A", "2/A", "3/A"]
    assert Told(series, series).faults == []
    assert Told(["1/A", "3/A"], series).faults == ["missing (a gap): 2/A"]
    assert Told(["1/A", "2/A", "2/A"], series).faults == ["twice: 2/A", "missing (a gap): 3/A"]
    assert Told(["1/A", "2/A", "3/A", "5/A"], series).faults == ["not of the series: 5/A"]


def test_two_who_decide_at_once_one_is_told(roles: None, at_once: AtOnce) -> None:
    found = certificate(actor=UserFactory(officer=True))
    people = [UserFactory(officer=True), UserFactory(leader=True)]

    def decide(act: str, who: Any) -> str:
        try:
            return perform(found, act, who, data=stated(act), expected_version=0).state
        except Conflict:
            return "told"

    answers = at_once(lambda: decide("cancel", people[0]), lambda: decide("notify", people[1]))
    assert "told" in answers
    assert len(set(answers)) == 2
    found.refresh_from_db()
    assert found.state in answers
