"""What templates of any room need to show a startup."""

import json
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.core.bilingual import text_in
from registry.core.fields import FIELD_ICONS, TechnologyField
from registry.startups import selectors
from registry.startups.confirmations import Confirmed
from registry.startups.models import Profile, Stage

register = template.Library()


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@register.filter
def startup_url(profile: Profile) -> str:
    return selectors.url_of(profile, _language())


@register.filter
def name_here(profile: Profile) -> str:
    """The startup's name in the page's language, where it has one."""
    return selectors.name_in(profile, _language())


@register.filter
def ward_name(profile: Profile) -> str:
    return profile.ward.name_in(_language())


@register.filter
def field_icon(code: str) -> str:
    """The name of the icon of a technology field."""
    return FIELD_ICONS.get(code, "circle-check")


_LABELS = {**dict(TechnologyField.choices), **dict(Stage.choices)}


@register.filter
def label_of(code: str) -> str:
    """What a technology field or a stage is called; in a list cheaper than the row's own way, which hashes every choice."""
    return str(_LABELS.get(code, code))


@register.filter
def initials(name: str) -> str:
    """Two letters that stand for a logo: the first of the first two words."""
    return "".join(word[0] for word in name.split()[:2]).upper()


@register.filter
def bare_host(url: str) -> str:
    """`https://www.vidu.vn/a` → `vidu.vn`."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


@register.filter
def first_overdue(profile: Profile) -> date | None:
    """From which day on the confirmation is late; None while it is not."""
    due = profile.confirmation_due_on
    return due + timedelta(days=1) if due and profile.confirmation_state == Confirmed.OVERDUE else None


_FOR_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def ld_json(data: dict[str, Any]) -> SafeString:
    """JSON-LD that cannot end its own element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_FOR_SCRIPT))  # noqa: S308


@register.simple_tag
def paragraphs(record: object, field: str) -> SafeString:
    """A long text of a record in its paragraphs; a fallback carries its language."""
    found = text_in(record, field, _language())
    attribute = format_html(' lang="{}"', found.language) if found.is_fallback else SafeString("")
    return format_html_join("", "<p{}>{}</p>", ((attribute, line) for line in found.text.split("\n") if line.strip()))


@register.simple_tag
def untranslated(record: object, field: str) -> SafeString:
    """A line that says so where a long text stands in another language than the page."""
    if not text_in(record, field, _language()).is_fallback:
        return SafeString("")
    return format_html('<p class="note">{}</p>', _("Phần này chưa có bản tiếng Anh."))
