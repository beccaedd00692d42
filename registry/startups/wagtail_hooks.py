from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from registry.startups.admin import STARTUPS_MENU, StartupViewSet


@hooks.register("register_admin_menu_item")
def startups_menu() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        "Khởi nghiệp", Menu(register_hook_name=STARTUPS_MENU), name="startups", icon_name="pick", order=60
    )


@hooks.register("register_admin_viewset")
def startup_viewsets() -> list:
    return [StartupViewSet()]
