"""The news as RSS: the thirty newest articles of a language."""

from datetime import datetime
from typing import Any, Final

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Rss201rev2Feed

from cms.core.addresses import absolute
from cms.news.querysets import ArticleQuerySet

LENGTH: Final = 30


class NewsFeed(Feed):
    feed_type = Rss201rev2Feed

    def __init__(self, index: Any, articles: ArticleQuerySet) -> None:
        self.index, self.articles, self.language = index, articles, str(index.locale.language_code)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.request = request
        return self.index

    def title(self, index: Any) -> str:
        return str(index.title)

    def link(self, index: Any) -> str:
        return absolute(index.get_url(self.request) or "")

    def feed_url(self, index: Any) -> str:
        return f"{self.link(index)}{index.reverse_subpage('rss')}"

    def description(self, index: Any) -> str:
        return str(index.description)

    def items(self, index: Any) -> list[Any]:
        return list(self.articles[:LENGTH])

    def item_title(self, article: Any) -> str:
        return str(article.title)

    def item_description(self, article: Any) -> str:
        return str(article.lead)

    def item_link(self, article: Any) -> str:
        return absolute(article.get_url(self.request) or "")

    def item_guid(self, article: Any) -> str:
        return f"article-{article.translation_key}-{article.locale_id}"

    item_guid_is_permalink = False

    def item_pubdate(self, article: Any) -> datetime:
        return article.shown_at  # type: ignore[no-any-return]

    def item_updateddate(self, article: Any) -> datetime | None:
        return article.last_published_at  # type: ignore[no-any-return]

    def item_categories(self, article: Any) -> list[str]:
        return [article.get_topic_display()]
