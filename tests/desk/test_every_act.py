"""State × persona × act, in both languages: never an exception, only the transitions that are allowed, and none twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from registry.core.models.history import Event
from registry.dossiers import procedure
from registry.dossiers.models import Dossier
from tests.accounts.factories import UserFactory, sign_in
from tests.desk.pages import post, url_of
from tests.dossiers.factories import CODE, dossier
from tests.parties.factories import owner_of, party

STATES = {
    "submitted": {"submitted": True},
    "supplement": {"supplement": True},
    "published": {"published": True},
    "refused": {"refused": True},
    "withdrawn": {"submitted": True, "withdrawn": True},
    "unlisted": {"taken_down": True},
}
ALLOWED = {
    ("submitted", "assign"): "submitted",
    ("supplement", "assign"): "supplement",
    ("submitted", "request_supplement"): "supplement",
    ("submitted", "publish"): "published",
    ("submitted", "refuse"): "refused",
    ("published", "take_down"): "unlisted",
}
HANDLERS = ("officer", "leader")
HELPING = ("hand_over", "send_back", "take_over")
PERSONAS = (*HANDLERS, "own_officer", "editor", "admin", "founder", "stranger")
DESK_ACTS = ("assign", "request_supplement", "publish", "refuse", "take_down")
DATA = {
    "assign": {},
    "request_supplement": {"mark": ["field:pitch_vi"], "remark:field:pitch_vi": "Viết rõ."},
    "publish": {},
    "refuse": {"note": "Chưa có sản phẩm."},
    "take_down": {"note": "Chủ dự án đề nghị."},
}


@dataclass
class Scene:
    made: Dossier
    people: dict[str, Any]


@pytest.fixture
def scene(roles) -> Callable[[str], Scene]:
    def make(state: str) -> Scene:
        own = UserFactory(officer=True)
        organisation = party("Công ty thử", members={"editor": [own]})
        made = dossier(organisation=organisation, **STATES[state])
        people = {
            "officer": UserFactory(officer=True),
            "leader": UserFactory(leader=True),
            "own_officer": own,
            "editor": UserFactory(editor=True),
            "admin": UserFactory(admin=True),
            "founder": owner_of(organisation),
            "stranger": UserFactory(),
        }
        return Scene(made, people)

    return make


def test_the_table_covers_the_lifecycle() -> None:
    lifecycle = procedure.get(CODE).lifecycle
    assert set(STATES) == set(lifecycle.states) - {"draft"}
    assert set(DESK_ACTS) | {"submit", "resubmit", "withdraw", "enter", "renew", *HELPING} == set(lifecycle.actions)
    for (state, act), target in ALLOWED.items():
        action = lifecycle.actions[act]
        assert state in action.sources
        assert (action.target or state) == target


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("state", STATES)
def test_every_act_by_everybody(scene, state: str, language: str) -> None:
    stage = scene(state)
    with override(language):
        for persona in PERSONAS:
            client = sign_in(Client(), stage.people[persona])
            for act in DESK_ACTS:
                assert outcome(client, stage.made, act) == expected(state, persona, act), (persona, act)


def expected(state: str, persona: str, act: str) -> tuple[int, str, int]:
    """Status, state afterwards, how many events were added."""
    if persona in HANDLERS and (state, act) in ALLOWED:
        return 302, ALLOWED[state, act], 1
    if persona in HANDLERS:
        return 409, state, 0
    if persona == "own_officer":
        return (403 if (state, act) in ALLOWED else 409), state, 0
    return 403, state, 0


def outcome(client: Client, made: Dossier, act: str) -> tuple[int, str, int]:
    """Do it, look, and undo it."""
    before = Event.objects.filter(subject=made.subject).count()
    with transaction.atomic():
        status = post(client, made, act, **DATA[act]).status_code
        after = Dossier.objects.get(pk=made.pk)
        found = status, after.state, Event.objects.filter(subject=made.subject).count() - before
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("state", STATES)
def test_the_page_offers_what_is_allowed_and_nothing_else(scene, state: str, language: str) -> None:
    stage = scene(state)
    with override(language):
        for persona in (*HANDLERS, "own_officer"):
            body = sign_in(Client(), stage.people[persona]).get(url_of(stage.made)).content.decode()
            offered = {act for act in DESK_ACTS if f'action="{url_of(stage.made, act)}"' in body}
            wanted = {act for at, act in ALLOWED if at == state} if persona in HANDLERS else set()
            assert offered == wanted, persona
