"""From places in an index to what a visitor reads: the texts come from `search_entry`, whichever engine found them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from search import highlight
from search.engine import Aside, Hit, Suggestion
from search.models import SearchEntry
from search.normalise import code
from search.plan import Plan

_UNREAD = ("document", "facets")  # as long as the text itself, and no reader sees them


def public_entries(ids: Sequence[int], at: datetime) -> dict[int, SearchEntry]:
    """Entries by id, without those that were withdrawn or closed since the engine last followed."""
    opened = Q(public_from=None) | Q(public_from__lte=at)
    not_closed = Q(public_until=None) | Q(public_until__gt=at)
    found = SearchEntry.objects.filter(opened, not_closed, pk__in=ids, deleted=False).defer(*_UNREAD)
    return {entry.pk: entry for entry in found}


def hits(ranked: Sequence[tuple[int, int]], plan: Plan, at: datetime) -> tuple[Hit, ...]:
    """`ranked`: (entry id, tier) in the order of the answer."""
    entries = public_entries([entry for entry, _ in ranked], at) if ranked else {}
    return tuple(_hit(entries[entry], tier, plan) for entry, tier in ranked if entry in entries)


def suggestions(ids: Sequence[int], plan: Plan, at: datetime) -> list[Suggestion]:
    entries = public_entries(ids, at) if ids else {}
    found = [entries[entry] for entry in ids if entry in entries]
    return [
        Suggestion(e.kind, e.ref, e.language, e.url, e.title, highlight.title(e.title, plan), _number(e, plan))
        for e in found
    ]


def asides(reasons: Mapping[int, str]) -> tuple[Aside, ...]:
    """`reasons` by entry id, with the names of the entries."""
    known = SearchEntry.objects.filter(pk__in=reasons).order_by("pk")
    return tuple(Aside(e.kind, e.ref, e.language, reasons[e.pk], e.title, e.url) for e in known)


def _number(entry: SearchEntry, plan: Plan) -> str:
    """The number that begins with what was typed, if one does."""
    begun = (number for number in entry.numbers if plan.code and code(number).startswith(plan.code))
    return next(begun, "")


def _hit(entry: SearchEntry, tier: int, plan: Plan) -> Hit:
    sections = [highlight.Section(*section) for section in entry.sections]
    shown = highlight.shown(entry.summary, entry.body, sections, plan, damaged=bool(entry.also))
    return Hit(
        kind=entry.kind,
        ref=entry.ref,
        language=entry.language,
        url=entry.url,
        title=entry.title,
        snippet=shown.snippet,
        date=entry.date,
        tier=tier,
        title_marked=highlight.title(entry.title, plan),
        place=shown.place,
        place_url=shown.place_url,
    )
