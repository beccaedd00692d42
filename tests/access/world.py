"""The people and records that the access matrix asks about.

A room that has addresses with a reference in them adds a builder to BUILDERS: it gets the people by name and returns
the words that its rows use in braces, e.g. {"draft_of_a": "KN-2026-00001"} for `/tai-khoan/khoi-nghiep/{draft_of_a}/`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import call_command

from accounts import roles
from accounts.models import User
from notifications.models import InboxItem
from registry.core import clock
from tests.accounts.factories import UserFactory

PERSONAS = ("anonymous", "founder", "founder2", "officer", "officer2", "leader", "editor", "admin")

ROLE_OF = {
    "officer": roles.CASE_OFFICER,
    "officer2": roles.CASE_OFFICER,
    "leader": roles.LEADER,
    "editor": roles.EDITOR,
    "admin": roles.ADMINISTRATOR,
}

People = dict[str, User]
Words = dict[str, str]


@dataclass(frozen=True)
class World:
    people: People
    words: Words


def messages(people: People) -> Words:
    item = InboxItem.objects.create(
        user=people["founder"], code="x", key="x", language="vi", title="Tin", created_at=clock.now()
    )
    return {"item_of_founder": str(item.pk)}


def ids(people: People) -> Words:
    return {f"id_of_{name}": str(user.pk) for name, user in people.items()}


BUILDERS: list[Callable[[People], Words]] = [ids, messages]


def build() -> World:
    call_command("sync_roles", verbosity=0)
    people = {
        name: UserFactory(email=f"{name}@demo.test", full_name=name, role=ROLE_OF.get(name, ""))
        for name in PERSONAS
        if name != "anonymous"
    }
    words: Words = {}
    for make in BUILDERS:
        words |= make(people)
    return World(people, words)
