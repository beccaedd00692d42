from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from registry.dossiers.desk.entrance import works_here


@hooks.register("register_admin_urls")
def duty_urls() -> list[Any]:
    return [path("nghia-vu/", include("registry.duties.desk"))]


class DutiesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return works_here(request.user)


@hooks.register("register_admin_menu_item")
def duties_menu_item() -> DutiesMenuItem:
    return DutiesMenuItem("Nghĩa vụ", reverse("desk_duties"), name="duties", icon_name="tasks", order=62)
