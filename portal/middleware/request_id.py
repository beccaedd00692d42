import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from portal.logging import request_id
from portal.metrics import count_request

GetResponse = Callable[[HttpRequest], HttpResponse]
HEADER = "X-Request-ID"
OURS = re.compile(r"^[A-Za-z0-9-]{8,64}$")
log = logging.getLogger("portal.requests")


class RequestId:
    """Outermost: every line of the log and the answer carry the same id. The proxy brings one along; nobody else may.

    One line per request, with the route and not the address: an address may hold a name, a key or a question.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
        request_id.set(given if OURS.match(given) else uuid.uuid4().hex)
        start = time.perf_counter()
        response = self.get_response(request)
        response[HEADER] = request_id.get()
        match = request.resolver_match
        took = time.perf_counter() - start
        count_request(request.method or "", match.route if match else "", response.status_code, took)
        log.info(
            "request",
            extra={
                "method": request.method,
                "route": match.route if match else "",
                "status": response.status_code,
                "ms": round(took * 1000, 1),
            },
        )
        return response


@receiver(request_finished)
def forget_request(**kwargs: object) -> None:
    """Only now: Django reports an answer that went wrong after the last middleware is through."""
    request_id.set("")
