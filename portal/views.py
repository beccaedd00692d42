"""The views of the house itself: how a page is shown, whether the portal lives, what robots and finders may know."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.access import access
from portal.context import address
from portal.look import keep, look_of


@access("public")
@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
def display(request: HttpRequest) -> HttpResponse:
    """Text size and theme. POST keeps the choice in the cookie `look` and goes back; it changes nothing else."""
    if request.method != "POST":
        return render(request, "portal/display.html")
    if not is_same_origin(request):
        return HttpResponseForbidden(
            _("Chỉ trang này đổi được cách hiển thị của nó."), content_type="text/plain; charset=utf-8"
        )
    look = look_of(request)
    if "text" in request.POST:
        look = look.with_text(request.POST["text"])
    if "theme" in request.POST:
        look = look.with_theme(request.POST["theme"])
    response = redirect(way_back(request))
    response.status_code = 303
    keep(response, look, secure=request.is_secure())
    return response


def is_same_origin(request: HttpRequest) -> bool:
    """The first witness there is decides; without any, nobody can tell, and the answer is no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    for header in ("Origin", "Referer"):
        if header in request.headers:
            return urlsplit(request.headers[header]).netloc == request.get_host()
    return False


def way_back(request: HttpRequest) -> str:
    """The page that was left, if it is one of ours; otherwise the front page."""
    here = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(here, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(here)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return address()
