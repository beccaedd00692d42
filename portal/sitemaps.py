"""What finders may know. A room adds its public records here; the pages of the editors are there already."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from registry.certificates.models import CertificateVersion
from registry.certificates.selectors import on_day
from registry.certificates.selectors import url_of as url_of_certificate
from registry.dossiers.procedure import Guide
from registry.dossiers.public_views import guided
from registry.dossiers.public_views import url_of as url_of_guide
from registry.startups.models import Profile
from registry.startups.selectors import in_force, url_of


class PagesSitemap(Sitemap):
    """Every public page once in each of its languages, each naming its twin."""

    limit = 2000

    def items(self) -> QuerySet[Page]:
        return (
            Page.objects.live()
            .public()
            .filter(depth__gt=1)
            .defer_streamfields()
            .select_related("locale")
            .order_by("path")
        )

    def lastmod(self, page: Page) -> Any:
        return page.last_published_at or page.latest_revision_created_at

    def _urls(self, number: int | str, protocol: str, domain: str) -> list[dict[str, Any]]:
        pages = [(page, page.get_full_url()) for page in self.paginator.page(number).object_list]
        twins = defaultdict(list)
        for page, url in pages:
            if url:
                twins[page.translation_key].append({"location": url, "lang_code": page.locale.language_code})
        return [
            {
                "item": page,
                "location": url,
                "lastmod": self.lastmod(page),
                "changefreq": None,
                "priority": "",
                "alternates": twins[page.translation_key] if len(twins[page.translation_key]) > 1 else [],
            }
            for page, url in pages
            if url
        ]


class StartupsSitemap(Sitemap):
    """Every startup of the directory, in both languages."""

    limit = 2000
    i18n = True
    alternates = True
    x_default = True

    def items(self) -> QuerySet[Profile]:
        return in_force()

    def location(self, profile: Profile) -> str:
        return url_of(profile, get_language() or settings.LANGUAGE_CODE)

    def lastmod(self, profile: Profile) -> Any:
        return profile.recorded_at


class CertificatesSitemap(Sitemap):
    """Every certificate, in both languages."""

    limit = 2000
    i18n = True
    alternates = True
    x_default = True

    def items(self) -> QuerySet[CertificateVersion]:
        return on_day()

    def location(self, version: CertificateVersion) -> str:
        return url_of_certificate(version, get_language() or settings.LANGUAGE_CODE)

    def lastmod(self, version: CertificateVersion) -> Any:
        return version.recorded_at


class ProceduresSitemap(Sitemap):
    """The list of procedures and the page of each, in both languages."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[Guide | None]:
        return [None, *(guide for _kind, guide in guided())]

    def location(self, guide: Guide | None) -> str:
        return url_of_guide(guide, get_language() or settings.LANGUAGE_CODE) if guide else reverse("procedures")


class StandingSitemap(Sitemap):
    """Pages of one address each, in both languages."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[str]:
        return ["st_enterprises", "verify", "st_enterprise_assessment"]

    def location(self, name: str) -> str:
        return reverse(name)


SITEMAPS: dict[str, type[Sitemap]] = {
    "pages": PagesSitemap,
    "startups": StartupsSitemap,
    "certificates": CertificatesSitemap,
    "procedures": ProceduresSitemap,
    "standing": StandingSitemap,
}
