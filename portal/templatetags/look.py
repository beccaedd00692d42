"""The look in templates: icons, dates, numbers, states, and the parts that every page repeats."""

import re
from collections.abc import Callable
from typing import Any

from django import template
from django.contrib import messages
from django.core.paginator import Page
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from portal import formats, icons, twins
from registry.core import clock
from registry.core.bilingual import text_in

register = template.Library()


def _filter(write: Callable[..., str]) -> None:
    """A format as a template filter; what is missing stays blank."""

    def filtered(value: Any) -> str:
        return "" if value is None or value == "" else write(value)

    register.filter(write.__name__, filtered)


for write in (formats.day, formats.weekday, formats.moment, formats.vnd, formats.filesize):
    _filter(write)


@register.filter
def num(value: Any, places: int | None = None) -> str:
    return "" if value is None or value == "" else formats.num(value, places)


@register.filter
def percent(value: Any, places: int | None = 1) -> str:
    return "" if value is None or value == "" else formats.percent(value, places)


register.simple_tag(icons.icon, name="icon")


@register.filter
def tel(phone: str) -> str:
    """The digits a phone dials: `0213 0000 000` → `+842130000000`."""
    digits = re.sub(r"[^\d+]", "", phone)
    return f"+84{digits[1:]}" if digits.startswith("0") else digits


@register.simple_tag
def this_year() -> int:
    return clock.today().year


# --- two languages


@register.simple_tag(takes_context=True)
def twin(context: Context) -> twins.Twin:
    return twins.twin(context.get("request"), alternate_url=context.get("alternate_url", ""), page=context.get("page"))


@register.simple_tag(takes_context=True)
def page_links(context: Context) -> SafeString:
    """Canonical address and, where the other language has the same page, `hreflang` both ways."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    own, other = twins.canonical(request), twin(context)
    lines = [
        format_html('<link rel="canonical" href="{}">', own),
        format_html('<meta property="og:url" content="{}">', own),
    ]
    if other.exact:
        both = {get_language() or "vi": own, other.language: twins.absolute(other.url)}
        lines += [format_html('<link rel="alternate" hreflang="{}" href="{}">', *pair) for pair in both.items()]
        lines.append(format_html('<link rel="alternate" hreflang="x-default" href="{}">', both["vi"]))
    return SafeString("\n".join(lines))


@register.simple_tag(takes_context=True)
def print_source(context: Context) -> str:
    """What a printed page says of itself: where it comes from, its (short) address, the day."""
    request = context.get("request")
    if request is None:
        return ""
    address = context.get("short_url") or twins.canonical(request)
    return gettext("Nguồn: %(address)s, bản ngày %(day)s") % {"address": address, "day": formats.day(clock.today())}


@register.simple_tag
def bilingual(record: object, field: str, *, name: bool = False) -> SafeString:
    """A text of a record. A fallback says in which language it is, and, unless it is a name, that a translation is missing."""
    found = text_in(record, field, get_language() or "vi")
    if not found.is_fallback:
        return format_html("{}", found.text)
    if name:
        return format_html('<span lang="{}">{}</span>', found.language, found.text)
    return format_html(
        '<span lang="{}">{}</span> <small class="u-muted">({})</small>',
        found.language,
        found.text,
        gettext("chưa có bản tiếng Anh"),
    )


@register.filter
def worded(text: str, language: str = "") -> str:
    """A text in its language, which it knows itself (`Worded`) or is told; it is marked where the page has another one."""
    own = getattr(text, "language", "") or language
    if not text or not own or own == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', own, text)


@register.filter
def vietnamese(text: str) -> str:
    """What people here have written or are called, on a page in whichever language."""
    return worded(text, "vi")


# --- states and messages

TONES = {"success": "is-ok", "warning": "is-warn", "error": "is-bad"}
TONE_ICONS = {"is-ok": "circle-check", "is-warn": "triangle-alert", "is-bad": "circle-alert"}
CHIP_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-x", "info": "info"}


@register.filter
def tone(message: messages.storage.base.Message) -> str:
    return TONES.get(message.level_tag, "is-info")


@register.filter
def tone_icon(message: messages.storage.base.Message) -> str:
    return TONE_ICONS.get(tone(message), "info")


@register.simple_tag
def chip(label: str, tone: str = "", icon: str = "", classes: str = "") -> SafeString:
    """A state, told three times: colour, icon, word. `tone` is ok, warn, bad, info or nothing."""
    css = " ".join(filter(None, ("chip", f"chip--{tone}" if tone else "", classes)))
    return format_html('<span class="{}">{}{}</span>', css, icons.icon(icon or CHIP_ICONS.get(tone, "minus")), label)


@register.inclusion_tag("components/crumbs.html", takes_context=True)
def crumbs(context: Context, *pairs: str) -> dict[str, Any]:
    """`{% crumbs "Danh bạ" list_url "Sâm Núi Mây" %}`: label and address in turn; the last label is where we are."""
    trail = [{"label": pairs[at], "url": pairs[at + 1]} for at in range(0, len(pairs) - 1, 2)]
    return {"home_url": context.get("home_url", "/"), "trail": trail, "here": pairs[-1] if len(pairs) % 2 else ""}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, page: Page, parameter: str = "page") -> dict[str, Any]:
    """The pages of a list around the current one; the other parameters of the address stay."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    numbers = [
        {"number": n, "url": address(n) if isinstance(n, int) else "", "current": n == page.number} for n in elided
    ]
    return {
        "numbers": numbers if page.has_other_pages() else [],
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }


# --- forms


@register.simple_tag(takes_context=True)
def title_prefix(context: Context) -> str:
    """`Lỗi: ` in front of the title when the form of the page was sent with mistakes."""
    form = context.get("form")
    wrong = context.get("has_errors") or (isinstance(form, BaseForm) and form.is_bound and bool(form.errors))
    return f"{gettext('Lỗi:')} " if wrong else ""


@register.inclusion_tag("components/error_summary.html")
def error_summary(source: Any) -> dict[str, Any]:
    """What is wrong, each line a link to its field. `source`: a form, several forms, or pairs of (id, message)."""
    return {"lines": lines_of(source)}


def lines_of(source: Any) -> list[tuple[str, str]]:
    if isinstance(source, BaseForm):
        if not source.is_bound:
            return []
        whole = [("", error) for error in source.non_field_errors()]
        return whole + [(target(field), error) for field in source for error in field.errors]
    found: list[tuple[str, str]] = []
    for item in source or ():
        found += lines_of(item) if isinstance(item, BaseForm) else [(item[0], item[1])]
    return found


def target(field: BoundField) -> str:
    """The id that a link to the field must name: the first choice of a group, otherwise the control."""
    if is_group(field):
        return field.field.widget.id_for_label(field.auto_id, index="0")
    return field.id_for_label


@register.filter
def is_group(field: BoundField) -> bool:
    """Radio buttons or tick boxes that answer one question together."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_tick(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_file(field: BoundField) -> bool:
    return isinstance(field.field.widget, ClearableFileInput) or getattr(field.field.widget, "input_type", "") == "file"


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's own control with the class of the look; what the widget brings along stays."""
    widget = field.field.widget
    if is_group(field) or is_tick(field) or is_file(field):
        return field.as_widget()
    kind = "textarea" if isinstance(widget, Textarea) else "select" if isinstance(widget, Select) else "input"
    classes = f"{kind} {widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs={"class": classes})


@register.simple_tag
def described_by(field: BoundField) -> SafeString:
    """For a fieldset: Django leaves the description to us."""
    ids = field.aria_describedby
    return format_html(' aria-describedby="{}"', ids) if ids else SafeString("")
