"""The picture of an article: its own photo, or the landscape drawn from its address and topic."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from art.files import SIZES, write_art
from cms.news.querysets import CARD, WIDE
from cms.news.topics import light_of

RENDITIONS = {"landscape": CARD, "landscape-wide": WIDE}


@dataclass(frozen=True, slots=True)
class Cover:
    url: str
    width: int
    height: int
    drawn: bool


@lru_cache(maxsize=4096)
def _address(kind: str, key: str, light: str) -> str:
    return write_art(kind, key, light)


def landscape(kind: str, key: str, light: str) -> Cover:
    """The drawing of a key. Drawn once; a file that somebody took away is drawn again."""
    url = _address(kind, key, light)
    if not (Path(settings.MEDIA_ROOT) / url.removeprefix(settings.MEDIA_URL)).exists():
        write_art(kind, key, light)
    return Cover(url, *SIZES[kind], drawn=True)


def cover_of(article: Any, kind: str = "landscape") -> Cover:
    """The cover of an article as a card ("landscape") or across its page ("landscape-wide")."""
    if article.cover is None:
        return landscape(kind, article.slug, light_of(article.topic))
    rendition = article.cover.get_rendition(RENDITIONS[kind])
    return Cover(rendition.url, rendition.width, rendition.height, drawn=False)
