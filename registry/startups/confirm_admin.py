"""The yearly confirmation in the back office: a column and a filter of the startups' list, and what is overdue on the front page."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component

from registry.core import clock
from registry.startups import selectors
from registry.startups.confirmations import Confirmation, Confirmed
from registry.startups.models import Startup

SOON = "soon"
SOON_DAYS = 60


def with_running_cycle() -> Prefetch:
    return Prefetch("confirmations", queryset=Confirmation.objects.filter(until=None), to_attr="running")


def confirmation_of(startup: Startup) -> str:
    """“02/03/2026, hạn 02/03/2027”; blank for one that has left the directory."""
    running = startup.running  # type: ignore[attr-defined]
    if not running:
        return ""
    one = running[0]
    if one.due_on is None:
        return f"{one.confirmed_on:%d/%m/%Y}"
    if one.due_on < clock.today():
        return f"{one.confirmed_on:%d/%m/%Y}, quá hạn từ {one.due_on + timedelta(days=1):%d/%m/%Y}"
    return f"{one.confirmed_on:%d/%m/%Y}, hạn {one.due_on:%d/%m/%Y}"


class ConfirmationFilter(WagtailFilterSet):
    confirmation = django_filters.ChoiceFilter(
        label="Xác nhận hằng năm",
        choices=[
            (Confirmed.OVERDUE.value, "Quá hạn"),
            (SOON, f"Đến hạn trong {SOON_DAYS} ngày"),
            (Confirmed.CURRENT.value, "Còn trong kỳ"),
        ],
        method="by_confirmation",
    )

    class Meta:
        model = Startup
        fields: list[str] = []

    def by_confirmation(self, rows: QuerySet[Startup], name: str, value: str) -> QuerySet[Startup]:
        today = clock.today()
        wanted = {
            Confirmed.OVERDUE.value: Q(due_on__lt=today),
            SOON: Q(due_on__gte=today, due_on__lte=today + timedelta(days=SOON_DAYS)),
            Confirmed.CURRENT.value: Q(due_on=None) | Q(due_on__gte=today),
        }[value]
        return rows.filter(pk__in=Confirmation.objects.filter(wanted, until=None).values("startup"))


class OverduePanel(Component):
    """How many startups are overdue, and the longest overdue, for whoever reads the register in the back office."""

    name = "overdue-confirmations"
    order = 60
    template_name = "startups/staff/overdue_panel.html"

    class Media:
        css = {"all": ("css/case.css",)}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        rows = selectors.in_force().filter(confirmation_state=Confirmed.OVERDUE.value)
        longest = rows.select_related("startup__dossier").order_by("confirmation_due_on", "pk")
        return {
            "count": selectors.overdue_confirmations().count(),
            "rows": list(longest[:5]),
            "list_url": f"{reverse('danh-ba:index')}?confirmation={Confirmed.OVERDUE.value}",
        }
