"""Staff pages that belong to no register: how the portal is, what is kept how long, the addresses from which mail comes back."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.ui.tables import Column

from notifications.models import BouncedAddress
from portal.admin import RuleViewSet
from portal.status import StatusMenuItem, status
from registry.core.admin import FoldedIndex, LookUp
from registry.core.clock import local
from registry.core.decisions import log_restricted_read


class BouncedIndex(FoldedIndex):
    """Addresses are restricted: whoever reads the list leaves a line."""

    texts = ("email", "reason")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        log_restricted_read(request.user, "notifications.bouncedaddress", ["email", "reason"])
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self) -> Any:
        return BouncedAddress.objects.filter(cleared_at=None)


class BouncedViewSet(LookUp):
    model = BouncedAddress
    name = "dia-chi-tra-thu"
    icon = "mail"
    menu_order = 70
    menu_label = "Địa chỉ trả thư"
    index_view_class = BouncedIndex
    inspect_view_enabled = False
    list_display = [
        "email",
        "reason",
        Column("since", label="Trả thư từ", accessor=lambda one: f"{local(one.since):%H:%M %d/%m/%Y}"),
    ]


@hooks.register("register_admin_viewset")
def bounced_addresses() -> BouncedViewSet:
    return BouncedViewSet()


@hooks.register("register_admin_viewset")
def retention_rules() -> RuleViewSet:
    return RuleViewSet()


@hooks.register("register_admin_urls")
def status_urls() -> list[Any]:
    return [path("tinh-trang/", status, name="portal_status")]


@hooks.register("register_admin_menu_item")
def status_menu_item() -> StatusMenuItem:
    return StatusMenuItem("Tình trạng", reverse("portal_status"), name="portal-status", icon_name="tasks", order=950)
