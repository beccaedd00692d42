"""The plan of a query in the language of FTS5. Every word is quoted, nothing a visitor typed is ever read as syntax."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from search.embedded.tokens import EVERY, code_token, facet_token
from search.plan import Group, Phrase, Plan


def anywhere(plan: Plan) -> str:
    """What matches at all."""
    groups = _all(_any([*map(_plain, group.phrases), *map(_code, group.codes)]) for group in plan.groups)
    return _any([groups, _code(plan.code)]) if plan.code and plan.groups else groups or f'"{EVERY}"'


class Tier(NamedTuple):
    """What stands in a tier or in an earlier one, and the same without what an earlier one has."""

    number: int
    holds: str
    apart: str


def tiers(plan: Plan) -> list[Tier]:
    """From best to last."""
    if not plan.groups:
        return everything(plan)
    first = [f"xt : {_any(map(_exact, plan.wordings))}"] if plan.marked else []
    first += [_code(plan.code)] if plan.code else []
    found = [(1, _any(first))] if first else []
    if plan.marked:
        found.append((2, _all(_exact_group(group) for group in plan.groups)))
    found.append((3, f"t : {_any(map(_plain, plan.wordings))}"))
    found.append((4, _all(f"t : {_any(map(_plain, group.phrases))}" for group in plan.groups)))
    found.append((5, anywhere(plan)))
    return _one_after_the_other(found)


def everything(plan: Plan) -> list[Tier]:
    """All matches alike."""
    return [Tier(5, anywhere(plan), anywhere(plan))]


def suggestion_tiers(plan: Plan) -> list[Tier]:
    """Numbers that begin so, then titles that begin so, then titles with words that begin so."""
    found = [(1, _code(plan.code))] if plan.code else []
    found.append((2, "t : " + _any(f"^ {_plain(wording)}" for wording in plan.wordings)))
    found.append((3, _all(f"t : {_any(map(_plain, group.phrases))}" for group in plan.groups)))
    return _one_after_the_other(found)


def filters(groups: Mapping[str, Sequence[str]]) -> str:
    """OR inside a facet group, AND across."""
    return _all(_any(f'"{facet_token(group, value)}"' for value in values) for group, values in groups.items())


def both(match: str, filter_: str) -> str:
    return _all([match, filter_]) if filter_ else match


def _one_after_the_other(found: list[tuple[int, str]]) -> list[Tier]:
    return [Tier(number, holds, _without(holds, [m for _, m in found[:i]])) for i, (number, holds) in enumerate(found)]


def _without(match: str, others: list[str]) -> str:
    return f"({match} NOT {_any(others)})" if others else match


def _exact_group(group: Group) -> str:
    return _any([*map(_exact, group.phrases), *map(_code, group.codes)])


def _plain(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.plain)}"' + (" *" if phrase.open_end else "")


def _exact(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.exact)}"'


def _code(code: str) -> str:
    return f'"{code_token(code)}" *'


def _all(parts: Iterable[str]) -> str:
    given = list(parts)
    return given[0] if len(given) == 1 else f"({' AND '.join(given)})" if given else ""


def _any(parts: Iterable[str]) -> str:
    given = list(parts)
    return given[0] if len(given) == 1 else f"({' OR '.join(given)})" if given else ""
