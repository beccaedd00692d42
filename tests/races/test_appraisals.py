"""Two hand in the same sheet at the same moment: one is kept, the other is told."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.appraisals import services
from registry.appraisals.changing import SheetDraft
from registry.appraisals.models import Sheet
from registry.core.lifecycle import Conflict
from tests.accounts.factories import UserFactory
from tests.appraisals import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_hand_in_the_same_sheet_one_is_told_and_another_sheet_is_not_in_the_way(
    roles: None, at_once: Callable[..., list[Any]]
) -> None:
    officer = UserFactory(officer=True)
    found = make.of_application(officer, "experts")
    one, other = make.seat(found, officer), make.seat(found, officer, "Giàng Thị Hai")
    make.clear(found, one, officer)
    _url, holder = make.link(found, one, officer)

    def hand_in(whom: int, actor: Any, is_for: bool) -> str:
        try:
            services.hand_in(found, whom, SheetDraft(is_for, {"form": "V.3"}), actor=actor)
        except Conflict:
            return "told"
        return "kept"

    answers = at_once(
        lambda: hand_in(one.pk, holder, True),
        lambda: hand_in(one.pk, officer, False),
        lambda: hand_in(other.pk, officer, True),
    )
    assert sorted(answers[:2]) == ["kept", "told"]
    assert answers[2] == "kept"
    assert Sheet.objects.filter(assessor=one).count() == 1
