from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.models import PortalPage
from cms.home.blocks import home_blocks


class HomePage(PortalPage):
    """The front page of a language, built of bands."""

    bands = StreamField(
        home_blocks(),
        verbose_name="các dải của trang",
        block_counts={"hero": {"max_num": 1}, "doors": {"max_num": 1}, "figures": {"max_num": 1}},
        help_text="Thứ tự ở đây là thứ tự trên trang. Dải đầu tiên nên là đầu trang có ô tìm kiếm.",
    )

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("bands")]
    template = "cms_home/home_page.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms_core.StandardPage", "cms_news.NewsIndexPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if self.home_twin is not None:
            with override(self.home_twin.locale.language_code):
                context["alternate_url"] = self.home_twin.get_url(request)
        return context

    class Meta:
        verbose_name = "trang chủ"
        verbose_name_plural = "trang chủ"
