"""A real browser on a running portal. Every test here is marked `browser`.

One server runs for the whole session. What it serves is a database put in place under it: `province` (the demo) or `bare`
(a portal that has just been set up), each restored after a test that writes (`fresh_province`).
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from portal.demo.load import load
from registry.core import clock
from search.numbering import start_new_epoch

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
SIZES = {"phone": PHONE, "desk": DESK}
WAIT = 20_000
FAILED = pytest.StashKey[list[bool]]()
TELLS_POLICY = """document.addEventListener('securitypolicyviolation',
    event => console.error(`refused by policy: ${event.effectiveDirective} ${event.blockedURI}`))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@dataclass
class Databases:
    """Copies of the whole database, to be put under the running server."""

    folder: Path
    loaded: set[str] = field(default_factory=set)

    def keep(self, name: str) -> None:
        connection.ensure_connection()
        target = sqlite3.connect(self.folder / name)
        connection.connection.backup(target)
        target.close()
        self.loaded.add(name)

    def put(self, name: str) -> None:
        connection.ensure_connection()
        source = sqlite3.connect(self.folder / name)
        source.backup(connection.connection)
        source.close()
        ContentType.objects.clear_cache()
        cache.clear()


@pytest.fixture(scope="session")
def databases(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Databases:
    if connection.vendor != "sqlite":
        raise pytest.UsageError("Tests in a browser run on SQLite: their databases are files.")
    kept = Databases(tmp_path_factory.mktemp("databases"))
    with django_db_blocker.unblock():
        kept.keep("bare")
    return kept


@pytest.fixture(scope="module")
def bare(databases: Databases, django_db_blocker: Any) -> Iterator[None]:
    """A portal without any record, as after its first migration."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        databases.put("bare")
        yield
        databases.put("bare")


@pytest.fixture(scope="module")
def province(databases: Databases, django_db_blocker: Any) -> Iterator[None]:
    """The demo province, loaded once a session."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        databases.put("bare")
        if "province" not in databases.loaded:
            start_new_epoch()
            load(lambda line: None)
            databases.keep("province")
        databases.put("province")
        yield
        databases.put("bare")


@pytest.fixture
def fresh_province(province: None, databases: Databases) -> Iterator[None]:
    """The demo province for a test that writes: put back when it is over."""
    yield
    databases.put("province")


@pytest.fixture
def turn_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], datetime]:
    """Stop the portal's clock at a moment, in every thread: `clock.at` does not reach those in which the server answers."""

    def turned(moment: datetime) -> datetime:
        monkeypatch.setattr(clock, "_stopped", ContextVar("stopped_clock", default=moment))
        return moment

    return turned


@pytest.fixture(scope="session")
def portal(databases: Databases) -> Iterator[str]:
    """The address of the running portal."""
    server = LiveServer("localhost")
    yield str(server.url)
    server.stop()


class Visit(Page):
    """For the type checker: a page with what went wrong on it."""

    broken: list[str]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash.setdefault(FAILED, []).append(report.failed)
    return report


@pytest.fixture
def open_page(
    request: pytest.FixtureRequest, browser: Browser, portal: str, tmp_path: Path
) -> Iterator[Callable[..., Visit]]:
    """`open_page("/en/", size=PHONE, look="contrast.", javascript=False, email="officer@demo.test")`: the page, loaded.

    `page.broken` gathers errors of scripts, of the policy, of loading, and every request to another host. Of a test
    that fails, a picture of each page stays in its tmp_path.
    """
    pages: list[Any] = []

    def opened(path: str, *, size: Any = DESK, look: str = "", javascript: bool = True, email: str = "") -> Visit:
        context = browser.new_context(viewport=size, java_script_enabled=javascript, reduced_motion="reduce")
        context.set_default_timeout(WAIT)
        cookies = [{"name": "look", "value": look, "url": portal}] if look else []
        if email:
            cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": session_of(email), "url": portal})
        context.add_cookies(cookies)
        page = context.new_page()
        pages.append(page)
        watch(page, portal)
        page.goto(portal + path)
        return page

    yield opened
    for number, page in enumerate(pages):
        if any(request.node.stash.get(FAILED, [])):
            page.screenshot(path=tmp_path / f"{number}.png", full_page=True)
        page.context.close()


def session_of(email: str) -> str:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def lost(request: Any) -> bool:
    """It did not arrive; what the browser itself gave up because one went on to another page does not count."""
    return request.failure != "net::ERR_ABORTED"


def watch(page: Any, portal: str) -> None:
    page.broken = []
    host = urlsplit(portal).netloc
    page.add_init_script(TELLS_POLICY)
    page.on("pageerror", lambda error: page.broken.append(f"script: {error}"))
    page.on("console", lambda message: page.broken.append(message.text) if message.type == "error" else None)
    page.on(
        "requestfailed", lambda request: page.broken.append(f"not loaded: {request.url}") if lost(request) else None
    )
    page.on(
        "request",
        lambda request: (
            page.broken.append(f"foreign: {request.url}") if urlsplit(request.url).netloc not in (host, "") else None
        ),
    )
