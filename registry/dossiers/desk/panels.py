"""The desk in Wagtail's own places: the menu, with what waits, and the front page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from registry.dossiers.desk import queue
from registry.dossiers.desk.entrance import works_here


class QueueMenuItem(MenuItem):
    """“Hồ sơ (3)”: three wait for the department."""

    def is_shown(self, request: HttpRequest) -> bool:
        return works_here(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = queue.waiting()
        label = f"{self.label} ({count})" if count else self.label
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs
        )


class DeskMenuItem(MenuItem):
    """For those who handle dossiers."""

    def is_shown(self, request: HttpRequest) -> bool:
        return works_here(request.user)


class WaitingPanel(Component):
    """What waits for the department, on the front page of the back office."""

    name = "dossiers"
    order = 50
    template_name = "dossiers/staff/panel.html"

    class Media:
        css = {"all": ("css/case.css",)}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"summary": queue.summary(user), "rows": queue.most_urgent(user)}
