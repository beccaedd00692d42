"""The icons of the sprite, by name: Lucide (ISC, static/ICONS-LICENSE.txt), only those in use."""

import re
import warnings
from functools import lru_cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "icons.svg"


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([^"]+)"', (settings.BASE_DIR / "static" / SPRITE).read_text("utf-8")))


def icon(name: str, classes: str = "") -> SafeString:
    """The icon for a template, hidden from readers: words always stand beside it. Unknown: a warning and nothing."""
    if name not in names():
        warnings.warn(f"static/{SPRITE} has no icon {name!r}", stacklevel=2)
        return SafeString("")
    return _drawn(name, classes)


@lru_cache(maxsize=512)
def _drawn(name: str, classes: str) -> SafeString:
    """Drawn once a process: a long list shows a hundred, and the sprite's address stays while the process lives."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {classes}" if classes else "",
        staticfiles_storage.url(SPRITE),
        name,
    )
