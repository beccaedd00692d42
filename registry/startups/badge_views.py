"""The badge and the poster for everybody, and the page where their owner takes them."""

from typing import Any

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import access
from registry.startups import badge, selectors
from registry.startups.models import Profile, Startup
from registry.startups.views import gone

AN_IMAGE = {"default-src": [NONE], "frame-ancestors": [NONE]}


def _language(request: HttpRequest) -> str:
    """That of `?lang=`; a picture cannot explain a wrong one, so it speaks Vietnamese then."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _found(public_id: str) -> tuple[Startup, Profile | None]:
    record = selectors.by_public_id(public_id)
    if record is None:
        raise Http404
    return record, selectors.profile_of(record)


@access("public")
@require_safe
@csp(AN_IMAGE)
def svg(request: HttpRequest, public_id: str) -> HttpResponse:
    """Any site may show it. 410 with a picture that says so once the startup has left the directory."""
    _record, profile = _found(public_id)
    language = _language(request)
    drawing = badge.svg(profile, language) if profile else badge.svg_of_one_gone(language)
    response = HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8", status=200 if profile else 410)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@access("public")
@require_safe
def pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    record, profile = _found(public_id)
    language = _language(request)
    if profile is None:
        with override(language):
            return gone(request, record)
    response = HttpResponse(badge.poster(profile, language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{profile.slug}-{public_id}.pdf"'
    return response


@access("signed_in")
@require_safe
def mine(request: HttpRequest, public_id: str) -> HttpResponse:
    """The badge as it looks, the lines to copy, the poster: for whoever acts for the startup."""
    record = get_object_or_404(selectors.own_startups(request.user), public_id=public_id)
    profile = selectors.profile_of(record)
    if profile is None:
        return gone(request, record)
    language = get_language() or settings.LANGUAGE_CODE
    context = {
        "startup": record,
        "profile": profile,
        "url": selectors.url_of(profile, language),
        "size": (badge.WIDTH, badge.HEIGHT),
        "languages": [_offered(profile, code, str(name)) for code, name in settings.LANGUAGES],
    }
    return TemplateResponse(request, "startups/badge.html", context)


def _offered(profile: Profile, language: str, name: str) -> dict[str, Any]:
    public_id = profile.startup.public_id
    svg_url = badge.image_url(public_id, language)
    with override(language):
        says = _("%(name)s: có trong danh bạ khởi nghiệp tỉnh Lai Châu") % {
            "name": selectors.name_in(profile, language)
        }
    return {
        "code": language,
        "name": name,
        "says": says,
        "svg_url": svg_url,
        "poster_url": badge.image_url(public_id, language, "pdf"),
        "snippet": format_html(
            '<a href="{}"><img src="{}" width="{}" height="{}" alt="{}"></a>',
            badge.short_url(public_id, language),
            f"{settings.BASE_URL.rstrip('/')}{svg_url}",
            badge.WIDTH,
            badge.HEIGHT,
            says,
        ),
    }
