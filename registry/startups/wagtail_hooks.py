from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from accounts import roles
from registry.dossiers.desk.entrance import works_here
from registry.startups.admin import STARTUPS_MENU, StartupViewSet
from registry.startups.confirm_admin import OverduePanel
from registry.startups.proposals.desk import ProposalsMenuItem


@hooks.register("register_admin_menu_item")
def startups_menu() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        "Khởi nghiệp", Menu(register_hook_name=STARTUPS_MENU), name="startups", icon_name="pick", order=60
    )


@hooks.register("register_admin_viewset")
def startup_viewsets() -> list:
    return [StartupViewSet()]


@hooks.register("register_admin_urls")
def proposal_urls() -> list[Any]:
    return [path("de-xuat/", include("registry.startups.proposals.desk"))]


@hooks.register("register_admin_menu_item")
def proposals_menu_item() -> ProposalsMenuItem:
    return ProposalsMenuItem("Đề xuất", reverse("desk_proposals"), name="proposals", icon_name="edit", order=51)


@hooks.register("construct_homepage_panels")
def overdue_panel(request: HttpRequest, panels: list[Any]) -> None:
    if roles.roles_of(request.user) & {roles.CASE_OFFICER, roles.LEADER, roles.ADMINISTRATOR}:
        panels.append(OverduePanel())


@hooks.register("register_admin_urls")
def import_urls() -> list[Any]:
    return [path("nhap-khau/", include("registry.startups.importing.urls"))]


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return works_here(request.user)


@hooks.register(STARTUPS_MENU)
def import_menu_item() -> ImportMenuItem:
    return ImportMenuItem("Nhập danh sách", reverse("import_lists"), name="import", icon_name="upload", order=30)
