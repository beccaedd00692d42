from typing import Any

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from search.desk import SearchMenuItem, search_desk
from search.models import Abbreviation


def in_use(abbreviation: Abbreviation) -> str:
    return "Có" if abbreviation.active else "Không"


class AbbreviationViewSet(ModelViewSet):
    """The short forms that a query may use. An edit is in effect some seconds later."""

    model = Abbreviation
    name = "tu-viet-tat"
    icon = "tag"
    menu_hook = "register_reference_menu_item"
    menu_order = 60
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50
    list_display = ["short", "long_vi", "long_en", Column("active", label="Đang dùng", accessor=in_use)]
    search_fields = ["short", "long_vi", "long_en"]
    search_backend_name = None
    panels = [FieldPanel("short"), FieldPanel("long_vi"), FieldPanel("long_en"), FieldPanel("active")]


@hooks.register("register_admin_viewset")
def abbreviations() -> AbbreviationViewSet:
    return AbbreviationViewSet()


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    return [path("tim-kiem/", search_desk, name="search_desk")]


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> SearchMenuItem:
    return SearchMenuItem("Máy tìm kiếm", reverse("search_desk"), name="search-desk", icon_name="glasses", order=900)
