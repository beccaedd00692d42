"""A procedure's table, state × role × action: who meets a dossier, what each may do, and all of it tried out.

A table maps an action to the states in which it may be done, the roles that may, and the state it leads to (None: the same).
"""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from registry.core.lifecycle import Conflict, Lifecycle, NotAllowed, perform, possible
from registry.core.models.history import Event
from registry.parties.models import Membership
from tests.accounts.factories import UserFactory

Table = Mapping[str, tuple[set[str], frozenset[str], str | None]]

ROLES = ("owner", "editor", "viewer", "stranger", "officer", "leader", "admin", "website editor", "officer and member")
APPLICANT, DEPARTMENT = frozenset({"owner", "editor"}), frozenset({"officer", "leader"})

HELPING: Table = {
    "hand_over": ({"draft", "supplement"}, frozenset(), None),
    "send_back": ({"draft", "supplement"}, frozenset(), None),
    "take_over": ({"draft", "supplement"}, frozenset(), None),
}
"""Only where somebody helps a founder without an account: tests/dossiers/test_helped.py."""


def somebody(role: str, made: Any) -> Any:
    if role == "officer and member":
        user = UserFactory(officer=True)
        Membership.objects.create(party=made.party, user=user, role="editor", since="2026-01-01")
        return user
    if role in ("owner", "editor", "viewer"):
        return made.party.memberships.get(role=role, until=None).user
    traits: dict[str, dict[str, bool]] = {"stranger": {}, "website editor": {"editor": True}}
    return UserFactory(**traits.get(role, {role: True}))


def may(table: Table, story: str, role: str, action: str) -> bool:
    """An officer who is a member acts as a member only: never for the department."""
    sources, who, _target = table[action]
    return story in sources and {"officer and member": "editor"}.get(role, role) in who


def is_the_lifecycle(table: Table, stories: Mapping[str, Any], lifecycle: Lifecycle) -> None:
    assert lifecycle.check() == []
    assert set(lifecycle.actions) == set(table)
    assert set(lifecycle.states) == set(stories)


def has_its_words_in_both_languages(lifecycle: Lifecycle) -> None:
    texts = {one.code: [one.label, one.next_step] for one in lifecycle.states.values()}
    for code, said in (texts | {f"{one.code}()": [one.done] for one in lifecycle.actions.values()}).items():
        for text in said:
            with translation.override("vi"):
                vi = str(text)
            with translation.override("en"):
                assert vi, code
                assert str(text) != vi, (code, vi)


def try_all(table: Table, made: Any, story: str, people: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    """What is offered to each, and each act by each: what the table allows happens, everything else leaves no trace."""
    for role, actor in people.items():
        offered = {one.code for one in possible(made, actor)}
        assert offered == {code for code in table if may(table, story, role, code)}, role
        for action in table:
            with transaction.atomic():
                _tried(table, made, story, role, actor, action, data)
                transaction.set_rollback(True)


def _tried(table: Table, made: Any, story: str, role: str, actor: Any, action: str, data: Mapping[str, Any]) -> None:
    own, before = Event.objects.filter(subject=made.subject), Event.objects.count()
    if not may(table, story, role, action):
        with pytest.raises((Conflict, NotAllowed)):
            perform(made, action, actor, data=data, expected_version=made.version)
        assert Event.objects.count() == before, (role, action)
        return
    own_before = own.count()
    after = perform(made, action, actor, data=data, expected_version=made.version)
    assert after.state == (table[action][2] or story), (role, action)
    assert own.count() == own_before + 1, (role, action)
