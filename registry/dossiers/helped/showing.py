"""The key as people get it: the address, the QR, the groups to type."""

import re
from dataclasses import dataclass

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from registry.dossiers.helped.keys import in_groups


@dataclass(frozen=True, slots=True)
class Given:
    """A key, shown once. `door` is the page where the code is typed."""

    key: str
    link: str
    door: str

    @classmethod
    def of(cls, request: HttpRequest, key: str) -> "Given":
        link, door = reverse("pass_link", args=[key]), reverse("pass_enter")
        return cls(key, request.build_absolute_uri(link), request.build_absolute_uri(door))

    @property
    def code(self) -> str:
        return in_groups(self.key)

    @property
    def groups(self) -> list[str]:
        """The code in the pieces between which a narrow screen may break it."""
        return re.findall(r"[^-]+-?", self.code)

    @property
    def door_in_words(self) -> str:
        return self.door.split("://", 1)[-1].rstrip("/")

    def svg(self, **options: object) -> str:
        return str(segno.make(self.link, error="m", micro=False).svg_inline(omitsize=True, border=2, **options))

    @property
    def qr(self) -> SafeString:
        """The picture for a page: made of our own address alone, attributes only."""
        return mark_safe(self.svg(svgclass="qr", lineclass=None))
