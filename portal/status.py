"""The page of the back office that says how the portal is (what `manage.py doctor` says) and what was removed when."""

from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem

from portal import retention
from portal.doctor.visit import outcome, visit
from portal.models import RetentionReport
from registry.core import clock

MAY_LOOK = "portal.view_retentionrule"
LATELY = timedelta(days=30)
WORDS = {"ok": "Ổn", "warn": "Nên xem", "bad": "Hỏng"}
ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}
SENTENCES = {
    "ok": "Mọi thứ đều ổn.",
    "warn": "Cổng thông tin chạy được; có điều nên xem.",
    "bad": "Có chỗ hỏng cần sửa.",
}


class StatusMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_LOOK)


@require_safe
@permission_required(MAY_LOOK)
def status(request: HttpRequest) -> HttpResponse:
    parts = visit()
    level = outcome(parts)
    context = {
        "now": clock.now(),
        "level": level,
        "icon": ICONS[level],
        "sentence": SENTENCES[level],
        "parts": [{"part": part, "word": WORDS[part.level], "icon": ICONS[part.level]} for part in parts],
        "kept": _kept(),
        "breadcrumbs": [
            {"url": reverse("wagtailadmin_home"), "label": "Trang chủ"},
            {"url": "", "label": "Tình trạng"},
        ],
    }
    return TemplateResponse(request, "portal/status.html", context)


def _kept() -> list[dict[str, Any]]:
    """Each kind of data with the rule of today, the last run and what it removed of late."""
    today = clock.today()
    lately = RetentionReport.objects.filter(day__gt=today - LATELY).order_by("code")
    removed = dict(lately.values("code").annotate(all=Sum("removed")).values_list("code", "all"))
    last = dict(RetentionReport.objects.order_by("day").values_list("code", "day"))
    rules = retention.rules_on(today)
    return [
        {"kind": kind, "rule": rules.get(kind.code), "removed": removed.get(kind.code, 0), "last": last.get(kind.code)}
        for kind in retention.kinds()
    ]
