from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from cms.core.slugs import mended
from registry.core.text import nfc


class PortalPageForm(WagtailAdminPageForm):
    """The editor's form of a page: Unicode in one form at the door, and a slug that keeps its đ."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_title(self) -> str:
        return nfc(self.cleaned_data["title"]).strip()

    def clean_slug(self) -> str:
        return mended(self.cleaned_data["slug"], self.cleaned_data.get("title", ""))
