"""Staff pages of reports: what waits, what was answered, how long it took; one report and its answer."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from accounts.access import access
from registry.core import clock
from registry.core.decisions import log_restricted_read
from registry.core.lifecycle import Conflict, Invalid, Refusal, perform
from registry.reports import selectors, subjects
from registry.reports.forms import AnswerForm
from registry.reports.lifecycle import kinds_of
from registry.reports.models import Outcome, Report

PAGE_SIZE = 25
A_YEAR = timedelta(days=365)
WAITING, ANSWERED = "cho", "xong"
TAKEN = "Báo lỗi này vừa có người trả lời, hoặc trang bạn mở đã cũ. Xem lại bên dưới."


class ReportsMenuItem(MenuItem):
    """“Báo lỗi (2)”: two wait for an answer."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(kinds_of(request.user))

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = selectors.waiting(request.user).count()
        label = f"{self.label} ({count})" if count else self.label
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs
        )


@access("staff")
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Those that wait, oldest first; or those answered, newest first. And the figures of the last year."""
    tab = ANSWERED if request.GET.get("nhom") == ANSWERED else WAITING
    rows = {WAITING: selectors.waiting, ANSWERED: selectors.answered}[tab](request.user)
    labels = {kind.code: kind.label for kind in subjects.every()}
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "tab": tab,
        "page": page,
        "rows": [(one, labels.get(one.kind, one.kind)) for one in page.object_list],
        "figures": selectors.figures(request.user, clock.now() - A_YEAR),
        "spam": Outcome.SPAM.label,
        "breadcrumbs": [{"url": reverse("wagtailadmin_home"), "label": "Trang chủ"}, {"url": "", "label": "Báo lỗi"}],
    }
    return TemplateResponse(request, "reports/staff/reports.html", context)


@access("staff")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report whole, and where it is answered. Its sender's address is restricted: reading it is logged."""
    found = get_object_or_404(selectors.visible_to(request.user).select_related("answered_by"), pk=pk)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            perform(found, "answer", request.user, data=typed(request), expected_version=version(request))
        except Refusal as refused:
            refusal = refused
            found.refresh_from_db()
        else:
            messages.success(request, f"Đã trả lời báo lỗi về “{found.title}”.")
            return redirect("error_reports")
    if found.email:
        log_restricted_read(request.user, found.subject, ["email"])
    status = 200 if refusal is None else 400 if isinstance(refusal, Invalid) else 409
    return TemplateResponse(request, "reports/staff/report.html", page_of(request, found, refusal), status=status)


def page_of(request: HttpRequest, found: Report, refusal: Refusal | None) -> dict[str, Any]:
    kind = subjects.get(found.kind)
    form = AnswerForm(request.POST if refusal else None)
    problems = getattr(refusal, "problems", {})
    if refusal:
        form.is_valid()
        form.errors.clear()
        for name, sentence in problems.items():
            form.add_error(name, sentence)
    return {
        "report": found,
        "kind": kind.label,
        "state": found.lifecycle.states[found.state],
        "workplace": kind.workplace(found.about),
        "outcome": selectors.OUTCOME_LABELS[found.outcome],
        "form": form,
        "told": TAKEN if isinstance(refusal, Conflict) else str(refusal or ""),
        "breadcrumbs": [
            {"url": reverse("error_reports"), "label": "Báo lỗi"},
            {"url": "", "label": f"Số {found.pk}"},
        ],
    }


def typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in ("outcome", "answer")}


def version(request: HttpRequest) -> int:
    """The version that the answerer saw; what is no number fits no version."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


urlpatterns = [
    path("", reports, name="error_reports"),
    path("<int:pk>/", report, name="error_report"),
]
