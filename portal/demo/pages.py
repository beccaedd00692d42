"""The articles of the demo, entered as an editor would: a revision, its publication, its English translation."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from django.core.files.base import ContentFile
from wagtail.models import Locale, Page, Revision

from accounts.models import User
from cms.core.models import PortalDocument
from cms.core.reading import read_document
from cms.news.models import ArticleAttachment, ArticlePage, NewsIndexPage, RelatedArticle
from portal.demo import papers
from portal.demo.ideas import DATA
from portal.demo.markup import blocks
from portal.demo.moments import office_hour
from registry.core import clock

NAMESPACE: Final = UUID("9b1f1f2e-3f0a-4f0b-9c58-6a3f1d2f7a10")
LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Article:
    """One article of data/articles, in both languages. `days` ago it appeared; below zero it is yet to come."""

    key: str
    topic: str
    days: int
    vi: Mapping[str, str]
    en: Mapping[str, str]
    related: list[str] = field(default_factory=list)
    attachment: str = ""

    def moment(self) -> datetime:
        return office_hour(self.key, clock.today() - timedelta(days=self.days))

    @property
    def translation_key(self) -> UUID:
        return uuid5(NAMESPACE, self.key)


def articles() -> list[Article]:
    """Oldest first."""
    rows = [
        row
        for file in sorted((DATA / "articles").glob("*.toml"))
        for row in tomllib.loads(file.read_text(encoding="utf-8"))["article"]
    ]
    return sorted((Article(**row) for row in rows), key=lambda article: -article.days)


def enter_articles(editor: User) -> int:
    """Enter what is missing; how many articles there are."""
    told = articles()
    for article in told:
        for language in LANGUAGES:
            if not ArticlePage.objects.filter(
                translation_key=article.translation_key, locale__language_code=language
            ).exists():
                enter(article, language, editor)
    return len(told)


def enter(article: Article, language: str, editor: User) -> None:
    words = getattr(article, language)
    moment = article.moment()
    to_come = moment > clock.now()
    page = ArticlePage(
        title=words["title"],
        lead=" ".join(words["lead"].split()),
        topic=article.topic,
        author_line=words.get("author", ""),
        body=json.dumps(blocks(words["body"])),
        locale=Locale.objects.get(language_code=language),
        translation_key=article.translation_key,
        owner=editor,
        live=False,
        first_published_at=None if to_come else moment,
        go_live_at=moment if to_come else None,
    )
    NewsIndexPage.objects.get(locale=page.locale).add_child(instance=page)
    if article.attachment:
        page.attachments.add(ArticleAttachment(document=document(article.attachment, words)))
    for other in related(article, page.locale):
        page.related.add(RelatedArticle(article=other))
    revision = page.save_revision(user=editor)
    revision.publish(user=editor)
    if not to_come:
        Revision.objects.filter(pk=revision.pk).update(created_at=moment)
        Page.objects.filter(pk=page.pk).update(last_published_at=moment, latest_revision_created_at=moment)


def related(article: Article, locale: Locale) -> list[ArticlePage]:
    """The older articles that this one points at, in the order of the data."""
    keys = {uuid5(NAMESPACE, key): place for place, key in enumerate(article.related)}
    found = ArticlePage.objects.filter(translation_key__in=keys, locale=locale)
    return sorted(found, key=lambda page: keys[page.translation_key])


def document(name: str, words: Mapping[str, Any]) -> PortalDocument:
    """The attachment of an article: a PDF made of the words that the data give it, read at once."""
    title, _, text = words["attached"].strip().partition("\n")
    content = papers.pdf(title, text)
    made = PortalDocument(title=title, file=ContentFile(content, name=f"{name}-{words['suffix']}.pdf"))
    made._set_document_file_metadata()
    made.save()
    read_document(made)
    return made
