from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from registry.core.admin import REFERENCE_MENU
from registry.official_papers.selectors import may_write_templates


@hooks.register("register_admin_urls")
def paper_urls() -> list[Any]:
    return [
        path("ho-so/", include("registry.official_papers.desk")),
        path("mau-van-ban/", include("registry.official_papers.library")),
    ]


class TemplatesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_write_templates(request.user)


@hooks.register(REFERENCE_MENU)
def templates_menu_item() -> TemplatesMenuItem:
    return TemplatesMenuItem(
        "Mẫu văn bản", reverse("paper_templates"), name="paper-templates", icon_name="doc-full", order=60
    )
