"""The whole URL map. Vietnamese at the root, English below /en/ with English words (locale/en translates the paths)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts import views as accounts
from accounts.access import access
from cms.core.routing import serve as serve_page
from notifications import preference_views
from notifications import views as messages
from portal import errors, views
from portal.api import api
from portal.media import media
from portal.sitemaps import SITEMAPS
from registry.appraisals.link_views import sheet as assessor_sheet
from registry.certificates.size_views import size as certificate_size
from registry.certificates.views import verify as verify_certificate
from registry.core.views import serve as serve_file
from registry.dossiers.urls import applicant
from registry.reports.urls import reportable
from registry.st_enterprises.proofs import views as proofs
from registry.startups import badge_views
from registry.startups.confirm_views import by_account as confirm_startup
from search.views import results as search_results

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.figures, name="metrics"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path(".well-known/st-certificate-keys.json", proofs.keys, name="certificate_keys"),
    path("xac-minh/ngoai-tuyen.html", proofs.offline, name="certificate_offline"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("media/<path:path>", media, name="media"),
    path("tep/<str:public_id>/", access("public")(serve_file), name="file"),
    path("huy-hieu/<slug:public_id>.svg", badge_views.svg, name="startup_svg"),
    path("huy-hieu/<slug:public_id>.pdf", badge_views.pdf, name="startup_pdf"),
    path("dev/thu/", access("public")(messages.mail_reader), name="mail_reader"),
    path("quan-tri/login/", accounts.admin_login),
    path("quan-tri/account/", accounts.admin_account),
    path("api/v1/", api.urls),
    re_path(r"^api/", errors.not_found, name="api_nothing"),
    path("tai-lieu/", include(wagtaildocs_urls)),
    path("quan-tri/", include(wagtailadmin_urls)),
]

urlpatterns += i18n_patterns(
    path(_("khoi-nghiep/"), include(reportable("startup"))),
    path(_("tin-tuc/"), include(reportable("article"))),
    path(_("doanh-nghiep-khcn/"), include(reportable("st_enterprise"))),
    path(_("khoi-nghiep/"), include("registry.startups.urls")),
    path(_("thu-tuc/"), include("registry.dossiers.public_urls")),
    path(_("doanh-nghiep-khcn/tu-danh-gia/"), include("registry.st_enterprises.urls")),
    path(_("doanh-nghiep-khcn/"), include("registry.certificates.urls")),
    path(_("xac-minh/"), verify_certificate, name="verify"),
    path(_("phieu-danh-gia/<str:token>/"), assessor_sheet, name="assessor_sheet"),
    path(_("tim-kiem/"), access("public")(search_results), name="search"),
    path(_("tuy-chon/"), views.display, name="display"),
    path(_("tai-khoan/"), include("accounts.urls")),
    path(_("tai-khoan/khoi-nghiep/<slug:reference>/xac-nhan/"), confirm_startup, name="startup_confirm_own"),
    path(_("tai-khoan/khoi-nghiep/"), include("registry.startups.proposals.urls")),
    path(_("tai-khoan/khoi-nghiep/"), include(applicant("startup_registration"))),
    path(_("tai-khoan/chung-nhan-khcn/"), include(applicant("st_certification"))),
    path(_("tai-khoan/thay-doi-giay-chung-nhan/"), include("registry.certificates.changing.urls")),
    path(_("tai-khoan/bao-cao-nam/"), include("registry.duties.urls")),
    path(_("tai-khoan/nhap-ho/"), include("registry.dossiers.helped.urls")),
    path(_("tiep-tuc/"), include("registry.dossiers.helped.door_urls")),
    path(_("tai-khoan/giay-chung-nhan/<slug:public_id>/quy-mo/"), certificate_size, name="certificate_size"),
    path(_("tai-khoan/muc-tieu/"), include("registry.goals.urls")),
    path(_("tai-khoan/"), include("registry.parties.urls")),
    path(_("tai-khoan/huy-hieu/<slug:public_id>/"), badge_views.mine, name="startup_badge"),
    path(_("tai-khoan/tin/"), access("signed_in")(messages.inbox), name="inbox"),
    path(_("tai-khoan/tin/<int:item_id>/"), access("signed_in")(messages.open_item), name="inbox_open"),
    path(_("tai-khoan/tin/da-doc/"), access("signed_in")(messages.read_all), name="inbox_read"),
    path(_("tai-khoan/thong-bao/"), access("signed_in")(preference_views.settings_page), name="notification_settings"),
    path(_("tai-khoan/thong-bao/kiem-tra/"), access("signed_in")(preference_views.check_address), name="address_check"),
    path(
        _("tai-khoan/thong-bao/dia-chi/<str:token>/"),
        access("public")(preference_views.address_works),
        name="address_works",
    ),
    path(_("ngung-thu/<str:token>/"), access("public")(preference_views.stop_letters), name="stop_letters"),
    path("_util/login/", accounts.admin_login),
    re_path(wagtail_urls.serve_pattern, access("public")(serve_page), name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
