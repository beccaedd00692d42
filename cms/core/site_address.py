"""The site's row in the database says what the settings say: full addresses in maps and letters come from it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

USUAL_PORTS = {"http": 80, "https": 443}


def keep_site_address(**of_a_signal: Any) -> int:
    """Write host and port of BASE_URL into the default site. Returns how many rows had to change."""
    address = urlsplit(settings.BASE_URL)
    wanted = (address.hostname or "localhost", address.port or USUAL_PORTS.get(address.scheme, 80))
    changed = 0
    for site in Site.objects.filter(is_default_site=True):
        if (site.hostname, site.port) != wanted:
            site.hostname, site.port = wanted
            site.save()
            changed += 1
    return changed
