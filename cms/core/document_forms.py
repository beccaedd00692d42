from typing import Any

from wagtail.documents.forms import BaseDocumentForm


class DocumentForm(BaseDocumentForm):
    """Tells staff beside the title how far the reading of a file's words has come, and why it failed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # The form of Wagtail has looked at the bound field already, which keeps its own copy of the words.
            self.fields["title"].help_text = self["title"].help_text = self.instance.reading_told
