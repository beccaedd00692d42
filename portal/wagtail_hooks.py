"""Staff pages that belong to no register: the addresses from which mail comes back."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.tables import Column

from notifications.models import BouncedAddress
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
