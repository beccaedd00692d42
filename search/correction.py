""" "Did you mean", whichever engine counts: a wording with more matches, where the typed one has few."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from search.abbreviations import Abbreviations
from search.normalise import Word
from search.plan import Plan, make_plan

FEW = 5  # matches below which a correction is looked for


class Source(Protocol):
    def corrections(self, language: str, typed: Sequence[Word], found: int) -> Sequence[str]:
        """The typed words, found in `found` entries, put right, the likeliest first; none where there is nothing better."""


def did_you_mean(
    plan: Plan, language: str | None, found: int, source: Source, counts: Callable[[Sequence[Plan]], Iterable[int]]
) -> str:
    """`found`: matches of the words as typed; `counts` tells those of other plans, as far as FEW, of entries that may be shown alone.

    It is a word beside the answer: what was typed is answered as it was typed, whatever is offered here.
    """
    if language is None or not plan.groups or any(len(g.phrases) > 1 or g.codes for g in plan.groups) or found >= FEW:
        return ""
    typed = [word for group in plan.groups for word in group.phrases[0].words]
    proposals = list(dict.fromkeys(source.corrections(language, typed, found)))
    told = counts([make_plan(meant, language, Abbreviations()) for meant in proposals])
    return next((meant for meant, n in zip(proposals, told, strict=False) if n > found), "")
