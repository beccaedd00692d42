from urllib.parse import urljoin

from django.conf import settings


def absolute(url: str) -> str:
    """The address as it is known outside, whatever host the request came through."""
    return urljoin(f"{settings.BASE_URL.rstrip('/')}/", url)
