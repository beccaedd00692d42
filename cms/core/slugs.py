"""Addresses of pages. Django's and the browser's own slugs lose the đ; ours never does."""

from typing import Any

from django.utils.text import slugify
from wagtail.admin.widgets import SlugInput

from registry.core.text import slugify_vi

SHORTEST_CUT = 80


def slug_of(title: str) -> str:
    """The address word of a title, cut at a whole word."""
    slug = slugify_vi(title)
    if len(slug) <= SHORTEST_CUT:
        return slug
    return slug[: SHORTEST_CUT + 1].rsplit("-", 1)[0]


def made_by_machine(slug: str, title: str) -> bool:
    """Whether `slug` is what a careless slugifier makes of `title`, with the đ dropped, and not an editor's own choice."""
    return slug in {slugify(title), slugify(title, allow_unicode=True)} and slug != slug_of(title)


def mended(slug: str, title: str) -> str:
    """The slug a page is kept with: the editor's, in our letters; ours where there is none or a machine made it."""
    if not slug or made_by_machine(slug, title):
        return slug_of(title) or slug
    return slugify_vi(slug) or slug


def slug_input(**attrs: Any) -> SlugInput:
    """The slug field of the editor: the browser makes `doi-moi` of “Đổi mới” while the title is typed."""
    return SlugInput(attrs=attrs or None, locale="vi", formatters=[("[đĐ]", "d")])
