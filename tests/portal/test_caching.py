import threading
import time
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from portal.middleware.caching import PublicCacheHeaders
from portal.middleware.page_cache import PageCache
from tests.portal.shareable import assert_shareable

PUBLIC = [
    "/",
    "/en/",
    "/khoi-nghiep/",
    "/khoi-nghiep/?q=tra&sector=agriculture",
    "/en/startups/",
    "/thu-tuc/",
    "/thu-tuc/dang-ky-khoi-nghiep/",
    "/en/procedures/startup-registration/",
    "/tin-tuc/",
    "/en/news/",
    "/tin-tuc/rss/",
    "/tim-kiem/?q=che",
    "/en/search/?q=tea",
    "/tuy-chon/",
    "/en/display/",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/.well-known/security.txt",
]


@pytest.mark.django_db
@pytest.mark.parametrize("url", PUBLIC)
def test_public_pages_are_the_same_for_everybody(url: str) -> None:
    assert_shareable(url)


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/khong-co-trang-nay/", "/en/no-such-page/"])
def test_a_missing_page_is_the_same_for_everybody(url: str) -> None:
    assert_shareable(url, status=404)


@pytest.mark.django_db
def test_a_session_cookie_makes_every_page_private() -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "whatever"
    response = client.get("/tuy-chon/")
    assert response["Cache-Control"] == "private, no-store"


def decided(response: HttpResponse, path: str = "/", method: str = "GET", **cookies: str) -> str:
    request = RequestFactory().generic(method, path)
    request.COOKIES.update(cookies)
    return PublicCacheHeaders(lambda _: response)(request)["Cache-Control"]


def with_cookie() -> HttpResponse:
    response = HttpResponse()
    response.set_cookie("x", "y")
    return response


@pytest.mark.parametrize(
    ("response", "request_"),
    [
        (with_cookie(), {}),
        (HttpResponse(headers={"Vary": "Accept-Language, Cookie"}), {}),
        (HttpResponse(headers={"Vary": "*"}), {}),
        (HttpResponse(status=500), {}),
        (HttpResponse(status=403), {}),
        (HttpResponse(status=302), {}),
        (StreamingHttpResponse(["a"]), {}),
        (HttpResponse(), {"method": "POST"}),
        (HttpResponse(), {"path": "/quan-tri/"}),
        (HttpResponse(), {"path": "/tai-khoan/"}),
        (HttpResponse(), {"path": "/en/account/"}),
        (HttpResponse(), {"phien": "abc"}),
    ],
)
def test_when_in_doubt_nobody_keeps_it(response: HttpResponse, request_: dict[str, str]) -> None:
    assert decided(response, **request_) == "private, no-store"


def test_the_view_may_decide_for_itself() -> None:
    assert decided(HttpResponse(headers={"Cache-Control": "public, max-age=60"})) == "public, max-age=60"


def test_touching_the_session_is_noticed() -> None:
    def view(request):
        assert request.session.get("x") is None
        return HttpResponse()

    request = RequestFactory().get("/")
    response = PublicCacheHeaders(SessionMiddleware(view))(request)
    assert response["Cache-Control"] == "private, no-store"


# --- the cache in the process


class Counting:
    """A view that says how often it was asked."""

    def __init__(self, cache_control: str = "public, s-maxage=1", seconds: float = 0) -> None:
        self.asked = 0
        self.cache_control = cache_control
        self.seconds = seconds

    def __call__(self, request) -> HttpResponse:
        self.asked += 1
        time.sleep(self.seconds)
        body = f"{self.asked} " + "chữ " * 400
        return HttpResponse(body, headers={"Cache-Control": self.cache_control, "X-Seen": "yes"})


@pytest.fixture
def _keeping(settings) -> None:
    settings.PAGE_CACHE_SECONDS = 1


def get(path: str = "/", cookies: dict[str, str] | None = None, **headers: str):
    request = RequestFactory().get(path, headers=headers)
    request.COOKIES.update(cookies or {})
    return request


def test_off_where_it_keeps_for_no_time() -> None:
    with pytest.raises(MiddlewareNotUsed):
        PageCache(Counting())


@pytest.mark.usefixtures("_keeping")
def test_a_page_is_rendered_once_and_packed() -> None:
    view = Counting()
    cache = PageCache(view)
    plain, packed = cache(get()), cache(get(**{"accept-encoding": "gzip, br"}))
    assert view.asked == 1
    assert plain["X-Seen"] == packed["X-Seen"] == "yes"
    assert packed["Content-Encoding"] == "gzip"
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)
    assert "Accept-Encoding" in plain["Vary"]


@pytest.mark.usefixtures("_keeping")
def test_one_copy_for_each_look_host_question_and_fragment() -> None:
    view = Counting()
    cache = PageCache(view)
    different = [
        get("/"),
        get("/?q=a"),
        get("/", {"look": "dark."}),
        get("/", host="khac.example"),
        get("/", **{"hx-request": "true"}),
    ]
    for request in different:
        cache(request)
    assert view.asked == len(different)
    cache(get("/", {"look": "junk-that-we-never-wrote"}))
    assert view.asked == len(different), "junk in the cookie must not fill the cache"


@pytest.mark.usefixtures("_keeping")
@pytest.mark.parametrize("request_", [get("/", {"phien": "x"}), RequestFactory().post("/")])
def test_whoever_is_signed_in_or_sends_passes_by(request_) -> None:
    view = Counting()
    cache = PageCache(view)
    cache(get())
    cache(request_)
    cache(request_)
    assert view.asked == 3


@pytest.mark.usefixtures("_keeping")
def test_a_private_answer_is_never_kept_and_nobody_waits_for_it() -> None:
    view = Counting("private, no-store", seconds=0.05)
    cache = PageCache(view)
    cache(get())
    start = time.monotonic()
    threads = [threading.Thread(target=cache, args=(get(),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert view.asked == 7
    assert time.monotonic() - start < 0.2


@pytest.mark.usefixtures("_keeping")
def test_a_crowd_causes_one_rendering(monkeypatch) -> None:
    view = Counting(seconds=0.1)
    cache = PageCache(view)
    bodies: list[bytes] = []
    threads = [threading.Thread(target=lambda: bodies.append(cache(get()).content)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert view.asked == 1
    assert len(set(bodies)) == 1


@pytest.mark.usefixtures("_keeping")
def test_after_a_second_it_is_new(monkeypatch) -> None:
    view = Counting()
    cache = PageCache(view)
    first = cache(get()).content
    later = time.monotonic() + 1.5
    monkeypatch.setattr("portal.middleware.page_cache.time.monotonic", lambda: later)
    assert cache(get()).content != first
    assert view.asked == 2


def test_a_proxy_keeps_a_page_to_the_end_of_its_second(freeze) -> None:
    """nginx counts whole seconds: told "for one second" it may keep a page for two."""
    freeze("2026-10-05T09:00:00.950")
    kept = PublicCacheHeaders(lambda request: HttpResponse())(RequestFactory().get("/"))
    private = PublicCacheHeaders(lambda request: HttpResponse())(RequestFactory().get("/tai-khoan/"))
    assert kept["X-Accel-Expires"] == f"@{int(datetime(2026, 10, 5, 2, tzinfo=UTC).timestamp())}"
    assert not private.has_header("X-Accel-Expires")
