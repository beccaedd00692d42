"""A real browser on a running portal. Every test here is marked `browser`.

`visit("/khoi-nghiep/")` opens an address and fails on a broken page; `sizes`, `languages` and `looks` are the ones that every
main page is looked at in; `no_violations(page)` asks axe; `as_person(user)` is a browser that is signed in.
"""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def portal(live_server: Any) -> str:
    """The address of a running portal on the migrated database; the test may commit records."""
    return str(live_server.url)


@pytest.fixture
def open_page(browser: Browser, portal: str) -> Callable[..., Page]:
    """`open_page("/en/", size=PHONE, look="contrast", javascript=False, user=officer)`: the page, loaded and unbroken."""
    contexts: list[BrowserContext] = []

    def opened(path: str, *, size: Any = DESK, look: str = "", javascript: bool = True, user: Any = None) -> Page:
        context = browser.new_context(viewport=size, java_script_enabled=javascript, reduced_motion="reduce")
        contexts.append(context)
        cookies = []
        if look:
            cookies.append({"name": "look", "value": look, "url": portal})
        if user is not None:
            client = Client()
            client.force_login(user)
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": value, "url": portal})
        context.add_cookies(cookies)
        page = context.new_page()
        page.broken = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.broken.append(f"script: {error}"))  # type: ignore[attr-defined]
        page.on("console", lambda m: page.broken.append(m.text) if m.type == "error" else None)  # type: ignore[attr-defined]
        page.on("requestfailed", lambda r: page.broken.append(f"not loaded: {r.url}"))  # type: ignore[attr-defined]
        page.goto(portal + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def assert_unbroken(page: Page) -> None:
    """No error of script, style or policy, and nothing wider than the screen."""
    assert page.broken == []  # type: ignore[attr-defined]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than the screen"


def assert_accessible(page: Page) -> None:
    results = Axe().run(page, options={"runOnly": AXE_TAGS, "resultTypes": ["violations"]})
    told = [
        f"{violation['id']}: {violation['help']} · {' '.join(map(str, node['target']))} · {node['html'][:160]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
    assert told == [], page.url
