""" "Did you mean", whichever engine counts: a wording with more matches, where the typed one has few."""

from collections.abc import Callable, Sequence
from typing import Protocol

from search.abbreviations import Abbreviations
from search.normalise import Word
from search.plan import Plan, make_plan

FEW = 5  # hits below which a correction is looked for


class Source(Protocol):
    def corrections(self, language: str, typed: Sequence[Word]) -> Sequence[str]:
        """The typed words with what is unknown put right, the likeliest first; none where there is nothing better."""


def did_you_mean(plan: Plan, language: str | None, found: int, source: Source, count: Callable[[Plan], int]) -> str:
    """`found`: matches of the words as typed; `count` tells those of another plan, entries that may be shown alone."""
    if language is None or not plan.groups or any(len(g.phrases) > 1 or g.codes for g in plan.groups) or found >= FEW:
        return ""
    proposals = source.corrections(language, [word for group in plan.groups for word in group.phrases[0].words])
    return next((meant for meant in proposals if count(make_plan(meant, language, Abbreviations())) > found), "")
