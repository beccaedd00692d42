from typing import Any

from django.urls import path, reverse
from wagtail import hooks

from portal.admin import RuleViewSet
from portal.status import StatusMenuItem, status


@hooks.register("register_admin_viewset")
def retention_rules() -> RuleViewSet:
    return RuleViewSet()


@hooks.register("register_admin_urls")
def status_urls() -> list[Any]:
    return [path("tinh-trang/", status, name="portal_status")]


@hooks.register("register_admin_menu_item")
def status_menu_item() -> StatusMenuItem:
    return StatusMenuItem("Tình trạng", reverse("portal_status"), name="portal-status", icon_name="tasks", order=950)
