from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.errors import too_large

GetResponse = Callable[[HttpRequest], HttpResponse]

MAX_UPLOAD = 25 * 1024**2
"""Bytes of one request that carries files."""

MAX_FORM = 2 * 1024**2
"""Bytes of one request that carries only what was typed; Django itself refuses from 2.5 MB on, without a word."""

DRAINED = 250 * 1024**2
CHUNK = 1 << 16


class BodyLimit:
    """A request that is too heavy gets a sentence instead of a broken connection. The back office has its own limits.

    The body is read and thrown away first: a browser that is still sending does not listen.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.path.startswith("/quan-tri/") or weight(request) <= most(request):
            return self.get_response(request)
        drain(request)
        response = too_large(request)
        response["Cache-Control"] = "private, no-store"
        return response


def weight(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isascii() and given.isdigit() else 0


def is_upload(request: HttpRequest) -> bool:
    return (request.content_type or "").startswith("multipart/")


def most(request: HttpRequest) -> int:
    return MAX_UPLOAD if is_upload(request) else MAX_FORM


def drain(request: HttpRequest) -> None:
    left = min(weight(request), DRAINED)
    while left > 0:
        chunk = request.read(min(CHUNK, left))
        if not chunk:
            return
        left -= len(chunk)
