"""Who a session can belong to: people of the demo, whose password everybody may know, only where the demo runs."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User

DEMO_DOMAIN = "@demo.test"
"""A domain that can never be anybody's: `.test` is reserved (RFC 6761)."""


def stays_out(user: User | None) -> bool:
    return user is not None and not settings.DEMO and user.email.endswith(DEMO_DOMAIN)


class PeopleBackend(AuthenticationBackend):
    """allauth's, over data that may have been tried out with DEMO=1: sessions of the demo end with it too."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        return None if stays_out(user) else user

    def get_user(self, user_id: int) -> User | None:
        user = super().get_user(user_id)
        return None if stays_out(user) else user
