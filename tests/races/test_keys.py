"""One key in two hands at the same moment: one sends, one opens, and the other is told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from registry.core.models.history import Event
from registry.dossiers.helped import passes, services
from registry.dossiers.helped.models import Pass, Purpose
from registry.dossiers.models import Dossier
from tests.dossiers.factories import dossier
from tests.dossiers.helping import helped, sending

pytestmark = pytest.mark.django_db(transaction=True)
AtOnce = Callable[..., list[Any]]


@pytest.fixture(autouse=True)
def no_limit_left_over() -> None:
    cache.clear()


@pytest.fixture
def made() -> Dossier:
    return helped()


def handed(made: Dossier) -> str:
    return services.hand_over(made, actor=made.created_by, expected_version=made.version)


def phone(key: str) -> Client:
    client = Client()
    client.post("/tiep-tuc/", {"key": key})
    return client


def test_two_phones_send_once(at_once: AtOnce, made: Dossier) -> None:
    key = handed(made)
    phones = [phone(key), phone(key)]
    data = sending(made)
    replies = at_once(*(lambda p=p: p.post("/tiep-tuc/ho-so/", data) for p in phones))
    assert {reply.status_code for reply in replies} == {302}
    made.refresh_from_db()
    assert made.state == "submitted"
    assert made.submissions.count() == 1
    assert Event.objects.filter(subject=made.subject, action="submit").count() == 1
    assert Pass.objects.get().submission == made.submissions.get()
    told = [one.get("/tiep-tuc/ho-so/").content.decode() for one in phones]
    assert sum("Hồ sơ đã gửi rồi" in text for text in told) == 1


def test_the_founder_sends_while_the_helper_takes_it_back(at_once: AtOnce, made: Dossier) -> None:
    """Either it was sent as it was read, or nothing was sent and the key is done."""
    one = phone(handed(made))
    data = sending(made)
    sent, _back = at_once(
        lambda: one.post("/tiep-tuc/ho-so/", data), lambda: services.take_back(made, actor=made.created_by)
    )
    made.refresh_from_db()
    if made.state == "submitted":
        assert sent.status_code == 302
        assert Pass.objects.get().submission == made.submissions.get()
    else:
        assert sent.status_code == 410
        assert made.submissions.count() == 0


def test_two_devices_take_up_one_code(at_once: AtOnce) -> None:
    one = dossier()
    key = passes.issue(one, Purpose.DEVICE, actor=one.created_by, step="ten")
    clients = [Client(), Client()]
    replies = at_once(*(lambda c=c: c.post("/tiep-tuc/", {"key": key}) for c in clients))
    assert sorted(reply.status_code for reply in replies) == [200, 302]


def test_two_new_keys_leave_one(at_once: AtOnce, made: Dossier) -> None:
    at_once(*(lambda: passes.issue(made, Purpose.CONFIRM, actor=made.created_by) for _ in range(2)))
    assert Pass.objects.count() == 2
    assert Pass.objects.filter(ended_at=None).count() == 1
