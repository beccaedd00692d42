"""What goals hold of a person: which they set up, and which figures they saved."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Part
from registry.goals.models import Goal, GoalFigures
from registry.parties.selectors import parties_of

COVERS: Final = frozenset({"goals.Goal.created_by", "goals.GoalFigures.saved_by"})

WORDS: Final = {
    "goals": _("Mục tiêu bạn lập"),
    "figures": _("Số liệu mục tiêu bạn lưu"),
    "organisation": _("Tổ chức"),
    "at": _("Lúc"),
    "version": _("Bản"),
    "answers": _("Câu trả lời"),
}


def own_goals(user: Any) -> Part:
    """Of a party that the person has left: that they saved figures, not which."""
    mine = set(parties_of(user).values_list("pk", flat=True))
    goals = Goal.objects.filter(created_by=user).select_related("party").order_by("pk")
    figures = GoalFigures.objects.filter(saved_by=user).select_related("goal__party").order_by("pk")
    return Part(
        _("Mục tiêu"),
        {
            "goals": [{"organisation": row.party.name, "at": row.created_at} for row in goals],
            "figures": [
                {
                    "organisation": row.goal.party.name,
                    "version": row.number,
                    "at": row.saved_at,
                    "answers": row.answers if row.goal.party_id in mine else {},
                }
                for row in figures
            ],
        },
        WORDS,
    )
