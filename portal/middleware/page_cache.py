import gzip
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from portal.look import look_of
from portal.metrics import count_page_cache

GetResponse = Callable[[HttpRequest], HttpResponse]
Key = tuple[str, ...]
PAGES = 512
STALE_SECONDS = 10
WORTH_PACKING = 1000


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer as it went out, with its compressed twin."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    packed: bytes | None
    at: float

    @classmethod
    def of(cls, response: HttpResponse) -> "Stored":
        body = response.content
        plain = len(body) < WORTH_PACKING or response.has_header("Content-Encoding")
        packed = None if plain else gzip.compress(body, 5, mtime=0)
        return cls(response.status_code, tuple(response.items()), body, packed, time.monotonic())

    def response(self, request: HttpRequest) -> HttpResponse:
        packed = self.packed if "gzip" in request.headers.get("Accept-Encoding", "") else None
        answer = HttpResponse(packed or self.body, status=self.status, headers=dict(self.headers))
        if packed:
            answer["Content-Encoding"] = "gzip"
        if self.packed:
            patch_vary_headers(answer, ["Accept-Encoding"])
        answer["Content-Length"] = str(len(packed or self.body))
        return answer

    def age(self) -> float:
        return time.monotonic() - self.at


@dataclass(slots=True)
class Place:
    lock: threading.Lock = field(default_factory=threading.Lock)
    stored: Stored | None = None
    shareable: bool = True


class PageCache:
    """Does without a proxy what the proxy does: keeps what `PublicCacheHeaders` declared shareable, for a second.

    One thread renders a page, the others take the last one as long as it is younger than ten seconds, else they wait.
    Each process keeps its own copy. It also packs the page: nothing secret is in it, so nothing can be guessed from
    its length. Off where PAGE_CACHE_SECONDS is 0 (tests; behind a proxy that caches).
    """

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.PAGE_CACHE_SECONDS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.seconds = settings.PAGE_CACHE_SECONDS
        self.places: OrderedDict[Key, Place] = OrderedDict()
        self.guard = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        place = self.place(key_of(request))
        stored = place.stored
        if stored and stored.age() < self.seconds:
            return self.kept(stored, request)
        if not place.shareable:  # nobody waits for a page that each must get for himself
            return self.render(request, place)
        fresh_enough = stored is not None and stored.age() < STALE_SECONDS
        if not place.lock.acquire(blocking=not fresh_enough):
            return self.kept(stored, request) if stored else self.get_response(request)
        try:
            if place.stored and place.stored.age() < self.seconds:  # somebody rendered it while we waited
                return self.kept(place.stored, request)
            return self.render(request, place)
        finally:
            place.lock.release()

    @staticmethod
    def kept(stored: Stored, request: HttpRequest) -> HttpResponse:
        count_page_cache("hit")
        return stored.response(request)

    def render(self, request: HttpRequest, place: Place) -> HttpResponse:
        response = self.get_response(request)
        shared = "s-maxage" in response.get("Cache-Control", "")
        place.shareable = shared and not response.streaming and not response.cookies
        if not place.shareable:
            place.stored = None
            return response
        count_page_cache("miss")
        place.stored = Stored.of(response)
        return place.stored.response(request)

    def place(self, key: Key) -> Place:
        with self.guard:
            place = self.places.setdefault(key, Place())
            self.places.move_to_end(key)
            if len(self.places) > PAGES:
                self.places.popitem(last=False)
            return place


def key_of(request: HttpRequest) -> Key:
    return (
        request.method or "",
        request.scheme or "",
        request.META.get("HTTP_HOST", ""),
        request.get_full_path(),
        str(look_of(request)),
        request.headers.get("HX-Request", ""),
    )
