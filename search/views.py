"""The page of results. Public and the same for everybody: it looks at the address alone."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from search import empty_searches, parameters
from search.addresses import Address
from search.engine import Hit, InvalidParameter, Query, Sort, get_engine
from search.kinds import Kind, kind_named
from search.narrowing import Narrowing, count_without_filters

PAGE_SIZE = 20
ORDERS: dict[Sort, Promise] = {
    "relevance": gettext_lazy("Sát nhất"),
    "newest": gettext_lazy("Mới nhất"),
    "name": gettext_lazy("Tên A–Z"),
}


@dataclass(frozen=True)
class Found:
    """A hit with what the page says of its kind."""

    hit: Hit
    kind: Kind


@dataclass(frozen=True)
class Order:
    """A way to sort, and the address of these results sorted so."""

    label: Promise
    url: str
    current: bool


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    asked = parameters.read(request.GET, language)
    address = Address(asked.text, asked.chosen, "" if asked.sort == "relevance" else asked.sort)
    context: dict[str, Any] = {
        "text": asked.text,
        "address": address,
        "asked": False,
        "kept": address.pairs(leave_out=["q"]),
    }
    if not asked.refused and (asked.text or any(asked.chosen.values()) or asked.cursor):
        query = parameters.query_of(
            asked.text, asked.chosen, language=language, sort=asked.sort, cursor=asked.cursor, size=PAGE_SIZE
        )
        try:
            context |= _answered(address, query, language)
        except InvalidParameter as refused:
            asked.refused.append(refused)
    # Nothing is listed rather than everything: an invalid choice must not look like a wide one.
    return render(
        request,
        "search/results.html",
        context | {"complaints": asked.unknown + asked.refused, "refused": asked.refused},
    )


def _answered(address: Address, query: Query, language: str) -> dict[str, Any]:
    found = get_engine().search(query)
    empty_searches.note(query, found)
    beside = Narrowing(address, found)
    chips = beside.chips()
    return {
        "asked": True,
        "results": found,
        "found": [Found(hit, kind_named(hit.kind)) for hit in found.hits],
        "facets": beside.facets(),
        "chips": chips,
        "carried": address.pairs(leave_out=list(address.chosen)),
        "plain_url": str(address.without_filters()),
        "orders": [
            Order(label, str(address.sorted_by("" if sort == "relevance" else sort)), sort == query.sort)
            for sort, label in ORDERS.items()
        ],
        "first": found.before + 1,
        "last": found.before + len(found.hits),
        "first_url": str(address) if query.cursor else "",
        "next_url": address.page_after(found.next_cursor) if found.next_cursor else "",
        "meant_url": str(address.with_text(found.did_you_mean)) if found.did_you_mean else "",
        **({} if found.hits else _ways_out(beside, query, language)),
    }


def _ways_out(beside: Narrowing, query: Query, language: str) -> dict[str, Any]:
    """Dropping one group; where no single one helps and there are several, dropping all."""
    ways = beside.ways_out()
    several = len([codes for codes in beside.address.chosen.values() if codes]) > 1
    return {
        "ways_out": ways,
        "in_other_languages": beside.in_other_languages,
        "without_filters": count_without_filters(query, language) if several and not ways and query.text else 0,
    }
