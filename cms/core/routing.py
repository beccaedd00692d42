"""The way from an address to its page in three queries at any depth, in place of Wagtail's one or two for each step.

What the walk has read is kept on the page: `trail` (the pages above it and itself) serves the crumbs, the privacy check
and the parent without asking again.
"""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

DEEPEST: Final = 12


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, told beforehand which page it serves."""
    request._wagtail_route_for_request = route(request, path)  # type: ignore[attr-defined]
    return views.serve(request, path)  # type: ignore[no-any-return]


def route(request: HttpRequest, path: str) -> RouteResult | None:
    words = [word for word in path.split("/") if word]
    site = Site.find_for_request(request)
    if site is None or len(words) > DEEPEST:
        return None
    found = pages_named(words, site)
    home = next((page for page in found.values() if is_home(page, site)), None)
    if home is None:
        return None
    trail, rest = walk(home, words, found)
    page = trail[-1].specific
    page.locale = trail[-1].locale
    page.trail = [*trail[:-1], page]
    page.is_restricted = any(step.restricted for step in (*trail, *roots(found)))
    page.home_twin = next((other for other in found.values() if is_home(other, site, elsewhere=True)), None)
    if len(trail) > 1:
        page._cached_parent_obj = trail[-2]
    try:
        return page.route(request, rest)
    except Http404:
        return None


def pages_named(words: list[str], site: Site) -> dict[str, Any]:
    """By tree address: the root, the front pages, and every page of the active language with one of these names."""
    restriction = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    wanted = (
        Q(depth=1)
        | Q(translation_key=site.root_page.translation_key, depth=site.root_page.depth)
        | Q(slug__in=words, locale__language_code=get_language())
    )
    pages = Page.objects.filter(wanted).select_related("locale").annotate(restricted=Exists(restriction))
    return {page.url_path: page for page in pages.order_by("path")}


def is_home(page: Page, site: Site, *, elsewhere: bool = False) -> bool:
    """Whether `page` is the front page of the active language, or (`elsewhere`) of another one."""
    if page.translation_key != site.root_page.translation_key or not page.live:
        return False
    return bool((page.locale.language_code == get_language()) != elsewhere)


def roots(found: dict[str, Any]) -> list[Any]:
    return [page for page in found.values() if page.depth == 1]


def walk(home: Any, words: list[str], found: dict[str, Any]) -> tuple[list[Any], list[str]]:
    """The pages one below the other as far as the words name any, and the words that are left."""
    trail = [home]
    for at, word in enumerate(words):
        below = found.get(f"{trail[-1].url_path}{word}/")
        if below is None:
            return trail, words[at:]
        trail.append(below)
    return trail, []
