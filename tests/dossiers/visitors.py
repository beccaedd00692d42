"""Somebody at a browser without JavaScript."""

from typing import Any

from django.test import Client


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
