"""Staff page of the register: the startups with what is featured."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button

from registry.core import clock, export
from registry.core.admin import FoldedIndex, LookUp
from registry.startups import services
from registry.startups.confirm_admin import ConfirmationFilter, confirmation_of, with_running_cycle
from registry.startups.export import register
from registry.startups.models import Profile, Startup
from registry.startups.selectors import url_of

STARTUPS_MENU = "register_startups_menu_item"


def with_profiles(lookup: str = "profiles") -> Prefetch:
    newest_first = Profile.objects.select_related("startup", "ward").order_by("-recorded_at", "-pk")
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


def every_startup() -> QuerySet[Startup]:
    found = Startup.objects.select_related("party", "dossier").prefetch_related(with_profiles(), with_running_cycle())
    return found.order_by("-featured", "-listed_on", "-pk")


class StartupIndex(FoldedIndex):
    texts = ("public_id", "party__name", "profiles__name_vi")

    def get_base_queryset(self) -> QuerySet[Startup]:
        return every_startup()

    @property
    def header_more_buttons(self) -> list[Button]:
        return [
            *super().header_more_buttons,
            *(
                Button(f"Tải về {label}", url=self.file_url(code), icon_name="download", priority=60)
                for code, label in (("xlsx", "Excel (XLSX)"), ("csv", "CSV"), ("jsonl", "JSON Lines"))
            ),
        ]

    def file_url(self, code: str) -> str:
        """Where the file of these rows is: filtered and searched as the list is."""
        query = self.request.GET.copy()
        for name in (self.page_kwarg, "format", "_w_filter_fragment"):
            query.pop(name, None)
        query["format"] = code
        return f"{reverse('danh-ba:download')}?{query.urlencode()}"


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
        return [
            *super().get_urlpatterns(),
            path("tai-ve/", download, name="download"),
            path("<int:pk>/noi-bat/", feature, name="feature"),
        ]


@require_safe
def download(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The rows of the list, filtered and searched as it is, as a table for the desk: `format` is csv, xlsx or jsonl.

    A filter that is not understood makes no file: the list says what is wrong with it.
    """
    require(request, "startups.view_startup")
    code = request.GET.get("format", "xlsx")
    if code not in export.FORMATS:
        raise Http404
    listing = StartupIndex(model=Startup, filterset_class=ConfirmationFilter, list_display=StartupViewSet.list_display)
    listing.setup(request)
    if not listing.filters.is_valid():
        messages.error(request, "Chưa tải về: bộ lọc trong địa chỉ có giá trị không dùng được. Chọn lại rồi tải.")
        query = request.GET.copy()
        query.pop("format", None)
        return redirect(f"{reverse('danh-ba:index')}?{query.urlencode()}")
    return export.download(register(listing.get_queryset()), code, f"danh-ba-{clock.today():%Y-%m-%d}")


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
