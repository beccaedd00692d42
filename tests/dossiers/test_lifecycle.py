"""State × role × action, in both languages: what is allowed is what the table says, and nothing depends on a label."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.core.lifecycle import Conflict, Invalid, NotAllowed, perform, possible
from registry.core.models.history import Event
from registry.dossiers import procedure
from registry.startups.entering import Entry
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import CODE, dossier
from tests.dossiers.table import APPLICANT, DEPARTMENT, HELPING, ROLES, Table, is_the_lifecycle, may, somebody
from tests.parties.factories import party

pytestmark = pytest.mark.django_db

STORIES = {
    "draft": {},
    "submitted": {"submitted": True},
    "supplement": {"supplement": True},
    "published": {"published": True},
    "refused": {"refused": True},
    "withdrawn": {"withdrawn": True},
    "unlisted": {"taken_down": True},
}
ALLOWED: Table = {
    "submit": ({"draft"}, APPLICANT, "submitted"),
    "resubmit": ({"supplement"}, APPLICANT, "submitted"),
    "withdraw": ({"draft", "submitted", "supplement"}, APPLICANT, "withdrawn"),
    "assign": ({"submitted", "supplement"}, DEPARTMENT, None),
    "request_supplement": ({"submitted"}, DEPARTMENT, "supplement"),
    "publish": ({"submitted"}, DEPARTMENT, "published"),
    "refuse": ({"submitted"}, DEPARTMENT, "refused"),
    "take_down": ({"published"}, DEPARTMENT, "unlisted"),
    "enter": ({"draft"}, DEPARTMENT, "published"),
    "renew": ({"published"}, DEPARTMENT, None),
    **HELPING,
}
OF_A_LIST = {"enter", "renew"}  # done with many at once by the import, offered for none
DATA = {"note": "Lý do.", "remarks": {"field:pitch_vi": "Rõ hơn."}}


def data_for(made: Any) -> dict[str, Any]:
    """What any of the acts could want."""
    source = {"kind": "import", "run": "0", "file_sha256": "0", "row": 2}
    return {**DATA, "entry": Entry(made.answers, source, number=made.submissions.count() + 1)}


def test_the_table_is_the_lifecycle() -> None:
    lifecycle = procedure.get(CODE).lifecycle
    is_the_lifecycle(ALLOWED, STORIES, lifecycle)


def test_every_state_and_action_has_its_words_in_both_languages() -> None:
    lifecycle = procedure.get(CODE).lifecycle
    for state in lifecycle.states.values():
        with translation.override("vi"):
            vi = str(state.label), str(state.next_step)
        with translation.override("en"):
            en = str(state.label), str(state.next_step)
        assert all(a and b and a != b for a, b in zip(vi, en, strict=True)), state.code


@pytest.mark.parametrize("story", STORIES)
def test_what_is_offered_in_each_state_to_each_role(story: str) -> None:
    here = party(members={"editor": [UserFactory()], "viewer": [UserFactory()]})
    for role in ROLES:
        made = dossier(organisation=here, **STORIES[story])
        offered = {one.code for one in possible(made, somebody(role, made))}
        assert offered == {code for code in ALLOWED if may(ALLOWED, story, role, code)} - OF_A_LIST, role


@given(
    story=st.sampled_from(sorted(STORIES)),
    role=st.sampled_from(ROLES),
    action=st.sampled_from(sorted(ALLOWED)),
    language=st.sampled_from(["vi", "en"]),
    late=st.booleans(),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_state_by_role_by_action(story: str, role: str, action: str, language: str, late: bool) -> None:
    here = party(members={"editor": [UserFactory()], "viewer": [UserFactory()]})
    made = dossier(organisation=here, **STORIES[story])
    actor = somebody(role, made)
    fits, target = may(ALLOWED, story, role, action), ALLOWED[action][2]
    seen = made.version - 1 if late else made.version
    before = Event.objects.filter(subject=made.subject).count()
    with translation.override(language):
        if fits and not late:
            after = perform(made, action, actor, data=data_for(made), expected_version=seen)
            assert after.state == (target or story)
            assert after.version == made.version + 1
            assert Event.objects.filter(subject=made.subject).count() == before + 1
            return
        with pytest.raises((Conflict, NotAllowed, Invalid)) as refused:
            perform(made, action, actor, data=data_for(made), expected_version=seen)
        assert str(refused.value)
    made.refresh_from_db()
    assert made.state == story
    assert Event.objects.filter(subject=made.subject).count() == before
