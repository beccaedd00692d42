"""Two clicks at the same moment: one submission, and both are told well."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from registry.dossiers.models import Dossier
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import dossier
from tests.dossiers.test_steps import there
from tests.dossiers.visitors import visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_send_once() -> None:
    founder = UserFactory()
    made = dossier(owner=founder)
    data = {"seen": made.answers_version, "version": made.version, "truthful": "on", "_send": "1"}
    clients = [visitor(founder), visitor(founder)]

    def send(client: Any) -> str:
        try:
            response = client.post(there(made, "kiem-tra"), data)
            assert response.status_code == 302, response.content.decode()
            return str(response["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert list(both.map(send, clients)) == [there(made), there(made)]
    assert Dossier.objects.get().submissions.count() == 1


def test_two_savers_lose_nothing() -> None:
    founder = UserFactory()
    made = dossier(owner=founder, empty=True)
    clients = [(visitor(founder), "Một"), (visitor(founder), "Hai")]

    def save(pair: Any) -> int:
        client, name = pair
        try:
            return int(client.post(there(made, "ten"), {"seen": 0, "name_vi": name}).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(save, clients)) == [302, 409]
    made.refresh_from_db()
    assert made.answers_version == 1
