from typing import Any

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from registry.startups.admin import STARTUPS_MENU, StartupViewSet
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
