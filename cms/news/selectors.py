"""What other rooms read of the news."""

from cms.news.models import ArticlePage, NewsIndexPage
from cms.news.querysets import CARD, THUMB


def latest(locale_id: int, *, limit: int) -> list[ArticlePage]:
    """The newest public articles of a language, with their covers. At most four queries."""
    return list(ArticlePage.objects.shown(locale_id).with_covers(CARD, THUMB)[:limit])


def index_of(locale_id: int) -> NewsIndexPage | None:
    """The live list of a language. One query."""
    return NewsIndexPage.objects.live().filter(locale_id=locale_id).order_by("pk").first()
