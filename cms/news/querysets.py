from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Prefetch
from django.db.models.functions import Coalesce
from wagtail.images import get_image_model
from wagtail.models import PageManager, PageQuerySet, PageViewRestriction

CARD = "fill-720x400"
WIDE = "fill-1260x480"
THUMB = "fill-208x138"


class ArticleQuerySet(PageQuerySet):
    def open_to_all(self) -> "ArticleQuerySet":
        """Without pages that are private, or lie below one that is. Like `public()`, in the same query."""
        own_path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        above = PageViewRestriction.objects.annotate(own_path=own_path).filter(own_path__startswith=F("page__path"))
        return self.filter(~Exists(above))

    def shown(self, locale_id: int) -> "ArticleQuerySet":
        """What the public may see in one language, newest first; `shown_at` is the moment printed on the article."""
        return (
            self.live()
            .open_to_all()
            .filter(locale_id=locale_id)
            .annotate(shown_at=Coalesce("dated", "first_published_at"))
            .order_by("-shown_at", "-pk")
        )

    def with_covers(self, *sizes: str) -> "ArticleQuerySet":
        """The covers in the same query and their renditions in one more, however many articles."""
        renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=sizes)
        prefetch = Prefetch("cover__renditions", queryset=renditions, to_attr="prefetched_renditions")
        return self.select_related("cover").prefetch_related(prefetch).defer_streamfields()


ArticleManager = PageManager.from_queryset(ArticleQuerySet, class_name="ArticleManager")
