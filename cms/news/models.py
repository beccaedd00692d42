"""News: the list at /tin-tuc/ and the articles in it."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from cms.core.blocks import body_blocks, words_of
from cms.core.models import PortalPage
from cms.news.feeds import NewsFeed
from cms.news.filters import NewsFilter
from cms.news.querysets import CARD, ArticleManager, ArticleQuerySet
from cms.news.topics import Topic

WORDS_A_MINUTE = 220


class NewsIndexPage(RoutablePageMixin, PortalPage):
    lead = models.TextField("câu mở đầu", max_length=300, blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("lead")]
    template = "cms_news/news_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["cms_home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms_news.ArticlePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = "chuyên mục tin tức"
        verbose_name_plural = "chuyên mục tin tức"

    @property
    def description(self) -> str:
        return self.search_description or self.lead

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **NewsFilter(self.articles(), request.GET).context()}

    def articles(self) -> ArticleQuerySet:
        return ArticlePage.objects.shown(self.locale_id)

    @path("rss/", name="rss")
    def rss(self, request: HttpRequest) -> HttpResponse:
        return NewsFeed(self, self.articles())(request)


class ArticlePage(PortalPage):
    topic = models.CharField("chủ đề", max_length=16, choices=Topic.choices, default=Topic.GENERAL)
    lead = models.TextField(
        "câu mở đầu", max_length=500, help_text="Hai ba dòng: ai, việc gì, có ích gì cho người đọc."
    )
    cover = models.ForeignKey(
        "cms_core.PortalImage",
        verbose_name="ảnh bìa",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Không có ảnh thì bài mang bức tranh phong cảnh của riêng nó.",
    )
    cover_alt = models.CharField(
        "mô tả ảnh bìa",
        max_length=250,
        blank=True,
        help_text="Ảnh cho thấy gì, trong một câu, cho người không nhìn thấy ảnh.",
    )
    cover_caption = models.CharField("chú thích và nguồn ảnh bìa", max_length=250, blank=True)
    author_line = models.CharField(
        "tác giả",
        max_length=160,
        blank=True,
        help_text="Hiện nguyên văn dưới tiêu đề, ví dụ: Bài: Lò Thị Mẫu · Ảnh: Tẩn A Thử.",
    )
    dated = models.DateTimeField(
        "ngày giờ ghi trên bài",
        null=True,
        blank=True,
        help_text="Để trống thì lấy lúc đăng. Chỉ điền khi đăng lại bài cũ; hẹn giờ đăng thì dùng mục “Hẹn giờ” bên phải.",
    )
    body = StreamField(body_blocks(), verbose_name="nội dung")

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("author_line"),
        FieldRowPanel([FieldPanel("topic"), FieldPanel("dated")]),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt"), FieldPanel("cover_caption")], heading="Ảnh bìa"),
        FieldPanel("body"),
        InlinePanel(
            "attachments",
            heading="Tệp đính kèm",
            label="Tệp",
            help_text="PDF, DOCX, XLSX, ODT, TXT hoặc CSV. Người đọc tìm được bài theo chữ trong tệp.",
        ),
        InlinePanel("related", heading="Tin liên quan", label="Bài", max_num=6),
    ]
    objects = ArticleManager()
    template = "cms_news/article_page.html"
    parent_page_types: ClassVar[list[str]] = ["cms_news.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "bài viết"
        verbose_name_plural = "bài viết"

    def clean(self) -> None:
        super().clean()
        if self.cover_id and not self.cover_alt.strip():
            raise ValidationError({"cover_alt": "Viết một câu mô tả ảnh bìa, ví dụ: Nương chè trong sương sớm."})

    @property
    def description(self) -> str:
        return self.search_description or self.lead

    @property
    def published_on(self) -> Any:
        """The moment printed on the article: the editor's, else when it first went live. None while it is a draft."""
        return self.dated or self.first_published_at

    @property
    def words(self) -> str:
        return words_of(self.body)

    @property
    def minutes_to_read(self) -> int:
        return max(1, round(len(f"{self.lead} {self.words}".split()) / WORDS_A_MINUTE))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["index_page"] = self.get_parent()
        context["report_url"] = reverse("article_report", args=[self.slug]) if self.slug else ""
        context["attachments"] = list(self.attachments.select_related("document"))
        shown = ArticlePage.objects.shown(self.locale_id)
        context["related_articles"] = self.related_articles(shown, preview=getattr(request, "is_preview", False))
        context["latest"] = list(shown.exclude(pk=self.pk).defer_streamfields()[:5])
        return context

    def related_articles(self, shown: ArticleQuerySet, *, preview: bool) -> list["ArticlePage"]:
        """The related articles that the public may see, in the editor's order. A preview asks the form, not the table."""
        if not preview:
            return list(shown.filter(pointed_at__page=self).order_by("pointed_at__sort_order").with_covers(CARD))
        chosen = [link.article_id for link in self.related.all()]
        found = shown.with_covers(CARD).in_bulk(chosen)
        return [found[pk] for pk in chosen if pk in found]


class ArticleAttachment(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "cms_core.PortalDocument", verbose_name="tệp", on_delete=models.CASCADE, related_name="articles"
    )
    title = models.CharField(
        "tên hiện trên trang", max_length=200, blank=True, help_text="Để trống thì lấy tên của tệp."
    )

    panels: ClassVar[list[Any]] = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"

    @property
    def shown_title(self) -> str:
        return self.title or self.document.title


class RelatedArticle(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related")
    article = models.ForeignKey(ArticlePage, verbose_name="bài", on_delete=models.CASCADE, related_name="pointed_at")

    panels: ClassVar[list[Any]] = [PageChooserPanel("article", "cms_news.ArticlePage")]

    class Meta(Orderable.Meta):
        verbose_name = "tin liên quan"
        verbose_name_plural = "tin liên quan"
