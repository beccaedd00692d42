"""“Report an error”: a form of its own for each public record, so that the record's page stays the same bytes for everybody."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import access
from registry.core import clock
from registry.reports import subjects
from registry.reports.forms import TRAP, ReportForm
from registry.reports.services import report_error

REPORTS_A_DAY = 20


@access("public")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    found = subjects.get(kind).find(request, slug)
    if isinstance(found, HttpResponse):
        return found
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.is_a_trap_sprung or _taken(request, kind, found, form.cleaned_data):
            return redirect(f"{request.path}?xong=1")
        form.add_error(None, _("Hôm nay đã có nhiều báo lỗi từ chỗ bạn. Mai gửi tiếp, hoặc gọi Sở."))
    context = {
        "form": form,
        "subject": found,
        "trap": TRAP,
        "sent": request.method != "POST" and request.GET.get("xong") == "1",
    }
    return TemplateResponse(request, "reports/report.html", context, headers={"Cache-Control": "private, no-store"})


def _taken(request: HttpRequest, kind: str, subject: subjects.Subject, said: dict[str, Any]) -> bool:
    """Keep the report, unless too many have come from there today."""
    if _too_many(request):
        return False
    language = get_language() or settings.LANGUAGE_CODE
    report_error(kind, subject, text=said["text"], email=said["email"], language=language)
    return True


def _too_many(request: HttpRequest) -> bool:
    """At most REPORTS_A_DAY reports a day from one address; the count lives in the shared cache, never in the database."""
    key = f"report:{clock.today():%Y%m%d}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, 24 * 3600)
    return bool(cache.incr(key) > REPORTS_A_DAY)
