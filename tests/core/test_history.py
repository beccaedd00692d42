"""The one door, and what is written once."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from registry.core.decisions import broken_links, canonical
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, perform, possible
from registry.core.models import Decision, Event
from registry.dossiers import procedure
from registry.dossiers.models import Dossier, Submission
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import dossier

pytestmark = pytest.mark.django_db


def python_files():
    for room in ("accounts", "cms", "notifications", "portal", "registry", "search"):
        for path in (Path(settings.BASE_DIR) / room).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def test_nothing_but_the_door_assigns_a_state():
    guilty = []
    for path in python_files():
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            assigned = []
            if isinstance(node, ast.Assign):
                assigned = node.targets
            elif isinstance(node, ast.AugAssign | ast.AnnAssign):
                assigned = [node.target]
            flat = [t for target in assigned for t in (target.elts if isinstance(target, ast.Tuple) else [target])]
            if any(isinstance(t, ast.Attribute) and t.attr == "state" for t in flat):
                guilty.append(f"{path.name}:{node.lineno}")
            called = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("update", "bulk_update")
            )
            if called and any(keyword.arg == "state" for keyword in node.keywords):
                guilty.append(f"{path.name}:{node.lineno}")
    assert [place for place in guilty if not place.startswith("lifecycle.py")] == []
    assert len(guilty) == 1


def test_every_lifecycle_is_whole_and_labelled_in_both_languages():
    from django.utils.translation import override

    for kind in procedure.every():
        assert kind.lifecycle.check() == []
        for state in kind.lifecycle.states.values():
            labels = []
            for language in ("vi", "en"):
                with override(language):
                    labels.append((str(state.label), str(state.next_step)))
            assert labels[0][0] != labels[1][0], state.code
            assert labels[0][1] != labels[1][1], state.code
            assert state.staff_label


def test_every_field_of_a_form_has_a_class():
    for kind in procedure.every():
        for step in kind.steps:
            if step.form:
                assert set(step.form.base_fields) == set(step.form.classes), step.code
                assert set(step.form.classes.values()) <= {"public", "internal", "restricted"}


@pytest.mark.parametrize("table", ["core_event", "core_decision", "dossiers_submission"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = '9'", "DELETE FROM {}"])
def test_written_once_tables_refuse_raw_sql(table, statement):
    dossier(published=True)
    column = {"core_event": "note", "core_decision": "number", "dossiers_submission": "content"}[table]
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column))
    assert {"core_event": Event, "core_decision": Decision, "dossiers_submission": Submission}[table].objects.exists()


def test_decisions_are_chained():
    dossier(published=True)
    dossier(refused=True)
    dossier(taken_down=True)
    assert Decision.objects.count() == 4
    assert broken_links() == []
    first, second = Decision.objects.all()[:2]
    assert second.previous_sha256 == first.sha256


def test_canonical_json_has_one_spelling():
    assert canonical({"b": 1, "a": "Đ"}) == canonical({"a": "Đ", "b": 1}) == '{"a":"Đ","b":1}'


def test_every_act_leaves_one_event_with_who_and_in_which_role():
    made = dossier(published=True)
    rows = [(e.action, e.from_state, e.to_state, e.role, e.version) for e in Event.objects.filter(subject=made.subject)]
    assert rows == [
        ("submit", "draft", "submitted", "owner", 1),
        ("publish", "submitted", "published", "case officer", 2),
    ]


def test_the_door_refuses_and_leaves_nothing():
    made = dossier(submitted=True)
    officer, stranger = UserFactory(officer=True), UserFactory()
    before = Event.objects.count()
    with pytest.raises(Conflict):
        perform(made, "publish", officer, expected_version=made.version + 1)
    with pytest.raises(Conflict):
        perform(made, "take_down", officer, data={"note": "x"}, expected_version=made.version)
    with pytest.raises(Conflict):
        perform(made, "no_such_act", officer, expected_version=made.version)
    with pytest.raises(NotAllowed):
        perform(made, "publish", stranger, expected_version=made.version)
    with pytest.raises(Invalid):
        perform(made, "refuse", officer, expected_version=made.version)
    with pytest.raises(Invalid):
        perform(
            made, "request_supplement", officer, data={"remarks": {"field:nothing": "x"}}, expected_version=made.version
        )
    made.refresh_from_db()
    assert (made.state, made.version) == ("submitted", 1)
    assert Event.objects.count() == before
    assert Decision.objects.count() == 0


def test_who_is_of_the_applicant_does_not_decide():
    officer = UserFactory(officer=True)
    made = dossier(owner=officer, submitted=True, officer=UserFactory(officer=True))
    with pytest.raises(NotAllowed, match="thành viên"):
        perform(made, "publish", officer, expected_version=made.version)
    assert [action.code for action in possible(made, officer)] == ["withdraw"]


def test_a_failing_listener_undoes_the_act(monkeypatch):
    from registry.core import events
    from registry.core.lifecycle import Moved

    def fails(event):
        raise RuntimeError("no")

    made = dossier(submitted=True)
    monkeypatch.setitem(events._handlers, Moved, [fails])
    with pytest.raises(RuntimeError):
        perform(made, "publish", UserFactory(officer=True), expected_version=made.version)
    assert Dossier.objects.get(pk=made.pk).state == "submitted"
    assert Decision.objects.count() == 0
