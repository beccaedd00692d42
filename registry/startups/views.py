"""The directory that everybody reads: list with facets, record, tables to download."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language

from accounts.access import access
from registry.core import clock, export
from registry.core.fields import Sector
from registry.core.listing import ListAddress, page_of, shown
from registry.core.permalinks import parse
from registry.startups import selectors, structured
from registry.startups.export import directory
from registry.startups.filters import PARAMETERS, StartupFilter, day_asked, is_to_come
from registry.startups.models import Profile, Startup


def _address(query: QueryDict) -> ListAddress:
    return ListAddress(query, reverse("startups"), PARAMETERS)


@access("public")
def startups(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The list. What the address asks and we do not understand is said, and then nothing is listed."""
    language = get_language() or settings.LANGUAGE_CODE
    filters = StartupFilter(request.GET, queryset=Profile.objects.none())
    address = _address(request.GET)
    complaints = address.complaints(filters.form)
    context: dict[str, Any] = {"form": None, "filters": filters, "complaints": complaints, "as_of": None, "page": None}
    if not complaints:
        listing = selectors.Listing(filters, language)
        if code := request.GET.get("format"):
            return _download(listing, language, code)
        page, missing = page_of(request.GET.get("page") or "1", listing)
        if page is None:
            complaints.append(("page", missing, address.without("page")))
        else:
            context |= shown(address, listing, page)
    context["text"] = (request.GET.get("q") or "")[:200]
    return TemplateResponse(request, "startups/list.html", context, status=address.status(complaints))


def _download(listing: selectors.Listing, language: str, code: str) -> StreamingHttpResponse:
    """The whole result, whatever the page."""
    day = listing.as_of or clock.today()
    return export.download(directory(listing, language), code, f"khoi-nghiep-{day:%Y-%m-%d}")


def _found(segment: str) -> tuple[Startup, Profile | None]:
    link = parse(segment)
    startup = selectors.by_public_id(link.public_id) if link else None
    if startup is None:
        raise Http404
    return startup, selectors.profile_of(startup)


@access("public")
def startup(request: HttpRequest, slug: str) -> HttpResponse:
    """One startup, today or as of a day. An old name redirects; what was taken down answers 410, with who and when.

    Taken down means not shown: then no earlier day is shown either.
    """
    record, now = _found(slug)
    if now is None:
        return gone(request, record)
    address = selectors.url_of(now, get_language() or settings.LANGUAGE_CODE)
    asked = request.GET.get("as_of", "")
    if request.path != address:
        return HttpResponsePermanentRedirect(f"{address}?{urlencode({'as_of': asked})}" if asked else address)
    try:
        as_of = day_asked(asked)
    except ValidationError as wrong:
        more = {"sentence": wrong.messages[0], "is_to_come": is_to_come(wrong)}
        return _no_page(request, record, now, status=400, **more)
    if as_of is None:
        return TemplateResponse(request, "startups/detail.html", _page_of(request, now, now, None))
    then = selectors.profile_of(record, as_of)
    if then is None:
        return _no_page(request, record, now, as_of=as_of, status=404)
    context = _page_of(request, selectors.as_read_today(then, now), now, as_of)
    return TemplateResponse(request, "startups/detail.html", context)


def _no_page(request: HttpRequest, record: Startup, now: Profile, *, status: int, **more: Any) -> HttpResponse:
    """Nothing stands there for that day: why, and which days there are."""
    language = get_language() or settings.LANGUAGE_CODE
    context = {
        "name": selectors.name_in(now, language),
        "url": selectors.url_of(now, language),
        "versions": selectors.versions(record),
        "as_of": None,
        "sentence": "",
        "is_to_come": False,
        "status": status,
        **more,
    }
    return render(request, "startups/no_version.html", context, status=status)


def _page_of(request: HttpRequest, profile: Profile, now: Profile, as_of: date | None) -> dict[str, Any]:
    """What the record's page shows of one version; `now` is the version in force today."""
    language = get_language() or settings.LANGUAGE_CODE
    record, address = now.startup, selectors.url_of(now, language)
    tax_code = selectors.public_tax_code(profile, as_of)
    known = selectors.versions(record)
    return {
        "profile": profile,
        "startup": record,
        "as_of": as_of,
        "url": address,
        "versions": known if len(known) > 1 or as_of else [],
        "party_name": selectors.public_party_name(profile, as_of),
        "party_kind": profile.startup.party.get_kind_display(),
        "tax_code": tax_code,
        "ward": profile.ward.name_in(language),
        "fields": [row.get_field_display() for row in profile.fields.all()],
        "field": profile.fields.all()[0].field if profile.fields.all() else "",
        "sector_icon": Sector(profile.sector).icon,
        "industries": structured.industries(profile, language),
        "neighbours": [] if as_of else selectors.neighbours(profile),
        "products": structured.products(profile, language),
        "support": structured.support(profile),
        "json_ld": structured.organization(profile, tax_code=tax_code, url=request.build_absolute_uri(address)),
        "short_url": request.build_absolute_uri(reverse("startup", kwargs={"slug": record.public_id})),
        "report_url": reverse("startup_report", kwargs={"slug": f"{now.slug}-{record.public_id}"}),
    }


def gone(request: HttpRequest, record: Startup) -> HttpResponse:
    """410: what stood here, who took it down and when."""
    last = selectors.last_profile(record)
    if last is None:
        raise Http404
    language = get_language() or settings.LANGUAGE_CODE
    decision = last.ended_by
    context = {
        "record_title": selectors.name_in(last, language),
        "when": decision.effective_on if decision else last.effective_to,
        "who": (decision.authority.name_en if language == "en" else decision.authority.name_vi) if decision else "",
        "reason": "",
        "list_url": reverse("startups"),
    }
    return render(request, "errors/410.html", context, status=410)
