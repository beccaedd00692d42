"""The plan of a query in the language of Elasticsearch: only filters, nothing is scored. The twin of search/embedded/match.py.

Plain JSON: objects of `elasticsearch.dsl` for the hundred little parts of a search took longer than the server's answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search.plan import Group, Phrase, Plan

TITLE = "t"
ANYWHERE = "b"
EXACT_TITLE = "xt"
EXACT_ANYWHERE = "xb"

Matches = dict[str, Any]


def anywhere(plan: Plan) -> Matches:
    """What matches at all."""
    if not plan.groups:
        return {"term": {"live": True}}
    groups = _all(_group(group, ANYWHERE) for group in plan.groups)
    return _any([groups, _code(plan.code)]) if plan.code else groups


def tiers(plan: Plan) -> list[tuple[int, Matches]]:
    """(tier, query) from best to last; each leaves out what an earlier one has."""
    if not plan.groups:
        return [(5, anywhere(plan))]
    first = [_phrase(wording, EXACT_TITLE) for wording in plan.wordings] if plan.marked else []
    first += [_code(plan.code)] if plan.code else []
    found = [(1, _any(first))] if first else []
    if plan.marked:
        found.append((2, _all(_group(group, EXACT_ANYWHERE) for group in plan.groups)))
    found.append((3, _any(_phrase(wording, TITLE) for wording in plan.wordings)))
    found.append((4, _all(_any(_phrase(phrase, TITLE) for phrase in group.phrases) for group in plan.groups)))
    found.append((5, anywhere(plan)))
    return _one_after_the_other(found)


def suggestion_tiers(plan: Plan) -> list[tuple[int, Matches]]:
    """Numbers that begin so, then titles that begin so, then titles with words that begin so."""
    found = [(1, _code(plan.code))] if plan.code else []
    found.append((2, _any(_starts(wording) for wording in plan.wordings)))
    found.append((3, _all(_any(_phrase(phrase, TITLE) for phrase in group.phrases) for group in plan.groups)))
    return _one_after_the_other(found)


def filters(groups: Mapping[str, Sequence[str]], leave_out: str = "") -> list[Matches]:
    """OR inside a facet group, AND across; `leave_out` names a group that does not count."""
    return [{"terms": {f"facets.{group}": list(values)}} for group, values in groups.items() if group != leave_out]


def open_at(milliseconds: int) -> Matches:
    """Entries whose window holds this moment; most have none."""
    return {"bool": {"must_not": [_range("opens", gt=milliseconds), _range("closes", lte=milliseconds)]}}


def _one_after_the_other(found: list[tuple[int, Matches]]) -> list[tuple[int, Matches]]:
    """Each without what an earlier one has."""
    others = [query for _, query in found]
    return [
        (tier, {"bool": {"filter": [query], "must_not": others[:place]}} if place else query)
        for place, (tier, query) in enumerate(found)
    ]


def _group(group: Group, field: str) -> Matches:
    return _any([*(_phrase(phrase, field) for phrase in group.phrases), *map(_code, group.codes)])


def _phrase(phrase: Phrase, field: str) -> Matches:
    exact = field in (EXACT_TITLE, EXACT_ANYWHERE)
    tokens, open_end = (phrase.exact, False) if exact else (phrase.plain, phrase.open_end)
    if len(tokens) == 1:
        return {"prefix" if open_end else "term": {field: tokens[0]}}
    if not open_end:
        return {"match_phrase": {field: {"query": " ".join(tokens), "analyzer": "whitespace"}}}
    last = {"span_multi": {"match": {"prefix": {field: tokens[-1]}}}}
    whole = [{"span_term": {field: token}} for token in tokens[:-1]]
    return {"span_near": {"clauses": [*whole, last], "slop": 0, "in_order": True}}


def _starts(wording: Phrase) -> Matches:
    typed = " ".join(wording.plain)
    if wording.open_end:
        return {"prefix": {"start": typed}}
    return _any([{"term": {"start": typed}}, {"prefix": {"start": f"{typed} "}}])


def _code(code: str) -> Matches:
    return {"prefix": {"codes": code}}


def _range(field: str, **limits: int) -> Matches:
    return {"range": {field: limits}}


def _all(parts: Iterable[Matches]) -> Matches:
    given = list(parts)
    return given[0] if len(given) == 1 else {"bool": {"filter": given}}


def _any(parts: Iterable[Matches]) -> Matches:
    given = list(parts)
    return given[0] if len(given) == 1 else {"bool": {"should": given, "minimum_should_match": 1}}
