"""Closing an account: the person goes, what they did stays under a neutral name.

A room says through `register_closing` what stands in the way (`find`) and what it does when the person goes (`leave`). Nothing that
history names is deleted: events, decisions, submissions and the files of dossiers stay, and the account's row with them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.functional import Promise
from wagtail.users.models import UserProfile

from accounts import sessions
from accounts.adapter import tell
from accounts.models import User
from accounts.roles import is_staff
from registry.core import clock

log = logging.getLogger("accounts.closing")
NOWHERE: Final = "da-dong.invalid"
"""A domain that can never be anybody's (RFC 2606): addresses of closed accounts and of the letters they got."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the account cannot be closed yet, and where that is settled."""

    sentence: str | Promise
    url: str
    act: str | Promise


class StandsInTheWay(Exception):
    """The account cannot be closed; `obstacles` says why."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(f"{len(obstacles)} obstacles")
        self.obstacles = obstacles


class StaffStays(Exception):
    """An account of the department is closed by an administrator, not by its owner."""


Finder = Callable[[Any], list[Obstacle]]
Leaver = Callable[[Any], None]
_rooms: dict[str, tuple[Finder | None, Leaver]] = {}


def register_closing(name: str, leave: Leaver, find: Finder | None = None) -> None:
    """Ask `find(user)` before, call `leave(user)` when the person goes, in the order of registering."""
    _rooms[name] = (find, leave)


def obstacles(user: Any) -> list[Obstacle]:
    """What stands in the way, in the order of the rooms; they may lock what they look at."""
    with transaction.atomic():
        return [one for find, _leave in _rooms.values() if find for one in find(user)]


def neutral_name(pk: int) -> str:
    """What history shows from now on. Vietnamese, like every name in it."""
    return f"Tài khoản đã đóng {pk}"


def close(user_id: int) -> bool:
    """Close the account, whole or not at all; False when it is closed already. Raises StandsInTheWay, StaffStays."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        if user.closed_at is not None:
            return False
        if is_staff(user):
            raise StaffStays
        found = obstacles(user)
        if found:
            raise StandsInTheWay(found)
        for _find, leave in _rooms.values():
            leave(user)
        tell("account_closed", user)
        remove_keys(user)
        become_nobody(user)
    log.info("account closed", extra={"user": user_id})
    return True


def remove_keys(user: User) -> None:
    """Everything by which the person could come in or be reached, and what they had chosen."""
    sessions.end_others(user, None)
    for rows in (EmailAddress, Authenticator, UserProfile):
        rows.objects.filter(user=user).delete()
    user.groups.clear()
    user.user_permissions.clear()


def become_nobody(user: User) -> None:
    user.email = f"tai-khoan-{user.pk}@{NOWHERE}"
    user.full_name = neutral_name(user.pk)
    user.helps_for = ""
    user.language = "vi"
    user.last_login = None
    user.is_active = False
    user.closed_at = clock.now()
    user.set_unusable_password()
    user.save()
