"""The only way to keep a goal, to change its figures, to let it go, and to look at it again."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from registry.core import clock, events
from registry.core.lifecycle import Conflict, Invalid, NotAllowed
from registry.goals import rules
from registry.goals.figures import Answers, Looked, looked
from registry.goals.models import Goal, GoalChange, GoalFigures
from registry.goals.selectors import facts_of, saved, to_look_at
from registry.parties.models import Party, PartyKind
from registry.parties.selectors import EDITING_ROLES, role_of
from registry.st_enterprises.conditions import EDITION


@dataclass(frozen=True, slots=True)
class GoalAnswersChanged:
    """An answer became another one by itself; `change` says from what to what."""

    goal: Goal
    change: GoalChange


def keep(party: Party, answers: Answers, *, actor: Any, expected_version: int) -> Goal:
    """Keep these figures as the party's goal, as its next version. `expected_version` is the one that was seen, 0 for none.

    Raises NotAllowed if `actor` may not write for the party, Invalid if it is no enterprise, Conflict if somebody else
    saved other figures meanwhile.
    """
    with transaction.atomic():
        party = Party.objects.select_for_update().get(pk=party.pk)  # two who keep at once: the second is told
        _may_write(party, actor)
        if party.kind != PartyKind.ENTERPRISE:
            raise Invalid(_("Chỉ doanh nghiệp đặt được mục tiêu này."))
        goal = Goal.objects.filter(party=party).first()
        if (goal.version if goal else 0) != expected_version:
            raise Conflict(_("Người khác vừa lưu số liệu khác của mục tiêu này. Xem lại rồi lưu lần nữa."))
        now = clock.now()
        told = _looked(party, answers, now)
        if goal is None:
            goal = Goal(party=party, created_at=now, created_by=actor)
        else:
            goal.version += 1
        _answer(goal, told, now)
        goal.save()
        GoalFigures.objects.create(goal=goal, number=goal.version, answers=dict(answers), saved_at=now, saved_by=actor)
    return goal


def let_go(goal: Goal, *, actor: Any, expected_version: int) -> None:
    """Delete the goal with every version of its figures. Raises NotAllowed, and Conflict as `keep` does."""
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=goal.party_id)
        _may_write(goal.party, actor)
        here = Goal.objects.filter(pk=goal.pk).first()
        if here is None:
            return
        if here.version != expected_version:
            raise Conflict(_("Người khác vừa lưu số liệu khác của mục tiêu này. Xem lại trước khi xóa."))
        here.changes.all().delete()
        here.figures.all().delete()
        here.delete()


def look_again(now: datetime) -> dict[str, int]:
    """For the job: ask the question anew for every goal whose answer may have changed. Says how many were asked, how many changed.

    Each goal in a transaction of its own, under its party's lock: a second run at the same time finds nothing left to do.
    """
    done = {"looked": 0, "changed": 0}
    for key in list(to_look_at(clock.today())):
        change = _look(key)
        done["looked"] += 1
        done["changed"] += change is not None
    return done


def _look(key: int) -> GoalChange | None:
    with transaction.atomic():
        seen = Goal.objects.filter(pk=key).values_list("party", flat=True).first()
        if seen is None:
            return None
        Party.objects.select_for_update().get(pk=seen)
        goal = Goal.objects.select_related("party").filter(pk=key).first()
        if goal is None:
            return None
        figures = saved(goal)
        now = clock.now()
        facts = facts_of([goal.party_id]).get(goal.party_id, [])
        told = looked(figures.answers, clock.local(figures.saved_at), facts, clock.today())
        answer = rules.answer_of(told.found)
        differs = rules.turned(goal.outcomes, answer.outcomes)
        change = None
        if differs or goal.verdict != answer.verdict:
            change = GoalChange.objects.create(
                goal=goal,
                number=goal.changes.count() + 1,
                at=now,
                cause=rules.cause(
                    same_edition=goal.edition == EDITION,
                    new_facts=any(fact.recorded_at > goal.answered_at for fact in facts),
                ),
                changes=[asdict(one) for one in differs],
                verdict_was=goal.verdict,
                verdict_now=answer.verdict,
            )
        _answer(goal, told, now)
        goal.save()
        if change is not None:
            events.publish(GoalAnswersChanged(goal, change))
    return change


def _answer(goal: Goal, told: Looked, now: datetime) -> None:
    answer = rules.answer_of(told.found)
    goal.verdict, goal.outcomes, goal.edition = answer.verdict, dict(answer.outcomes), EDITION
    goal.answered_at, goal.answered_on = now, clock.local(now).date()


def _looked(party: Party, answers: Answers, now: datetime) -> Looked:
    return looked(answers, clock.local(now), facts_of([party.pk]).get(party.pk, []), clock.today())


def _may_write(party: Party, actor: Any) -> None:
    if role_of(actor, party) not in EDITING_ROLES:
        raise NotAllowed(_("Bạn không sửa được mục tiêu của tổ chức này."))
