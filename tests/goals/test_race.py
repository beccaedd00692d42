"""Two members keep figures at the same moment: one is told. The job twice at once: one letter."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from notifications.models import Message
from registry.core import clock
from registry.core.lifecycle import Conflict
from registry.goals.models import Goal, GoalChange
from registry.goals.services import keep, look_again
from tests.accounts.factories import UserFactory
from tests.goals.conftest import ANSWERS, tell_fact
from tests.parties.factories import owner_of, party
from tests.races.conftest import at_once

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["at_once"]
DAY = datetime.fromisoformat("2026-11-25T10:00+07:00")


def test_two_who_keep_at_once_and_the_job_twice_at_once(at_once: Callable[..., list[Any]]) -> None:
    owner, editor = UserFactory(), UserFactory()
    held = party("Công ty Hai Người", owner=owner, members={"editor": [editor]})

    def saved(by: Any, version: int) -> str:
        try:
            with clock.at(DAY):
                keep(held, ANSWERS, actor=by, expected_version=version)
        except Conflict:
            return "told"
        return "kept"

    for version in (0, 1):
        assert sorted(at_once(lambda v=version: saved(owner, v), lambda v=version: saved(editor, v))) == [
            "kept",
            "told",
        ]
    goal = Goal.objects.get()
    assert goal.version == 2

    with clock.at("2026-11-26T10:00+07:00"):
        for year in (2023, 2024, 2025):
            tell_fact(goal, "sti_spending", year, 200_000_000)

    def look() -> dict[str, int]:
        with clock.at("2026-11-27T10:00+07:00"):
            return look_again(clock.now())

    answers = at_once(look, look)
    assert sum(one["changed"] for one in answers) == 1
    assert GoalChange.objects.count() == 1
    assert Message.objects.filter(code="goal_changed").count() == 2  # the owner and the editor
    assert owner_of(held) == owner
