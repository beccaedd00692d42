from typing import Any

from wagtail.documents.forms import BaseDocumentForm


class DocumentForm(BaseDocumentForm):
    """Tells staff beside the title when the words of a file could not be read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.extraction_note:
            # The form of Wagtail has looked at the bound field already, which keeps its own copy of the words.
            self.fields["title"].help_text = self["title"].help_text = self.instance.extraction_note
