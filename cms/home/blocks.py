"""The bands of the front page. Each asks for its own data, so a band that is not there costs nothing."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from wagtail import blocks

from cms.core.blocks import RICH_TEXT
from cms.home.places import CHOICES, url_of
from cms.news import selectors as news
from registry.startups import selectors as startups

ICONS: Final = [
    ("rocket", "Tên lửa: bắt đầu, đăng ký"),
    ("search", "Kính lúp: tìm"),
    ("layout-list", "Danh sách: danh bạ"),
    ("newspaper", "Báo: tin tức"),
    ("hand-coins", "Bàn tay: hỗ trợ"),
    ("shield-check", "Khiên: kiểm tra, chứng nhận"),
    ("handshake", "Bắt tay: hợp tác"),
    ("circle-help", "Dấu hỏi: trợ giúp"),
    ("user-plus", "Người: mở tài khoản"),
]
NEWS_SHOWN: Final = 6


class HeroBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Dòng lớn", max_length=80, help_text="Không quá mười hai chữ.")
    lead = blocks.TextBlock(label="Câu mở đầu", rows=2, max_length=240)
    hints = blocks.ListBlock(
        blocks.CharBlock(max_length=60, label="Từ gợi ý"),
        label="Hay tìm",
        default=[],
        max_num=4,
        help_text="Từ người đọc hay tìm. Thử từng từ trước: từ không ra kết quả thì bỏ.",
    )

    class Meta:
        icon = "home"
        label = "Đầu trang có ô tìm kiếm"
        template = "cms_home/blocks/hero.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context=parent_context), "search_address": url_of("search")}


class DoorBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(label="Biểu tượng", choices=ICONS, search_index=False)
    title = blocks.CharBlock(label="Việc", max_length=60, help_text="Bắt đầu bằng động từ: Đăng ký khởi nghiệp.")
    text = blocks.CharBlock(label="Được gì", max_length=160)
    place = blocks.ChoiceBlock(label="Dẫn đến", choices=CHOICES, required=False, search_index=False)
    page = blocks.PageChooserBlock(label="hoặc một trang", required=False)
    accent = blocks.BooleanBlock(label="Việc chính của trang (màu nắng)", required=False, search_index=False)

    class Meta:
        icon = "link"
        label = "Cửa vào"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["place"]) == bool(cleaned["page"]):
            wrong = ValidationError("Chọn một nơi: hoặc một mục có sẵn, hoặc một trang.")
            raise blocks.StructBlockValidationError(block_errors={"place": wrong})
        return cleaned


class DoorsBlock(blocks.StructBlock):
    doors = blocks.ListBlock(DoorBlock(), label="Các cửa", min_num=1, max_num=6)

    class Meta:
        icon = "list-ul"
        label = "Bạn làm được gì ở đây"
        template = "cms_home/blocks/doors.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if sum(bool(door["accent"]) for door in cleaned["doors"]) > 1:
            wrong = ValidationError("Chỉ một cửa mang màu nắng: việc chính của trang.")
            raise blocks.StructBlockValidationError(block_errors={"doors": wrong})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["doors"] = [(door, address) for door in value["doors"] if (address := self.address(door, context))]
        return context

    @staticmethod
    def address(door: Any, context: dict[str, Any]) -> str:
        """Where the door leads; empty when its page is gone, and then the door is not shown."""
        if door["place"]:
            return url_of(door["place"])
        page = door["page"]
        return page.get_url(context.get("request")) or "" if page and page.live else ""


class FiguresBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Tiêu đề", max_length=100)

    class Meta:
        icon = "order"
        label = "Con số hôm nay"
        template = "cms_home/blocks/figures.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["figures"] = startups.figures(get_language() or "vi")
        return context


class StartupsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Tiêu đề", max_length=100)
    limit = blocks.IntegerBlock(label="Bao nhiêu thẻ", default=4, min_value=2, max_value=8)

    class Meta:
        icon = "group"
        label = "Khởi nghiệp nổi bật"
        template = "cms_home/blocks/startups.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "cards": startups.featured(value["limit"]), "list_address": url_of("startups")}


class NewsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Tiêu đề", max_length=100)

    class Meta:
        icon = "doc-full"
        label = "Tin mới"
        template = "cms_home/blocks/news.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        articles = news.latest(context["page"].locale_id, limit=NEWS_SHOWN)
        return {**context, "leading": articles[:1], "others": articles[1:], "list_address": url_of("news")}


class TextBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Tiêu đề", max_length=100)
    text = blocks.RichTextBlock(label="Nội dung", features=RICH_TEXT)

    class Meta:
        icon = "pilcrow"
        label = "Đoạn văn"
        template = "cms_home/blocks/text.html"


def home_blocks() -> list[tuple[str, blocks.Block]]:
    return [
        ("hero", HeroBlock()),
        ("doors", DoorsBlock()),
        ("figures", FiguresBlock()),
        ("startups", StartupsBlock()),
        ("news", NewsBlock()),
        ("text", TextBlock()),
    ]
