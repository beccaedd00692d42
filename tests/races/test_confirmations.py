"""Two runs of the job, two presses of the button, a press while the job runs."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from notifications import digest, preferences
from notifications.models import Message, Way
from registry.core import clock
from registry.core.lifecycle import Refusal
from registry.startups import confirmations as rows
from registry.startups import confirming
from tests.dossiers.factories import dossier

pytestmark = pytest.mark.django_db(transaction=True)
AtOnce = Callable[..., list[Any]]


def test_two_runs_and_two_presses_at_once(at_once: AtOnce) -> None:
    startup = dossier(published=True).startup
    cycle = confirming.open_cycle(startup)
    owner = cycle.by
    soon = datetime.combine(cycle.due_on - timedelta(days=5), time(6), clock.ZONE)

    def run() -> int:
        with clock.at(soon):
            return confirming.remind(soon)

    def press() -> bool:
        with clock.at(soon + timedelta(hours=1)):
            try:
                return bool(confirming.confirm(cycle, actor=owner, way=rows.Way.ACCOUNT))
            except Refusal:
                return False

    assert sum(at_once(run, run, run)) == 3
    assert Message.objects.filter(code="confirmation_due").count() == rows.ConfirmationReminder.objects.count() == 3
    assert sorted(at_once(press, press, run)[:2]) == [False, True]
    assert startup.confirmations.count() == 2
    assert rows.ConfirmationReminder.objects.count() == 3


def test_two_runs_write_one_morning_letter(at_once: AtOnce) -> None:
    owner = dossier(submitted=True).created_by
    preferences.choose(owner.pk, {"organisation": Way.DIGEST})
    Message.objects.filter(user=owner).update(way=Way.DIGEST)
    tomorrow = clock.now() + timedelta(days=1, hours=8)

    def run() -> int:
        with clock.at(tomorrow):
            return digest.gather(tomorrow)

    assert sum(at_once(run, run, run)) == 1
    assert Message.objects.filter(code=digest.CODE).count() == 1
    assert not Message.objects.filter(way=Way.DIGEST, digest=None).exists()
