"""“Đúng hẹn”: the public figures once more for the department, by month, with the dossiers behind each number."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from registry.core import clock
from registry.dossiers import measuring
from registry.dossiers import procedure as procedures
from registry.dossiers.desk.entrance import desk
from registry.dossiers.measuring import Record
from registry.dossiers.models import Dossier
from registry.dossiers.performance import Figures, Measured, figures_of
from registry.dossiers.selectors import visible_to

PAGE_SIZE = 50
ALL, MISSED, OVERDUE = "tat-ca", "tre", "qua-han"
GROUPS = {ALL: "Mọi hồ sơ đã trả lời", MISSED: "Trả lời không đúng hẹn", OVERDUE: "Đang quá hạn"}
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    figures: Figures

    @property
    def code(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def missed(self) -> int:
        return self.figures.answered - self.figures.kept


def month_of(row: Measured) -> str:
    return f"{clock.local(row.ended):%Y-%m}" if row.ended else ""


def months(record: Record) -> list[Month]:
    """The months of the record in which something was answered, the newest first; what is open belongs to none."""
    codes = sorted({month_of(row) for row in record.rows if row.ended}, reverse=True)
    return [
        Month(date.fromisoformat(f"{code}-01"), figures_of(row for row in record.rows if month_of(row) == code))
        for code in codes
    ]


def chosen(record: Record, month: str, group: str) -> list[Measured]:
    """The dossiers behind one number: of a month, or of the whole time; the longest first."""
    if group == OVERDUE:
        rows = [row for row in record.rows if not row.ended]
    else:
        rows = [row for row in record.rows if row.ended and (not month or month_of(row) == month)]
        rows = [row for row in rows if group == ALL or not row.kept]
    return sorted(rows, key=lambda row: (-row.days, -row.started.timestamp()))


@desk
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Every procedure: its limit, its year, its months."""
    seen = visible_to(request.user)
    records = [record for kind in procedures.every() for record in measuring.records(kind, seen)]
    context = {
        "records": [(record, months(record)) for record in records],
        "breadcrumbs": [{"url": reverse("desk_queue"), "label": "Hồ sơ"}, {"url": "", "label": "Đúng hẹn"}],
    }
    return TemplateResponse(request, "dossiers/staff/promises.html", context)


@desk
@require_safe
def behind(request: HttpRequest, code: str) -> HttpResponse:
    """The dossiers behind one number (`?thang=2026-10&nhom=tre`); `han` names one of several limits."""
    kind = next((one for one in procedures.every() if one.code == code), None)
    found_records = measuring.records(kind, visible_to(request.user)) if kind else []
    step = request.GET.get("han", "")
    record = next((one for one in found_records if step in ("", one.limited.step)), None)
    month, group = request.GET.get("thang", ""), request.GET.get("nhom", ALL)
    if kind is None or record is None or group not in GROUPS or (month and not _MONTH.fullmatch(month)):
        raise Http404
    page = Paginator(chosen(record, month, group), PAGE_SIZE).get_page(request.GET.get("page"))
    found = Dossier.objects.select_related("party").in_bulk([row.dossier_id for row in page.object_list])
    context: dict[str, Any] = {
        "record": record,
        "group": GROUPS[group],
        "month": date.fromisoformat(f"{month}-01") if month else None,
        "page": page,
        "rows": [(row, found[row.dossier_id]) for row in page.object_list],
        "breadcrumbs": [
            {"url": reverse("desk_queue"), "label": "Hồ sơ"},
            {"url": reverse("desk_promises"), "label": "Đúng hẹn"},
            {"url": "", "label": str(kind.title)},
        ],
    }
    return TemplateResponse(request, "dossiers/staff/promise_rows.html", context)


urlpatterns = [
    path("", promises, name="desk_promises"),
    path("<slug:code>/", behind, name="desk_promise"),
]
