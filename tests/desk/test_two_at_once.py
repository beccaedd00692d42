"""Two officers decide at the same moment: one decision stands, the other is told. On both databases."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from registry.core.decisions import broken_links
from registry.core.models.history import Decision, Event
from registry.dossiers.models import Dossier
from tests.desk.pages import post, words
from tests.dossiers.factories import dossier

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tries: Any) -> list[Any]:
    """The answers of all of them, started together, each on a connection of its own."""
    barrier, answers = Barrier(len(tries)), [None] * len(tries)

    def go(place: int) -> None:
        try:
            barrier.wait(10)
            answers[place] = tries[place]()
        finally:
            connection.close()

    threads = [Thread(target=go, args=(place,)) for place in range(len(tries))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def clients(signed_in, officer, officer2) -> tuple[Client, Client]:
    """Both have opened the desk before, so that they race for the dossier alone."""
    pair = signed_in(officer), signed_in(officer2)
    for client in pair:
        client.get("/quan-tri/ho-so/")
    return pair


def test_one_publishes_and_one_refuses(signed_in, officer, officer2) -> None:
    made = dossier(submitted=True)
    first, second = clients(signed_in, officer, officer2)
    answers = at_once(
        lambda: post(first, made, "publish"), lambda: post(second, made, "refuse", note="Chưa có sản phẩm.")
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert Decision.objects.filter(subject=made.subject).count() == 1
    assert Event.objects.filter(subject=made.subject).count() == 2
    assert Dossier.objects.get(pk=made.pk).state in ("published", "refused")
    late = next(answer for answer in answers if answer.status_code == 409)
    assert "hồ sơ đã khác lúc bạn mở trang" in words(late)
    assert broken_links() == []


def test_two_take_the_same_dossier(signed_in, officer, officer2) -> None:
    made = dossier(submitted=True)
    first, second = clients(signed_in, officer, officer2)
    answers = at_once(
        lambda: post(first, made, "assign", assignee=officer.pk),
        lambda: post(second, made, "assign", assignee=officer2.pk),
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    winner = officer if answers[0].status_code == 302 else officer2
    assert Dossier.objects.get(pk=made.pk).assigned_to == winner
    late = next(answer for answer in answers if answer.status_code == 409)
    assert f"{winner}: Đã giao người thụ lý" in words(late)


def test_two_dossiers_get_two_places_in_the_chain(signed_in, officer, officer2) -> None:
    one, other = dossier(submitted=True), dossier(submitted=True)
    first, second = clients(signed_in, officer, officer2)
    answers = at_once(lambda: post(first, one, "publish"), lambda: post(second, other, "publish"))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert sorted(Decision.objects.values_list("position", flat=True)) == [1, 2]
    assert broken_links() == []


def test_the_same_number_at_once_stands_once(signed_in, officer, officer2) -> None:
    one, other = dossier(submitted=True), dossier(submitted=True)
    first, second = clients(signed_in, officer, officer2)
    answers = at_once(
        lambda: post(first, one, "publish", number="8/QĐ"), lambda: post(second, other, "publish", number="8/QĐ")
    )
    assert sorted(answer.status_code for answer in answers) == [302, 400]
    assert Decision.objects.filter(number="8/QĐ").count() == 1
