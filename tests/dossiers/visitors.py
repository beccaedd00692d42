"""Somebody at a browser without JavaScript."""

from typing import Any

from django.core.management import call_command
from django.test import Client

from tests.accounts.factories import UserFactory, sign_in


class Visitor(Client):
    """A signed-in person. `read` gives the page's text and insists on its status."""

    user: Any

    def read(self, url: str, status: int = 200) -> str:
        response = self.get(url)
        assert response.status_code == status, (url, response.status_code, response.headers.get("Location"))
        return response.content.decode()


def visitor(user: Any) -> Visitor:
    client = Visitor()
    client.user = user
    client.force_login(user)
    return client


def at_the_desk() -> Visitor:
    """An officer who has signed in as staff do."""
    call_command("sync_roles", verbosity=0)
    client = Visitor()
    client.user = UserFactory(officer=True)
    sign_in(client, client.user)
    return client
