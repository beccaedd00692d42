"""Pages and files for tests, made the way the editor's desk makes them: a revision, then its publication."""

import json
from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Locale, Page

from cms.core.models import PortalDocument, PortalImage
from cms.core.reading import read_document
from cms.home.models import HomePage
from cms.news.models import ArticleAttachment, ArticlePage, NewsIndexPage
from cms.news.topics import Topic
from registry.core import clock


def home(language: str = "vi") -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


def news_index(language: str = "vi") -> NewsIndexPage:
    return NewsIndexPage.objects.get(locale__language_code=language)


def text_block(*paragraphs: str) -> list[dict[str, Any]]:
    return [{"type": "paragraph", "value": "".join(f"<p>{words}</p>" for words in paragraphs)}]


def article(
    title: str = "Cảm biến sương trên nương chè", *, language: str = "vi", live: bool = True, **fields: Any
) -> ArticlePage:
    """A published article, or with `live=False` a draft. `body` takes a list of blocks or plain text."""
    body = fields.pop("body", "Trạm đo gửi tin mỗi sáng.")
    documents = fields.pop("documents", ())
    given = {"lead": "Nhóm trẻ đặt trạm đo trên sườn chè.", "topic": Topic.STARTUPS, **fields}
    page = ArticlePage(title=title, body=json.dumps(text_block(body) if isinstance(body, str) else body), **given)
    page.locale = Locale.objects.get(language_code=language)
    page.live = False
    news_index(language).add_child(instance=page)
    for document in documents:
        page.attachments.add(ArticleAttachment(document=document))
    revision = page.save_revision()
    if live:
        revision.publish()
    return ArticlePage.objects.get(pk=page.pk)


def articles(how_many: int, *, language: str = "vi", first: datetime | None = None) -> list[ArticlePage]:
    """Many live articles at little cost, past the editor's desk."""
    index = news_index(language)
    body = json.dumps(text_block("Một đoạn."))
    made = []
    for number in range(how_many):
        page = ArticlePage(
            title=f"Tin số {number}",
            lead="Hai câu.",
            body=body,
            first_published_at=first or clock.now(),
            topic=Topic.GENERAL,
        )
        page.locale = index.locale
        made.append(index.add_child(instance=page))
    return made


def document(
    name: str = "bao-cao.txt",
    content: bytes | str = "Báo cáo thử nghiệm trạm đo.",
    title: str = "",
    *,
    read: bool = True,
) -> PortalDocument:
    """An uploaded document whose words were read; with `read=False` it still waits."""
    raw = content.encode() if isinstance(content, str) else content
    made = PortalDocument(title=title or name, file=ContentFile(raw, name=name))
    made._set_document_file_metadata()
    made.save()
    if read:
        read_document(made)
        made.refresh_from_db()
    return made


def image(raw: bytes, name: str = "anh.jpg") -> PortalImage:
    made = PortalImage(title="Ảnh thử", file=ContentFile(raw, name=name))
    made.save()
    return made


def page_at(slug: str) -> Page:
    return Page.objects.get(slug=slug).specific


def jpeg(width: int = 900, height: int = 500, *, gps: bool = False) -> bytes:
    """A picture as a phone makes it; with `gps` it says where."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    exif = Image.Exif()
    if gps:
        exif[0x010F] = "Máy ảnh bí mật"
        exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 23.0, 45.0), 3: "E", 4: (103.0, 27.0, 30.0)})
    written = BytesIO()
    picture.save(written, "JPEG", exif=exif)
    return written.getvalue()
