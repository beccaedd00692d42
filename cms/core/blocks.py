"""The parts an editor builds a page from. None of them fetches anything from another house."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from registry.core.text import slugify_vi

RICH_TEXT: Final = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
TONES: Final = [("info", "Cho biết"), ("ok", "Đã xong, đã có"), ("warn", "Lưu ý")]
TONE_ICONS: Final = {"info": "info", "ok": "circle-check", "warn": "triangle-alert"}


class HeadingBlock(blocks.CharBlock):
    """A heading inside the text; its anchor is made of its words."""

    def get_context(self, value: str, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["anchor"] = slugify_vi(value)
        return context


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label="Ảnh")
    alt = blocks.CharBlock(
        label="Mô tả ảnh cho người không nhìn thấy",
        required=False,
        max_length=250,
        help_text="Ảnh cho thấy gì, trong một câu. Chỉ để trống khi đánh dấu “ảnh trang trí”.",
    )
    decorative = blocks.BooleanBlock(label="Ảnh trang trí, không mang thông tin", required=False)
    caption = blocks.CharBlock(label="Chú thích", required=False, max_length=250)
    credit = blocks.CharBlock(label="Người chụp hoặc nguồn ảnh", required=False, max_length=120)

    class Meta:
        icon = "image"
        label = "Ảnh"
        template = "cms_core/blocks/picture.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["alt"] and not cleaned["decorative"]:
            wrong = ValidationError("Viết một câu mô tả ảnh, hoặc đánh dấu “ảnh trang trí”.")
            raise blocks.StructBlockValidationError(block_errors={"alt": wrong})
        return cleaned


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Lời trích", rows=3, max_length=800)
    source = blocks.CharBlock(
        label="Của ai", required=False, max_length=160, help_text="Ví dụ: Giàng A Thử, trưởng nhóm."
    )

    class Meta:
        icon = "openquote"
        label = "Trích lời"
        template = "cms_core/blocks/quote.html"


class TableBlock(TypedTableBlock):
    """A table with a caption; a column of figures is aligned right. Its words are found by the search."""

    def get_searchable_content(self, value: TypedTable | None) -> list[str]:
        if value is None:
            return []
        cells = [str(cell.value) for row in value.rows for cell in row if cell.value is not None]
        return [value.caption, *(column["heading"] for column in value.columns), *cells]


class FigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label="Con số", max_length=20, help_text="Viết như người Việt đọc: 1.250 hoặc 37,6.")
    unit = blocks.CharBlock(label="Đơn vị", required=False, max_length=30)
    label = blocks.CharBlock(label="Số gì", max_length=120)
    source = blocks.CharBlock(label="Nguồn, ngày", required=False, max_length=120)

    class Meta:
        icon = "order"
        label = "Con số"


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(label="Loại", choices=TONES, default="info", search_index=False)
    title = blocks.CharBlock(label="Tiêu đề", required=False, max_length=120)
    text = blocks.RichTextBlock(label="Nội dung", features=["bold", "italic", "ul", "link", "document-link"])

    class Meta:
        icon = "warning"
        label = "Khung lưu ý"
        template = "cms_core/blocks/callout.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["icon_name"] = TONE_ICONS[value["tone"]]
        return context


class DocumentsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Tiêu đề", required=False, max_length=120)
    documents = blocks.ListBlock(DocumentChooserBlock(label="Tệp"), label="Các tệp", min_num=1)

    class Meta:
        icon = "doc-full"
        label = "Danh sách tệp"
        template = "cms_core/blocks/documents.html"


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks of a page's text, in the order in which the editor's menu offers them."""
    return [
        (
            "paragraph",
            blocks.RichTextBlock(label="Đoạn văn", features=RICH_TEXT, template="cms_core/blocks/paragraph.html"),
        ),
        (
            "heading",
            HeadingBlock(label="Đề mục", icon="title", max_length=160, template="cms_core/blocks/heading.html"),
        ),
        ("picture", PictureBlock()),
        ("quote", QuoteBlock()),
        (
            "table",
            TableBlock(
                [
                    ("text", blocks.CharBlock(label="Chữ", required=False)),
                    ("number", blocks.CharBlock(label="Số", required=False)),
                ],
                label="Bảng",
                icon="table",
                template="cms_core/blocks/table.html",
            ),
        ),
        (
            "figures",
            blocks.ListBlock(FigureBlock(), label="Dãy con số", icon="order", template="cms_core/blocks/figures.html"),
        ),
        ("callout", CalloutBlock()),
        ("documents", DocumentsBlock()),
    ]


def words_of(stream: Any) -> str:
    """All words of a stream, for the search: no markup, no labels of choices."""
    pieces = stream.stream_block.get_searchable_content(stream)
    return " ".join(" ".join(piece.split()) for piece in pieces if piece)
