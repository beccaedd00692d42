from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from registry.core import clock

GetResponse = Callable[[HttpRequest], HttpResponse]
SHARED_SECONDS = 1
SHAREABLE = (200, 301, 404, 410)
PRIVATE_PREFIXES = ("/quan-tri/", "/tai-khoan/", "/en/account/", "/tiep-tuc/", "/en/continue/", "/dev/")


class PublicCacheHeaders:
    """Decides who may keep an answer: anybody for a second, or nobody. When in doubt, nobody.

    Stands outside everything that may touch the session. A view that set Cache-Control itself has decided. The proxy
    in front keeps no list of paths, it obeys this.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if is_shareable(request, response):
            patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_SECONDS)
            # The language of a page hangs on its address alone, whatever LocaleMiddleware says.
            drop_vary(response, "accept-language")
            # nginx counts whole seconds and would keep it for up to two: until this second is over, it says to it alone.
            response["X-Accel-Expires"] = f"@{int(clock.now().timestamp())}"
        else:
            patch_cache_control(response, private=True, no_store=True)
        return response


def is_shareable(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and response.status_code in SHAREABLE
        and not request.path.startswith(PRIVATE_PREFIXES)
        and not response.cookies
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not {"cookie", "*"} & set(varies_on(response))
        and not response.streaming
    )


def varies_on(response: HttpResponse) -> list[str]:
    return [name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()]


def drop_vary(response: HttpResponse, dropped: str) -> None:
    left = [name.strip() for name in response.get("Vary", "").split(",") if name.strip().lower() not in ("", dropped)]
    if left:
        response["Vary"] = ", ".join(left)
    else:
        response.headers.pop("Vary", None)
