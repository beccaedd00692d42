"""What other rooms read of the pages' common part."""

from collections.abc import Mapping

from cms.core.models import SiteSettings


def site_facts(language: str) -> Mapping[str, str]:
    """The department's facts for the shell (portal.site_info), in one language. One query."""
    settings = SiteSettings.objects.filter(site__is_default_site=True).first()
    return settings.in_language(language) if settings else {}


def facts_are_confirmed() -> bool:
    return SiteSettings.objects.filter(site__is_default_site=True, confirmed=True).exists()
