"""Who runs the portal and how to reach them: one place, read by the footer, the error pages and the feeds.

Editors keep the facts in the admin (the pages' room lends them through `read_from`); what they left empty falls back
to the names below. A page pays at most one query a minute for it; `forget` is called when the facts are saved.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from django.core.cache import cache
from django.utils.translation import get_language, gettext, gettext_noop

CACHE_SECONDS = 60
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class SiteInfo:
    site_name: str = gettext_noop("Đổi mới sáng tạo Lai Châu")
    department: str = gettext_noop("Sở Khoa học và Công nghệ")
    department_long: str = gettext_noop("Sở Khoa học và Công nghệ tỉnh Lai Châu")
    responsible: str = gettext_noop("Giám đốc Sở")
    address: str = gettext_noop("Trung tâm Hành chính tỉnh, phường Tân Phong, tỉnh Lai Châu")
    phone: str = ""
    email: str = ""


NAMES = tuple(field.name for field in fields(SiteInfo))
Source = Callable[[str], Mapping[str, str]]
_sources: list[Source] = []


def read_from(source: Source) -> None:
    """Lend the shell a reader: language code → facts by the names of `SiteInfo`; empty or unknown ones are passed over."""
    _sources[:] = [source]


def forget() -> None:
    cache.delete_many([_key(language) for language in LANGUAGES])


def forget_on_save(**kwargs: object) -> None:
    forget()


def fallback() -> SiteInfo:
    """The built-in names in the language that is on; reads nothing (the 500 page uses it)."""
    built_in = SiteInfo()
    return SiteInfo(**{name: gettext(value) if (value := getattr(built_in, name)) else "" for name in NAMES})


def site_info() -> SiteInfo:
    language = get_language() or "vi"
    facts = cache.get(_key(language))
    if facts is None:
        facts = {
            name: value for source in _sources for name, value in source(language).items() if name in NAMES and value
        }
        cache.set(_key(language), facts, CACHE_SECONDS)
    standing = fallback()
    return SiteInfo(**{name: facts.get(name) or getattr(standing, name) for name in NAMES})


def _key(language: str) -> str:
    return f"site-info-{language}"
