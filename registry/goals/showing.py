"""A goal in words, for its pages and its letter."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from registry.core import clock
from registry.goals import rules
from registry.goals.figures import Known, as_typed
from registry.goals.models import Goal, GoalChange, GoalFigures
from registry.st_enterprises import words
from registry.st_enterprises.findings import Outcome
from registry.st_enterprises.forms import MoneyField, Walk

NEWEST: Final = 20
"""So many versions and changes are shown; all are kept."""
NOT_ASKED: Final = _("không hỏi đến")


def outcome_word(code: str) -> Any:
    return words.OUTCOMES[Outcome(code)][0] if code else NOT_ASKED


def progress(outcomes: Mapping[str, str]) -> dict[str, int]:
    """“3 of 5 met”."""
    return {"met": rules.met(outcomes), "all": len(outcomes)}


def turns_of(change: GoalChange) -> list[dict[str, Any]]:
    """Each condition that turned, with its outcome before and after; the words are lazy, for whoever reads them."""
    return [
        {"title": words.CONDITIONS[row["condition"]], "was": outcome_word(row["was"]), "now": outcome_word(row["now"])}
        for row in change.changes
    ]


def changes_of(goal: Goal) -> list[dict[str, Any]]:
    return [{"change": one, "turns": turns_of(one)} for one in goal.changes.all()[:NEWEST]]


def known_of(known: Iterable[Known]) -> list[dict[str, Any]]:
    """What the portal put in from the party's record, with where it is from."""
    return [
        {
            "label": words.FACTS[one.name],
            "year": one.year,
            "money": one.value if one.name in words.MONEY else None,
            "count": None if one.name in words.MONEY else one.value,
            "is_money": one.name in words.MONEY,
            "source": one.fact.get_source_display(),
            "at": one.fact.recorded_at,
        }
        for one in sorted(known, key=lambda one: (-one.year, one.name))
    ]


def versions_of(goal: Goal) -> list[dict[str, Any]]:
    """The figures as they were saved, the newest first."""
    return [{"version": one, "lines": lines_of(one)} for one in goal.figures.select_related("saved_by")[:NEWEST]]


def lines_of(version: GoalFigures) -> list[dict[str, Any]]:
    """Question and answer, as the questions stood when it was saved."""
    walk = Walk(as_typed(version.answers), as_of=clock.local(version.saved_at).date())
    lines = []
    for step in walk.steps():
        said = walk.said(step)
        for name, field in step.form.base_fields.items():
            value = said.get(name)
            if value in (None, ""):
                continue
            labels = {str(code): label for code, label in getattr(field, "choices", ())}
            chosen = value if isinstance(value, list) else [value]
            lines.append(
                {
                    "label": field.label,
                    "year": step.year,
                    "money": value if isinstance(field, MoneyField) else None,
                    "count": value if isinstance(value, int) and not isinstance(field, MoneyField) else None,
                    "day": value if name == "founded_on" else None,
                    "choices": [labels[one] for one in chosen or ["none"]] if labels else [],
                }
            )
    return lines
