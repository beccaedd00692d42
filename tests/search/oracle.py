"""A search without any index: reads every entry, in the words of the ranking. What an engine answers must be the same."""

from collections import Counter
from dataclasses import dataclass

from search.models import SearchEntry
from search.normalise import Word, code, words
from search.plan import Group, Phrase, Plan
from search.prepared import blocks_of, facets_of

FACETS = ("field", "ward", "kind", "language")


@dataclass
class Text:
    """The words of an entry, each block a run that phrases do not leave."""

    title: list[Word]
    blocks: list[list[Word]]
    codes: list[str]


def read(entry: SearchEntry) -> Text:
    blocks = [words(text) for text in (entry.title, *blocks_of(entry))]
    return Text(blocks[0], blocks, [code(number) for number in entry.numbers])


def holds(block: list[Word], phrase: Phrase, exact: bool) -> bool:
    wanted = phrase.exact if exact else phrase.plain
    told = [word.exact if exact else word.plain for word in block]
    for at in range(len(told) - len(wanted) + 1):
        same = told[at : at + len(wanted)]
        if phrase.open_end and not exact:
            same[-1] = same[-1][: len(wanted[-1])]
        if tuple(same) == wanted:
            return True
    return False


def met(group: Group, text: Text, blocks: list[list[Word]], exact: bool = False, numbers: bool = True) -> bool:
    by_words = any(holds(block, phrase, exact) for phrase in group.phrases for block in blocks)
    return by_words or (numbers and has_code(text, group.codes))


def has_code(text: Text, codes: tuple[str, ...]) -> bool:
    return any(held.startswith(wanted) for wanted in codes for held in text.codes)


def tier(plan: Plan, text: Text) -> int:
    """1 to 5, or 0 for no match."""
    if plan.empty:
        return 0
    if plan.blank:
        return 5
    number = has_code(text, (plan.code,) if plan.code else ())
    if number or (plan.marked and any(holds(text.title, wording, True) for wording in plan.wordings)):
        return 1
    if plan.marked and all(met(group, text, text.blocks, exact=True) for group in plan.groups):
        return 2
    if any(holds(text.title, wording, False) for wording in plan.wordings):
        return 3
    if all(met(group, text, [text.title], numbers=False) for group in plan.groups):
        return 4
    return 5 if all(met(group, text, text.blocks) for group in plan.groups) else 0


def answer(plan: Plan, entries: list[SearchEntry], language: str | None, groups: dict[str, tuple[str, ...]]):
    """(pks in order, facet counts by group); `groups` holds the choices, the language among them."""
    found = [entry for entry in entries if not entry.deleted]
    matched = [(tier(plan, read(entry)), entry) for entry in found]
    if plan.can_open and not any(rank for rank, entry in matched if language in (None, entry.language)):
        matched = [(tier(plan.opened(), read(entry)), entry) for entry in found]
    matched = [(rank, entry) for rank, entry in matched if rank]

    def chosen(entry: SearchEntry, leave_out: str = "") -> bool:
        values = facets_of(entry)
        return all(set(values.get(group, ())) & set(codes) for group, codes in groups.items() if group != leave_out)

    ranked = sorted((m for m in matched if chosen(m[1])), key=lambda m: (m[0], -m[1].date.toordinal(), -m[1].pk))
    counts = {
        group: Counter(
            value for _, entry in matched if chosen(entry, group) for value in facets_of(entry).get(group, ())
        )
        for group in FACETS
    }
    return [(entry.pk, rank) for rank, entry in ranked], counts
