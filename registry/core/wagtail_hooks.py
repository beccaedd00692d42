from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from registry.core.admin import REFERENCE_MENU, AuthorityViewSet, DayOffViewSet, IndustryViewSet, UnitViewSet


@hooks.register("register_admin_menu_item")
def reference_menu() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        "Dữ liệu nền",
        Menu(register_hook_name=REFERENCE_MENU),
        name="reference",
        icon_name="table",
        order=900,
    )


@hooks.register("register_admin_viewset")
def reference_viewsets() -> list:
    return [DayOffViewSet(), AuthorityViewSet(), UnitViewSet(), IndustryViewSet()]
