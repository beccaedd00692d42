"""The stories that the factories tell are the ones that happened."""

import pytest

from registry.core.models.history import Event
from tests.dossiers.factories import dossier

pytestmark = pytest.mark.django_db

STORIES = [
    ({"empty": True}, "draft", []),
    ({}, "draft", []),
    ({"submitted": True}, "submitted", ["submit"]),
    ({"supplement": True}, "supplement", ["submit", "request_supplement"]),
    ({"submitted": True, "supplemented": True}, "submitted", ["submit", "request_supplement", "resubmit"]),
    ({"published": True}, "published", ["submit", "publish"]),
    ({"refused": True}, "refused", ["submit", "refuse"]),
    ({"withdrawn": True}, "withdrawn", ["withdraw"]),
    ({"submitted": True, "withdrawn": True}, "withdrawn", ["submit", "withdraw"]),
    ({"taken_down": True}, "unlisted", ["submit", "publish", "take_down"]),
]


@pytest.mark.parametrize(("traits", "state", "acts"), STORIES, ids=lambda value: str(value))
def test_story(traits: dict, state: str, acts: list[str]) -> None:
    made = dossier(**traits)
    assert made.state == state
    assert [event.action for event in Event.objects.filter(subject=made.subject)] == acts
