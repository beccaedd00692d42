"""Two officers who do the same duty at once, two people who keep the same receipt, two runs of the reminders."""

from collections.abc import Callable
from typing import Any

import pytest

from notifications.models import Message
from portal.duty_mail import remind
from registry.core import clock
from registry.core.lifecycle import Refusal
from registry.core.models.history import Event
from registry.duties.models import Notice, YearReport
from tests.accounts.factories import UserFactory
from tests.certificates.factories import certificate
from tests.duties.factories import fulfilled, received
from tests.parties.factories import party

pytestmark = pytest.mark.django_db(transaction=True)
AtOnce = Callable[..., list[Any]]
MORNING = "2026-12-07T08:00+07:00"


def test_a_duty_is_done_once(at_once: AtOnce, roles: None) -> None:
    officer, owner = UserFactory(officer=True), UserFactory()
    found = certificate(actor=officer, holder=party("Công ty A", owner=owner))

    def tried(act: Callable[[], Any]) -> Callable[[], bool]:
        def go() -> bool:
            with clock.at(MORNING):
                try:
                    return bool(act())
                except Refusal:
                    return False

        return go

    fulfil = tried(lambda: fulfilled(found, "ministry", officer))
    receive = tried(lambda: received(found, 2026, owner, "20/11/2026"))
    told = tried(lambda: remind(clock.now()))
    at_once(told, told)
    assert Message.objects.filter(code="year_report_due").count() == 1
    assert sorted(at_once(fulfil, fulfil, fulfil)) == [False, False, True]
    assert sorted(at_once(receive, receive)) == [False, True]
    assert Notice.objects.filter(state="done").count() == YearReport.objects.filter(state="reported").count() == 1
    assert Event.objects.filter(action__in=("fulfil", "receive")).count() == 2
