"""The views of the house itself: how a page is shown, whether the portal lives, what robots and finders may know."""

import logging
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from accounts.access import access
from portal import metrics
from portal.context import address
from portal.look import keep, look_of
from portal.twins import absolute
from registry.core import clock

log = logging.getLogger(__name__)


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


@access("public")
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database."""
    return no_store(JsonResponse({"status": "ok"}))


@access("public")
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The portal can serve: its database answers and its search file opens. 503 and which one, where not."""
    checks = {"database": database_answers(), "search": search_file_opens()}
    status = "ok" if all(checks.values()) else "unavailable"
    body = {"status": status} | {name: "ok" if well else "unavailable" for name, well in checks.items()}
    return no_store(JsonResponse(body, status=200 if status == "ok" else 503))


@access("public")
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """For the Prometheus of the machine's own network (PORTAL_METRICS_FROM); everybody else is refused."""
    if not metrics.may_read(request):
        raise PermissionDenied
    return no_store(HttpResponse(metrics.exposition(), content_type=CONTENT_TYPE_LATEST))


def no_store(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        log.exception("database does not answer")
        return False


def search_file_opens() -> bool:
    """A file that is not there yet is made by the first search; one that is there must be a database."""
    path = Path(settings.SEARCH_FILE)
    if not path.exists():
        return path.parent.is_dir()
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=2)) as file:
            file.execute("SELECT name FROM sqlite_master LIMIT 1").fetchone()
            return True
    except sqlite3.Error:
        log.exception("search file does not open")
        return False


@access("public")
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Finders may read what the public may read; result lists of the search are no pages of their own."""
    closed = ("/quan-tri/", "/tai-khoan/", "/en/account/", "/tim-kiem/", "/en/search/", "/dev/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {absolute(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@access("public")
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a hole. Valid to the end of next month, for as long as the portal runs."""
    contact = settings.SECURITY_CONTACT or absolute("/")
    expires = clock.end_of(clock.today().replace(day=1) + timedelta(days=59))
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: vi, en",
        f"Canonical: {absolute('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@access("public")
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask here by habit; the mark stands under /static/."""
    response = redirect(staticfiles_storage.url("art/mark.svg"))
    response["Cache-Control"] = "public, max-age=86400"
    return response
