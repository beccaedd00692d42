from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from cms.home.desk import WritingPanel, may_write


@hooks.register("construct_homepage_panels")
def writing_panel(request: HttpRequest, panels: list[Any]) -> None:
    if may_write(request.user):
        panels.insert(0, WritingPanel())


@hooks.register("construct_homepage_summary_items")
def no_counts_for_the_others(request: HttpRequest, summary_items: list[Any]) -> None:
    """The counts of pages, pictures and files are the editors' own."""
    if not may_write(request.user):
        summary_items.clear()
