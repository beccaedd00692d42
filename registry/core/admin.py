"""Staff pages of reference data: what the department keeps itself, and what it only looks up."""

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import ModelPermissionPolicy

from registry.core.models import AdministrativeUnit, Authority, DayOff, Industry
from registry.core.text import clean, fold

REFERENCE_MENU = "register_reference_menu_item"
"""The hook of the submenu “Dữ liệu nền”; another app puts its viewset there by this name."""


class LookUpOnly(ModelPermissionPolicy):
    """Nobody changes these rows here, whoever they are: they come from their source."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class FoldedIndex(IndexView):
    """A list that is searched with marks or without. `texts` names the columns in which every word must be found."""

    texts: tuple[str, ...] = ()

    @property
    def is_searchable(self) -> bool:
        return bool(self.texts)

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        words = fold(clean(self.search_query or "")).split()[:10] if self.is_searching else []
        if not words:
            return queryset
        rows = queryset.order_by().values_list("pk", *self.texts)
        found = {pk for pk, *texts in rows if all(word in fold(" ".join(map(str, texts))) for word in words)}
        return queryset.filter(pk__in=found)


class YesColumn(Column):
    """A yes or no in words."""

    def get_value(self, instance: Any) -> str:
        return "Có" if super().get_value(instance) else "Chưa"


class Reference(ModelViewSet):
    """What all of them share."""

    menu_hook = REFERENCE_MENU
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50


class LookUp(Reference):
    """Read-only: a list and a page for each row."""

    inspect_view_enabled = True

    @property
    def permission_policy(self) -> LookUpOnly:
        return LookUpOnly(self.model)

    def get_form_class(self, for_update: bool = False) -> Any:
        return None

    def get_urlpatterns(self) -> list[Any]:
        kept = ("index", "index_results", "inspect")
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]


class DayOffViewSet(Reference):
    model = DayOff
    name = "ngay-nghi"
    icon = "date"
    menu_order = 10
    menu_label = "Ngày nghỉ, làm bù"
    list_display = ["date", "kind", "note", "source"]
    list_filter = ["kind"]
    ordering = ["-date"]
    panels = [FieldPanel("date"), FieldPanel("kind"), FieldPanel("note"), FieldPanel("source")]


class AuthorityViewSet(Reference):
    model = Authority
    name = "co-quan"
    icon = "group"
    menu_order = 30
    list_display = ["name_vi", "kind", "delegated_by", YesColumn("verified", label="Đã kiểm tra")]
    panels = [
        FieldPanel("code"),
        FieldPanel("kind"),
        FieldPanel("name_vi"),
        FieldPanel("short_vi"),
        FieldPanel("name_en"),
        FieldPanel("short_en"),
        FieldPanel("delegated_by"),
        FieldPanel("delegation"),
        FieldPanel("verified"),
    ]


class UnitIndex(FoldedIndex):
    texts = ("code", "name", "district")


class UnitViewSet(LookUp):
    model = AdministrativeUnit
    name = "xa-phuong"
    icon = "site"
    menu_order = 40
    index_view_class = UnitIndex
    list_display = ["__str__", "code", "edition", "district", YesColumn("verified", label="Đã kiểm tra")]
    list_filter = ["edition", "kind"]
    inspect_view_fields = [
        "edition", "code", "kind", "name", "district", "latitude", "longitude", "area_km2", "source", "verified",
    ]  # fmt: skip


class IndustryIndex(FoldedIndex):
    texts = ("folded",)


class IndustryViewSet(LookUp):
    model = Industry
    name = "nganh-kinh-te"
    icon = "list-ul"
    menu_order = 50
    index_view_class = IndustryIndex
    list_display = ["code", "name_vi", "level", "edition", YesColumn("verified", label="Đã đối chiếu")]
    list_filter = ["edition", "level"]
    inspect_view_fields = [
        "edition", "code", "level", "parent_code", "name_vi", "name_en", "name_en_source", "source", "verified",
    ]  # fmt: skip
