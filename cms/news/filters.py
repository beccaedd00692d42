"""The filters of the news list. What the address asks and cannot be had is said on the page, never passed over."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.http import QueryDict
from django.utils.translation import gettext as _

from cms.news.querysets import CARD, ArticleQuerySet
from cms.news.topics import Topic
from registry.core.text import clean

PER_PAGE: Final = 12
FIRST_YEAR: Final = 1900  # before it, the bounds of a year run out of the calendar that computers keep


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: how many articles it would show, and the address that shows them."""

    label: str
    count: int
    query: str
    current: bool


@dataclass(slots=True)
class Asked:
    topic: str = ""
    year: int | None = None
    problems: list[str] = field(default_factory=list)


def asked(params: QueryDict) -> Asked:
    """What the address asks for; a value that means nothing becomes a problem in words."""
    wish = Asked()
    topic, year = clean(params.get("topic", ""))[:40], clean(params.get("year", ""))[:40]
    if topic in Topic.values:
        wish.topic = topic
    elif topic:
        wish.problems.append(_("Không có chủ đề “%(given)s”.") % {"given": topic})
    if year.isascii() and year.isdecimal() and len(year) == 4 and int(year) >= FIRST_YEAR:
        wish.year = int(year)
    elif year:
        wish.problems.append(_("Năm “%(given)s” không đúng. Năm có bốn chữ số, ví dụ 2026.") % {"given": year})
    return wish


def query_of(topic: str = "", year: int | None = None) -> str:
    query = QueryDict(mutable=True)
    if topic:
        query["topic"] = topic
    if year:
        query["year"] = str(year)
    return f"?{query.urlencode()}" if query else "?"


class NewsFilter:
    """The articles one address shows, with the choices around it. Three queries, however many articles there are."""

    def __init__(self, articles: ArticleQuerySet, params: QueryDict) -> None:
        self.articles = articles
        self.asked = asked(params)
        self.page_asked = params.get("page", "1")
        self.counts = self._count()

    def _count(self) -> Counter[tuple[str, int]]:
        rows = (
            self.articles.order_by()
            .annotate(of_year=ExtractYear("shown_at"))
            .values_list("topic", "of_year")
            .annotate(how_many=Count("pk"))
        )
        return Counter({(topic, year): how_many for topic, year, how_many in rows})

    def _sum(self, topic: str = "", year: int | None = None) -> int:
        return sum(n for (t, y), n in self.counts.items() if topic in ("", t) and year in (None, y))

    def topics(self) -> list[Choice]:
        year, chosen = self.asked.year, self.asked.topic
        used = [topic for topic in Topic if self._sum(topic.value, year) or topic.value == chosen]
        choices = [
            Choice(str(t.label), self._sum(t.value, year), query_of(t.value, year), t.value == chosen) for t in used
        ]
        return [Choice(_("Tất cả"), self._sum("", year), query_of("", year), not chosen), *choices]

    def years(self) -> list[Choice]:
        topic, chosen = self.asked.topic, self.asked.year
        found = sorted({year for _topic, year in self.counts}, reverse=True)
        choices = [Choice(str(year), self._sum(topic, year), query_of(topic, year), year == chosen) for year in found]
        return [Choice(_("Mọi năm"), self._sum(topic), query_of(topic), not chosen), *choices]

    def chosen(self) -> ArticleQuerySet:
        if self.asked.problems:
            return self.articles.none()
        found = self.articles
        if self.asked.topic:
            found = found.filter(topic=self.asked.topic)
        if self.asked.year:
            found = found.filter(shown_at__year=self.asked.year)
        return found

    def context(self) -> dict[str, Any]:
        paginator = Paginator(self.chosen().with_covers(CARD), PER_PAGE)
        paginator.count = 0 if self.asked.problems else self._sum(self.asked.topic, self.asked.year)
        try:
            shown = paginator.page(self.page_asked)
        except PageNotAnInteger:
            self.asked.problems.append(_("Số trang “%(given)s” không đúng.") % {"given": clean(self.page_asked)[:40]})
        except EmptyPage:
            self.asked.problems.append(
                _("Không có trang %(given)s; danh sách này có %(last)s trang.")
                % {"given": self.page_asked[:12], "last": paginator.num_pages}
            )
        if self.asked.problems:
            shown = Paginator(self.articles.none(), PER_PAGE).page(1)
        return {
            "shown": shown,
            "problems": self.asked.problems,
            "topics": self.topics(),
            "years": self.years(),
            "filtered": bool(self.asked.topic or self.asked.year),
        }
