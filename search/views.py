"""The page of results. Public and the same for everybody: it looks at the address alone."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search import empty_searches, parameters
from search.engine import Hit, InvalidParameter, Query, Results, get_engine
from search.kinds import Kind, all_kinds, kind_named

PAGE_SIZE = 20
KNOWN = ("q", "kind", "cursor")


@dataclass(frozen=True)
class Tab:
    label: str | Promise
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Found:
    """A hit with what the page says of its kind."""

    hit: Hit
    kind: Kind


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    complaints = parameters.unknown(list(request.GET), KNOWN)
    context: dict[str, Any] = {"text": text, "complaints": complaints, "asked": bool(text), "kinds": all_kinds()}
    try:
        query = Query(
            text=text,
            kinds=parameters.check_kinds([kind for kind in request.GET.getlist("kind") if kind]),
            language=get_language(),
            cursor=request.GET.get("cursor", ""),
            size=PAGE_SIZE,
        )
        if text:
            context |= _answered(request, query, get_engine().search(query))
    except InvalidParameter as refused:
        # Nothing is listed rather than everything: an invalid choice must not look like a wide one.
        complaints.append(refused)
        context |= {"asked": False, "all_url": _address(request, kind="")}
    return render(request, "search/results.html", context)


def _answered(request: HttpRequest, query: Query, found: Results) -> dict[str, Any]:
    empty_searches.note(query, found)
    everything = sum(value.count for value in found.facets["kind"])
    tabs = [
        Tab(kind_named(value.value).label, value.count, _address(request, kind=value.value), value.selected)
        for value in found.facets["kind"]
    ]
    return {
        "results": found,
        "found": [Found(hit, kind_named(hit.kind)) for hit in found.hits],
        "tabs": tabs,
        "everything": everything,
        "kind_chosen": [kind_named(code).label for code in query.kinds],
        "all_url": _address(request, kind=""),
        "first": found.before + 1,
        "last": found.before + len(found.hits),
        "first_url": _address(request, cursor="") if query.cursor else "",
        "next_url": _address(request, cursor=found.next_cursor) if found.next_cursor else "",
        "meant_url": _address(request, q=found.did_you_mean) if found.did_you_mean else "",
    }


def _address(request: HttpRequest, **changes: str) -> str:
    """This search with a few parameters changed (empty: left out). Another search starts at its first page."""
    values = request.GET.copy()
    for name in [name for name in values if name not in KNOWN]:
        del values[name]
    for name, value in {"cursor": "", **changes}.items():
        if value:
            values[name] = value
        else:
            values.pop(name, None)
    return f"?{values.urlencode()}"
