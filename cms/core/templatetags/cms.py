"""What the templates of pages share."""

from typing import Any

from django import template
from django.template.context import Context
from wagtail.models import Page

from cms.core.addresses import absolute

register = template.Library()
register.filter("absolute", absolute)


@register.inclusion_tag("components/crumbs.html", takes_context=True)
def page_crumbs(context: Context, page: Page, here: str | None = None) -> dict[str, Any]:
    """The way from the front page down to `page`; the front page itself has its own place in the crumbs.

    `here` is what stands last; empty where the title follows at once and would only be said twice.
    """
    above = page.way_down()[1:-1]
    trail = [{"label": step.title, "url": step.get_url(context["request"])} for step in above if step.live]
    return {"home_url": context["home_url"], "trail": trail, "here": page.title if here is None else here}


@register.inclusion_tag("cms_core/includes/edit_link.html", takes_context=True)
def edit_link(context: Context, page: Page) -> dict[str, Any]:
    """A way back into the editor, for those who may; an anonymous visitor's page never asks."""
    may_edit = bool(context["signed_in"]) and page.permissions_for_user(context["request"].user).can_edit()
    return {"page": page, "may_edit": may_edit}
