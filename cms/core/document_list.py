from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column
from wagtail.documents.views.documents import IndexView

from cms.core.models import PortalDocument
from cms.core.models.files import UNREAD


def told(document: PortalDocument) -> str:
    return document.reading_told if document.reading == UNREAD else str(document.get_reading_display())


class DocumentsView(IndexView):
    """Wagtail's list of documents with one more column: whether the words of each file can be found, and why not."""

    @cached_property
    def columns(self) -> list[Any]:
        *columns, usage = super().columns
        return [*columns, Column("reading", label="Tìm theo nội dung", accessor=told), usage]
