"""The editor's desk: our mark and colours, and a menu without what nobody here needs."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from cms.core.document_list import DocumentsView

ONLY_FOR_ADMINISTRATORS = frozenset({"reports"})
FOR_NOBODY = frozenset({"help"})


@hooks.register("insert_global_admin_css")
def own_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))


@hooks.register("insert_editor_js")
def button_waits_for_the_save() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/desk-save.js"))


@hooks.register("construct_main_menu")
def short_menu(request: HttpRequest, menu_items: list[Any]) -> None:
    hidden = (
        FOR_NOBODY if request.user.is_superuser or is_administrator(request) else FOR_NOBODY | ONLY_FOR_ADMINISTRATORS
    )
    menu_items[:] = [item for item in menu_items if item.name not in hidden]


def is_administrator(request: HttpRequest) -> bool:
    """Whoever may manage accounts also reads the reports."""
    return bool(request.user.has_perm("accounts.change_user"))


@hooks.register("construct_settings_menu")
def settings_without_internals(request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in {"workflows", "workflow-tasks"}]


@hooks.register("register_admin_urls", order=-1)
def list_of_documents() -> list[URLPattern]:
    """In front of Wagtail's own addresses, so that the same list says how far the reading of each file has come."""
    return [
        path("documents/", DocumentsView.as_view(), name="documents"),
        path("documents/results/", DocumentsView.as_view(results_only=True), name="documents_results"),
    ]
