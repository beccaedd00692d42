"""An enterprise that keeps a goal is told when an answer became another one by itself: from what to what, and why."""

from typing import Final

from django.urls import reverse

from notifications.services import notify
from portal.dossier_mail import applicants, written
from registry.goals.services import GoalAnswersChanged
from registry.goals.showing import outcome_word, turns_of

CODE: Final = "goal_changed"


def tell(event: GoalAnswersChanged) -> None:
    """To everybody who acts for the enterprise. The numbers themselves stay on the page, behind the sign-in."""
    goal, change = event.goal, event.change
    context = {
        "organisation": goal.party.name,
        "cause": change.cause,
        "turns": turns_of(change),
        "was": outcome_word(change.verdict_was),
        "now": outcome_word(change.verdict_now),
        "verdict_turned": change.verdict_was != change.verdict_now,
        "url": written(lambda: reverse("goal", args=[goal.public_id])),
    }
    notify(CODE, applicants(goal), f"goal/{goal.public_id}/{change.number}", context)
