"""The plan of a query in the language of Elasticsearch: only filters, nothing is scored. The twin of search/embedded/match.py."""

from collections.abc import Iterable, Mapping, Sequence

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.plan import Group, Phrase, Plan

TITLE = ("t",)
ANYWHERE = ("t", "b")
EXACT_TITLE = ("xt",)
EXACT_ANYWHERE = ("xt", "xb")


def anywhere(plan: Plan) -> Query:
    """What matches at all."""
    if not plan.groups:
        return Q("term", live=True)
    groups = _all(_group(group, ANYWHERE) for group in plan.groups)
    return _any([groups, _code(plan.code)]) if plan.code else groups


def tiers(plan: Plan) -> list[tuple[int, Query]]:
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
    return [(tier, without(match, [m for _, m in found[:i]])) for i, (tier, match) in enumerate(found)]


def title_starts(plan: Plan) -> list[tuple[int, Query]]:
    """For suggestions: numbers that begin so, titles that begin so, titles with words that begin so."""
    found = [_code(plan.code)] if plan.code else []
    found.append(_any(_starts(wording) for wording in plan.wordings))
    found.append(_all(_any(_phrase(phrase, TITLE) for phrase in group.phrases) for group in plan.groups))
    return [(tier, without(match, found[: tier - 1])) for tier, match in enumerate(found, start=1)]


def filters(groups: Mapping[str, Sequence[str]], leave_out: str = "") -> list[Query]:
    """OR inside a facet group, AND across; `leave_out` names a group that does not count."""
    return [Q("terms", **{f"facets.{group}": list(values)}) for group, values in groups.items() if group != leave_out]


def open_at(milliseconds: int) -> Query:
    """Entries whose window holds this moment; most have none."""
    shut = [Q("range", opens={"gt": milliseconds}), Q("range", closes={"lte": milliseconds})]
    return Q("bool", must_not=shut)


def without(match: Query, others: list[Query]) -> Query:
    return Q("bool", filter=[match], must_not=others) if others else match


def _group(group: Group, fields: Sequence[str]) -> Query:
    return _any([*(_phrase(phrase, fields) for phrase in group.phrases), *map(_code, group.codes)])


def _phrase(phrase: Phrase, fields: Sequence[str]) -> Query:
    exact = fields[0] == "xt"
    tokens = phrase.exact if exact else phrase.plain
    return _any(_in_field(tokens, phrase.open_end and not exact, field) for field in fields)


def _in_field(tokens: Sequence[str], open_end: bool, field: str) -> Query:
    if len(tokens) == 1:
        return Q("prefix" if open_end else "term", **{field: tokens[0]})
    if not open_end:
        return Q("match_phrase", **{field: {"query": " ".join(tokens), "analyzer": "whitespace"}})
    last = Q("span_multi", match=Q("prefix", **{field: tokens[-1]}))
    return Q("span_near", clauses=[*(Q("span_term", **{field: t}) for t in tokens[:-1]), last], slop=0, in_order=True)


def _starts(wording: Phrase) -> Query:
    typed = " ".join(wording.plain)
    if wording.open_end:
        return Q("prefix", start=typed)
    return _any([Q("term", start=typed), Q("prefix", start=f"{typed} ")])


def _code(code: str) -> Query:
    return Q("prefix", codes=code)


def _all(parts: Iterable[Query]) -> Query:
    given = list(parts)
    return given[0] if len(given) == 1 else Q("bool", filter=given)


def _any(parts: Iterable[Query]) -> Query:
    given = list(parts)
    return given[0] if len(given) == 1 else Q("bool", should=given, minimum_should_match=1)
