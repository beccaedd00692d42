"""Staff pages of the register: the startups with what is featured, and what visitors report as wrong."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.ui.tables import Column, TitleColumn

from registry.core.admin import FoldedIndex, LookUp
from registry.core.decisions import log_restricted_read
from registry.startups import services
from registry.startups.confirm_admin import ConfirmationFilter, confirmation_of, with_running_cycle
from registry.startups.models import ErrorReport, Profile, Startup
from registry.startups.selectors import url_of

STARTUPS_MENU = "register_startups_menu_item"


def with_profiles(lookup: str = "profiles") -> Prefetch:
    newest_first = Profile.objects.select_related("startup").order_by("-recorded_at", "-pk")
    return Prefetch(lookup, queryset=newest_first, to_attr="newest")


def name_of(startup: Startup) -> str:
    """The name it has, or had when it left the directory."""
    newest = startup.newest  # type: ignore[attr-defined]
    return newest[0].name_vi if newest else startup.public_id


def public_url(startup: Startup) -> str:
    newest = startup.newest  # type: ignore[attr-defined]
    return url_of(newest[0], "vi") if newest and newest[0].effective_to is None else ""


class LinkColumn(Column):
    cell_template_name = "startups/staff/link_cell.html"


class FeaturedColumn(Column):
    """A button that features the startup, or no longer. Without the right to change it, a word."""

    cell_template_name = "startups/staff/featured_cell.html"

    def get_cell_context_data(self, instance: Startup, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        may = request.user.has_perm("startups.change_startup")
        return context | {"may": may, "csrf": get_token(request) if may else ""}


class StartupIndex(FoldedIndex):
    texts = ("public_id", "party__name", "profiles__name_vi")

    def get_base_queryset(self) -> QuerySet[Startup]:
        found = Startup.objects.select_related("party", "dossier").prefetch_related(
            with_profiles(), with_running_cycle()
        )
        return found.order_by("-featured", "-listed_on", "-pk")


def state_of(startup: Startup) -> str:
    return "Đang đăng" if public_url(startup) else "Đã gỡ"


class StartupViewSet(LookUp):
    model = Startup
    name = "danh-ba"
    icon = "list-ul"
    menu_hook = STARTUPS_MENU
    menu_label = "Danh bạ"
    menu_order = 10
    index_view_class = StartupIndex
    filterset_class = ConfirmationFilter
    inspect_view_enabled = False
    list_display = [
        TitleColumn("name", label="Tên", accessor=name_of, get_url=public_url),
        Column("party", label="Chủ dự án", accessor="party.name"),
        Column("state", label="Trên danh bạ", accessor=state_of),
        Column("listed_on", label="Vào ngày", accessor=lambda one: f"{one.listed_on:%d/%m/%Y}"),
        Column("confirmation", label="Xác nhận", accessor=confirmation_of),
        LinkColumn(
            "dossier",
            label="Hồ sơ",
            accessor=lambda one: (reverse("desk_dossier", args=[one.dossier.reference]), one.dossier.reference),
        ),
        FeaturedColumn("featured", label="Trang chủ"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("<int:pk>/noi-bat/", feature, name="feature")]


@require_POST
def feature(request: HttpRequest, pk: int) -> HttpResponse:
    """Feature the startup (`featured=1`), or no longer (`featured=0`)."""
    require(request, "startups.change_startup")
    startup = get_object_or_404(Startup.objects.prefetch_related(with_profiles()), pk=pk)
    wanted = request.POST.get("featured") == "1"
    services.feature(startup, wanted)
    messages.success(request, f"{name_of(startup)}: {'lên trang chủ' if wanted else 'không còn ở trang chủ'}.")
    return redirect("danh-ba:index")


def require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


class ReportIndex(FoldedIndex):
    texts = ("text", "startup__party__name")

    def get_base_queryset(self) -> QuerySet[ErrorReport]:
        found = ErrorReport.objects.select_related("startup", "handled_by")
        return found.prefetch_related(with_profiles("startup__profiles")).order_by(
            F("handled_at").desc(nulls_first=True), "-sent_at", "-pk"
        )


class ReportViewSet(LookUp):
    model = ErrorReport
    name = "bao-sai"
    icon = "warning"
    menu_hook = STARTUPS_MENU
    menu_label = "Báo sai"
    menu_order = 20
    index_view_class = ReportIndex
    inspect_view_enabled = False
    list_display = [
        TitleColumn(
            "startup",
            label="Dự án",
            accessor=lambda one: name_of(one.startup),
            get_url=lambda one: reverse("bao-sai:report", args=[one.pk]),
        ),
        Column("text", label="Nội dung", accessor=lambda one: one.text if len(one.text) < 90 else f"{one.text[:89]}…"),
        Column("sent_at", label="Gửi lúc", accessor=lambda one: f"{one.sent_at.astimezone():%H:%M %d/%m/%Y}"),
        Column("state", label="Trạng thái", accessor=lambda one: "Đã xử lý" if one.handled_at else "Chờ xử lý"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", report, name="report"),
            path("<int:pk>/xong/", handle, name="handle"),
        ]


def _report(pk: int) -> ErrorReport:
    found = ErrorReport.objects.select_related("startup__party", "startup__dossier", "handled_by")
    return get_object_or_404(found.prefetch_related(with_profiles("startup__profiles")), pk=pk)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report whole. Its sender's address is restricted: reading it is logged."""
    require(request, "startups.change_errorreport")
    found = _report(pk)
    if found.email:
        log_restricted_read(request.user, f"startups.errorreport:{found.pk}", ["email"])
    context = {
        "report": found,
        "name": name_of(found.startup),
        "public_url": public_url(found.startup),
        "breadcrumbs": [{"url": reverse("bao-sai:index"), "label": "Báo sai"}, {"url": "", "label": f"Số {found.pk}"}],
    }
    return TemplateResponse(request, "startups/staff/report.html", context)


@require_POST
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, "startups.change_errorreport")
    services.handle_report(_report(pk), actor=request.user)
    messages.success(request, "Đã đánh dấu là xử lý xong.")
    return redirect("bao-sai:index")
