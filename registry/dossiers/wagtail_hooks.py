from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks

from registry.dossiers.admin import TimeLimitViewSet
from registry.dossiers.desk.entrance import works_here
from registry.dossiers.desk.panels import DeskMenuItem, QueueMenuItem, WaitingPanel


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    return [
        path("ho-so/", include("registry.dossiers.desk.urls")),
        path("dung-hen/", include("registry.dossiers.desk.promises")),
        path("xin-dung-ten/", include("registry.dossiers.desk.joining")),
    ]


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> QueueMenuItem:
    return QueueMenuItem("Hồ sơ", reverse("desk_queue"), name="dossiers", icon_name="folder-inverse", order=50)


@hooks.register("register_admin_menu_item")
def promises_menu_item() -> DeskMenuItem:
    return DeskMenuItem("Đúng hẹn", reverse("desk_promises"), name="promises", icon_name="history", order=52)


@hooks.register("register_admin_menu_item")
def joining_menu_item() -> DeskMenuItem:
    return DeskMenuItem("Xin đứng tên", reverse("desk_joining"), name="joining", icon_name="user", order=54)


@hooks.register("construct_homepage_panels")
def desk_panel(request: HttpRequest, panels: list[Any]) -> None:
    if works_here(request.user):
        panels.append(WaitingPanel())


@hooks.register("register_admin_viewset")
def limits() -> TimeLimitViewSet:
    return TimeLimitViewSet()
