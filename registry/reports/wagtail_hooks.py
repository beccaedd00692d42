from typing import Any

from django.urls import include, path, reverse
from wagtail import hooks

from registry.reports.staff import ReportsMenuItem


@hooks.register("register_admin_urls")
def report_urls() -> list[Any]:
    return [path("bao-loi/", include("registry.reports.staff"))]


@hooks.register("register_admin_menu_item")
def reports_menu_item() -> ReportsMenuItem:
    return ReportsMenuItem("Báo lỗi", reverse("error_reports"), name="reports-of-errors", icon_name="warning", order=55)
