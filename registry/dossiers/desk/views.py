"""The pages of the desk: the queue, a dossier, two versions of it, and the one address where something is done with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from registry.core import clock, export
from registry.core.lifecycle import Refusal
from registry.dossiers.desk import acting, comparing, page, sheet
from registry.dossiers.desk.acting import Refused
from registry.dossiers.desk.entrance import desk
from registry.dossiers.desk.queue import Queue
from registry.dossiers.desk.table import table
from registry.dossiers.models import Dossier
from registry.dossiers.selectors import visible_to


def on_desk(user: Any, reference: str) -> Dossier:
    """A dossier that the department has received; for everything else there is none."""
    found = visible_to(user).filter(received_at__isnull=False).select_related("party", "assigned_to", "created_by")
    return get_object_or_404(found, reference=reference)


@desk
@require_safe
def queue(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The list; with `format` (csv, xlsx, jsonl) all of it as a table."""
    asked = Queue(request.user, request.GET)
    if request.GET.get("format") in export.FORMATS and not asked.complaints:
        rows = asked.chosen(asked.everybodys())
        return export.download(table(rows), request.GET["format"], f"ho-so-{clock.today():%Y-%m-%d}")
    tabs, rows = asked.page()
    context = {
        "queue": asked,
        "form": asked.filters.form,
        "tabs": tabs,
        "page": rows,
        "breadcrumbs": [{"url": reverse("wagtailadmin_home"), "label": "Trang chủ"}, {"url": "", "label": "Hồ sơ"}],
    }
    return TemplateResponse(request, "dossiers/staff/queue.html", context)


@desk
@require_safe
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    found = on_desk(request.user, reference)
    return TemplateResponse(request, "dossiers/staff/dossier.html", page.context(request, found))


@desk
@require_safe
def compare(request: HttpRequest, reference: str) -> HttpResponse:
    """Two submissions side by side. Restricted answers only when asked for, and then it is logged."""
    found = on_desk(request.user, reference)
    submissions = list(found.submissions.select_related("submitted_by").order_by("number"))
    pair = comparing.chosen(submissions, request.GET)
    context: dict[str, Any] = {
        "dossier": found,
        "submissions": submissions,
        "pair": pair,
        "differences": [],
        "hidden": 0,
        "revealed": request.GET.get("show") == "restricted",
        "breadcrumbs": [
            {"url": reverse("desk_queue"), "label": "Hồ sơ"},
            {"url": reverse("desk_dossier", args=[found.reference]), "label": found.reference},
            {"url": "", "label": "So sánh"},
        ],
    }
    if pair:
        context["differences"], read = comparing.differences(*pair, revealed=context["revealed"])
        context["hidden"] = sum(one.hidden for one in context["differences"])
        sheet.leave_trace(request.user, found, read)
    return TemplateResponse(request, "dossiers/staff/compare.html", context, status=200 if pair else 404)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, reference: str, action: str) -> HttpResponse:
    """Do one thing with a dossier. A refusal gives the page back with the reason and with everything that was typed."""
    found = on_desk(request.user, reference)
    if request.method != "POST":
        return redirect("desk_dossier", reference=found.reference)
    if action not in acting.desk_actions(found):
        return TemplateResponse(request, "dossiers/staff/unknown.html", {"dossier": found}, status=404)
    try:
        done = acting.act(found, action, request.user, request.POST)
    except Refusal as refusal:
        refused = Refused(
            action, refusal, request.POST, acting.meanwhile(found, request.POST.get("version", found.version))
        )
        fresh = on_desk(request.user, reference)
        context = page.context(request, fresh, refused)
        return TemplateResponse(request, "dossiers/staff/dossier.html", context, status=refused.status)
    messages.success(request, success(done, action))
    return redirect("desk_dossier", reference=done.reference)


def success(done: Dossier, action: str) -> str:
    """What was done, with the way to what the public sees of it now."""
    said = done.lifecycle.actions[action].done
    url = done.kind.public_url(done, "vi")
    if url and done.lifecycle.actions[action].target == done.state:
        return format_html('{}: {}. <a href="{}">Xem trang công khai</a>', said, done.reference, url)
    return f"{said}: {done.reference}."
