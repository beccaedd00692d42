from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag

GetResponse = Callable[[HttpRequest], HttpResponse]
PREFIX = "/api/v1/"


class Revalidation:
    """Public answers of the API carry an ETag; whoever has that answer already is told so with 304 and no body.

    Stands outside the page cache, which keeps whole answers and not what one client happens to have. What is private
    gets no tag.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_taggable(request, response):
            return response
        if not response.has_header("ETag"):
            set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response)


def is_taggable(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and request.path.startswith(PREFIX)
        and response.status_code == 200
        and "no-store" not in response.get("Cache-Control", "")
    )
