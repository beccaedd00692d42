"""How a certificate's holder is written on a page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from registry.certificates.models import CertificateVersion, ResultKind

register = template.Library()


def _in_english(version: CertificateVersion) -> bool:
    return get_language() == "en" and bool(version.name_en)


@register.filter
def holder_name(version: CertificateVersion) -> str:
    """The enterprise's name in the language of the page, where the certificate has one."""
    return version.name_en if _in_english(version) else version.name_vi


@register.simple_tag
def language_of_name(version: CertificateVersion) -> SafeString | str:
    """` lang="vi"` where `holder_name` is not in the language of the page."""
    return format_html(' lang="{}"', "vi") if get_language() != "vi" and not _in_english(version) else ""


@register.filter
def holder_ward(version: CertificateVersion) -> str:
    return version.ward.name_in(get_language() or "vi")


@register.filter
def result_kind(code: str) -> str:
    """The kind of a result in words."""
    return str(ResultKind(code).label)
