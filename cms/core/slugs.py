"""Addresses of pages. Django's and the browser's own slugs lose the đ; ours never does."""

from django.utils.text import slugify
from wagtail.admin.widgets import SlugInput

from registry.core.text import slugify_vi

LONGEST = 80
BARE = frozenset("adeiouy")


def slug_of(title: str) -> str:
    """The address word of a title, cut at a whole word."""
    slug = slugify_vi(title)
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rsplit("-", 1)[0]


def made_by_machine(slug: str, title: str) -> bool:
    """Whether `slug` is what a careless slugifier makes of `title`, with the đ dropped, and not an editor's own choice."""
    return slug in {slugify(title), slugify(title, allow_unicode=True)} and slug != slug_of(title)


def mended(slug: str, title: str) -> str:
    """The slug a page is kept with: the editor's, in our letters; ours where there is none or a machine made it."""
    if not slug or made_by_machine(slug, title):
        return slug_of(title) or slug
    return slugify_vi(slug) or slug


def formatters() -> list[tuple[str, str]]:
    """For the browser: every Vietnamese letter with its bare one. Its own slugifier throws most of them away."""
    found: dict[str, str] = {}
    for number in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)):
        letter = chr(number)
        bare = slugify_vi(letter)
        if bare in BARE:
            found[bare] = found.get(bare, "") + letter
    return [(f"[{letters}]", bare) for bare, letters in found.items()]


def slug_input() -> SlugInput:
    """The slug field of the editor: the browser makes `doi-moi` of “Đổi mới” while the title is typed."""
    return SlugInput(locale="vi", formatters=formatters())
