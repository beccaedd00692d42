"""The whole URL map. Vietnamese at the root, English below /en/ with English words (locale/en translates the paths)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from accounts.access import access
from portal import views
from registry.core.views import serve as serve_file

urlpatterns = [
    path("tep/<str:public_id>/", access("public")(serve_file), name="file"),
    path("quan-tri/", include(wagtailadmin_urls)),
]

urlpatterns += i18n_patterns(
    path(_("tuy-chon/"), views.display, name="display"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
