"""The figures of a goal: as they are kept, as the questions show them, and together with what the portal knows by itself.

Kept answers are those of the self-assessment's questions (`registry.st_enterprises.forms`), by the name of the question
(`founded_on`, `y2025-net_revenue`), each a list of plain words: days as 12/05/2023, numbers in digits. What nobody
answered is absent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.http import QueryDict

from registry.dossiers.fields import CountField
from registry.parties.models import Fact
from registry.st_enterprises.certification.answers import FACTS
from registry.st_enterprises.conditions import Assessment, assess
from registry.st_enterprises.forms import NONE, MoneyField, Step, Walk

Answers = Mapping[str, list[str]]

OF_LAST_YEAR: Final = ("insured_workers", "capital")
"""Asked for the last financial year only: when another year has passed, an old answer says nothing any more."""
CODES: Final = frozenset(FACTS.values())
NAME_OF: Final = {code: name for name, code in FACTS.items()}


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that the portal took from the party's record, because nobody typed it or the record is newer."""

    fact: Fact
    name: str
    year: int
    value: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What today's question found: the answers it asked with, what of them came from the record, and the assessment."""

    walk: Walk
    known: tuple[Known, ...]
    found: Assessment


def kept(walk: Walk) -> dict[str, list[str]]:
    """What the steps say, as it is stored. Call it when every step can be read."""
    found: dict[str, list[str]] = {}
    for step in walk.steps():
        for name, value in walk.said(step).items():
            if words := _words(value):
                found[f"{step.prefix}-{name}" if step.prefix else name] = words
    return found


def _words(value: Any) -> list[str]:
    if isinstance(value, list):
        return value or [NONE]
    if isinstance(value, date):
        return [f"{value:%d/%m/%Y}"]
    return [] if value in (None, "") else [str(value)]


def over(before: Answers, now: Answers, walk: Walk) -> dict[str, list[str]]:
    """The new answers, and of the old ones those that nobody was asked for this time (years long past, another size)."""
    asked = {name for step in walk.steps() for name in step.names}
    return {**{name: words for name, words in before.items() if name not in asked}, **now}


def looked(answers: Answers, saved_at: datetime, facts: Iterable[Fact], today: date) -> Looked:
    """Assess the figures as of `today`; a fact of the party stands in where nothing was typed, or it is newer than that."""
    data, known = _joined(answers, saved_at, facts, today)
    walk = Walk(data, as_of=today)
    return Looked(walk, known, assess(walk.profile()))


def _joined(
    answers: Answers, saved_at: datetime, facts: Iterable[Fact], today: date
) -> tuple[QueryDict, tuple[Known, ...]]:
    told = {name: list(words) for name, words in answers.items()}
    last = today.year - 1
    if saved_at.year != today.year:
        for name in OF_LAST_YEAR:
            told.pop(name, None)
    known = []
    for fact in facts:
        name, year = NAME_OF[fact.code], int(fact.period)
        if name in OF_LAST_YEAR and year != last:
            continue
        question = name if name in OF_LAST_YEAR else f"y{year}-{name}"
        if question not in told or fact.recorded_at > saved_at:
            told[question] = [str(int(fact.value))]
            known.append(Known(fact, name, year, int(fact.value)))
    return as_typed(told), tuple(known)


def as_typed(answers: Answers) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, words in answers.items():
        data.setlist(name, words)
    return data


def as_shown(answers: Answers, steps: Iterable[Step]) -> QueryDict:
    """The same with amounts and numbers in groups of three digits, for people to read and change."""
    numbers = {
        name
        for step in steps
        for name, field in zip(step.names, step.form.base_fields.values(), strict=True)
        if isinstance(field, MoneyField | CountField)
    }
    grouped = {
        name: [f"{int(word):,}".replace(",", ".") for word in words] if name in numbers else words
        for name, words in answers.items()
    }
    return as_typed(grouped)
