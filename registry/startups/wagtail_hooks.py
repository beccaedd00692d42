from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from registry.dossiers.desk.entrance import works_here
from registry.startups.admin import STARTUPS_MENU, ReportViewSet, StartupViewSet


@hooks.register("register_admin_menu_item")
def startups_menu() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        "Khởi nghiệp", Menu(register_hook_name=STARTUPS_MENU), name="startups", icon_name="pick", order=60
    )


@hooks.register("register_admin_viewset")
def startup_viewsets() -> list:
    return [StartupViewSet(), ReportViewSet()]


@hooks.register("register_admin_urls")
def import_urls() -> list[Any]:
    return [path("nhap-khau/", include("registry.startups.importing.urls"))]


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return works_here(request.user)


@hooks.register(STARTUPS_MENU)
def import_menu_item() -> ImportMenuItem:
    return ImportMenuItem("Nhập danh sách", reverse("import_lists"), name="import", icon_name="upload", order=30)
