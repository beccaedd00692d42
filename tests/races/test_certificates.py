"""Many certificates are issued at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from registry.certificates.models import Certificate
from registry.core.decisions import broken_links
from registry.core.lifecycle import Conflict, perform
from tests.accounts.factories import UserFactory
from tests.certificates.factories import certificate, stated

pytestmark = pytest.mark.django_db(transaction=True)
AtOnce = Callable[..., list[Any]]
ROLLED_BACK = range(0, 60, 6)


class Stop(Exception):
    """The transaction is given up."""


def test_fifty_grants_at_once_have_consecutive_numbers_whoever_gives_up(roles: None, at_once: AtOnce) -> None:
    """Ten of sixty are rolled back after they had their number: the others leave no gap."""
    officer = UserFactory(officer=True)

    def grant(place: int) -> None:
        try:
            with transaction.atomic():
                certificate(actor=officer, name_vi=f"Công ty {place}")
                if place in ROLLED_BACK:
                    raise Stop
        except Stop:
            pass

    at_once(*(lambda place=place: grant(place) for place in range(60)))
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert numbers == [f"{number:02d}/DNKHCN" for number in range(1, 51)]
    assert broken_links() == []


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
