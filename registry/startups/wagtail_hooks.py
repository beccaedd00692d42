from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from registry.startups.admin import STARTUPS_MENU, ReportViewSet, StartupViewSet
from registry.startups.confirm_admin import OverduePanel


@hooks.register("register_admin_menu_item")
def startups_menu() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        "Khởi nghiệp", Menu(register_hook_name=STARTUPS_MENU), name="startups", icon_name="pick", order=60
    )


@hooks.register("register_admin_viewset")
def startup_viewsets() -> list:
    return [StartupViewSet(), ReportViewSet()]


@hooks.register("construct_homepage_panels")
def overdue_panel(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm("startups.view_errorreport"):  # whoever looks after the register
        panels.append(OverduePanel())
