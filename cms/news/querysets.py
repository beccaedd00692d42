from django.db.models import Prefetch
from django.db.models.functions import Coalesce
from wagtail.images import get_image_model
from wagtail.models import PageManager, PageQuerySet

CARD = "fill-720x400"
WIDE = "fill-1260x480"
THUMB = "fill-208x138"


class ArticleQuerySet(PageQuerySet):
    def shown(self, locale_id: int) -> "ArticleQuerySet":
        """What the public may see in one language, newest first; `shown_at` is the moment printed on the article."""
        return (
            self.live()
            .public()
            .filter(locale_id=locale_id)
            .annotate(shown_at=Coalesce("dated", "first_published_at"))
            .order_by("-shown_at", "-pk")
        )

    def with_covers(self, *sizes: str) -> "ArticleQuerySet":
        """The covers and their renditions in two queries, however many articles."""
        covers = get_image_model().objects.prefetch_renditions(*sizes)
        return self.prefetch_related(Prefetch("cover", queryset=covers))


ArticleManager = PageManager.from_queryset(ArticleQuerySet, class_name="ArticleManager")
