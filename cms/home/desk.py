"""What an editor sees first: the doors to the usual work, and what waits for its hour or for a look."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Revision
from wagtail.permissions import page_permission_policy

from cms.core.models import PortalDocument, SiteSettings
from cms.core.models.files import UNREAD
from cms.core.selectors import facts_are_confirmed
from cms.home.models import HomePage
from cms.news.models import NewsIndexPage

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Door:
    label: str
    url: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    title: str
    url: str
    at: datetime


def may_write(user: Any) -> bool:
    return bool(page_permission_policy.user_has_any_permission(user, {"add", "change", "publish"}))


def doors(user: Any) -> list[Door]:
    found = []
    for index in NewsIndexPage.objects.live().select_related("locale").order_by("-locale__language_code"):
        language = "" if index.locale.language_code == "vi" else " tiếng Anh"
        address = reverse("wagtailadmin_pages:add", args=("cms_news", "articlepage", index.pk))
        found.append(Door(f"Viết bài mới{language}", address, first=not language))
        found.append(Door(f"Tin tức{language}", reverse("wagtailadmin_explore", args=(index.pk,))))
    for home in HomePage.objects.live().select_related("locale").order_by("-locale__language_code"):
        language = "" if home.locale.language_code == "vi" else " tiếng Anh"
        found.append(Door(f"Sửa trang chủ{language}", reverse("wagtailadmin_pages:edit", args=(home.pk,))))
    if user.has_perm("cms_core.change_sitesettings"):
        found.append(Door("Thông tin cơ quan", reverse("wagtailsettings:edit", args=("cms_core", "sitesettings"))))
    return found


def planned() -> list[Planned]:
    """The next pages that go live by the clock."""
    revisions = Revision.page_revisions.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    return [
        Planned(
            revision.object_str,
            reverse("wagtailadmin_pages:edit", args=(revision.object_id,)),
            revision.approved_go_live_at,
        )
        for revision in revisions[:SHOWN]
    ]


class WritingPanel(Component):
    name = "writing"
    template_name = "cms_home/desk/writing.html"
    order = 40

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        unread = PortalDocument.objects.filter(reading=UNREAD).order_by("-created_at")
        return {
            "doors": doors(user),
            "planned": planned(),
            "unread": [(document, reverse("wagtaildocs:edit", args=(document.pk,))) for document in unread[:SHOWN]],
            "facts_waiting": not facts_are_confirmed()
            and user.has_perm(f"cms_core.change_{SiteSettings._meta.model_name}"),
        }
