"""The page of the search in the back office: how the engines are, why something stands first, what was looked for in vain."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem

from search import clock, empty_searches, explain, facets, parameters, reports
from search.engine import Hit, InvalidParameter, Query, Results, get_engine
from search.kinds import Kind, all_kinds, kind_named

MAY_LOOK = "search.view_followerreport"
SHOWN = 20
LANGUAGES = {"vi": "Tiếng Việt", "en": "Tiếng Anh", "": "Mọi ngôn ngữ"}


@dataclass(frozen=True)
class Place:
    """A hit, and why it stands where it stands."""

    hit: Hit
    kind: Kind
    why: str


class SearchMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_LOOK)


@require_safe
@permission_required(MAY_LOOK)
def search_desk(request: HttpRequest) -> HttpResponse:
    states = reports.states()
    now = clock.now()
    waiting = max((state.status.pending_seconds for state in states), default=0.0)
    context = {
        "summary": reports.summary(states),
        "states": states,
        "waiting_since": now - timedelta(seconds=waiting) if waiting else None,
        "chosen": settings.SEARCH_ENGINE,
        **_asked(request),
        "in_vain": [
            {**one, "spoken": LANGUAGES.get(one["language"], one["language"])}
            for one in empty_searches.lately(now.date())
        ],
        "breadcrumbs": [
            {"url": reverse("wagtailadmin_home"), "label": "Trang chủ"},
            {"url": "", "label": "Máy tìm kiếm"},
        ],
    }
    return TemplateResponse(request, "search/desk.html", context)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What a visitor would get for the text in the address. It is not counted as a visitor's search."""
    text, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    language = request.GET.get("lang", "vi")
    context: dict[str, Any] = {
        "text": text,
        "language": language,
        "languages": LANGUAGES.items(),
        "kind": kind,
        "kinds": all_kinds(),
        "complaint": "",
        "found": None,
    }
    if "q" not in request.GET:
        return context
    try:
        query = Query(
            text=parameters.check_text(text),
            kinds=parameters.check_codes(facets.KIND, [kind] if kind else []),
            language=parameters.check_language(language) if language else None,
            size=SHOWN,
        )
    except InvalidParameter as refused:
        return context | {"complaint": refused.message}
    return context | _explained(text, get_engine().search(query))


def _explained(text: str, found: Results) -> dict[str, Any]:
    return {
        "found": found,
        "engine": reports.NAMES.get(found.engine, found.engine),
        "pieces": explain.pieces(found.plan),
        "remarks": explain.remarks(text, found.plan),
        "places": [Place(hit, kind_named(hit.kind), explain.why(hit, found.plan)) for hit in found.hits],
    }
