"""What makes a page the same for everybody: used for the pages of every room."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.test import Client

from tests.plumbing.queries import recorded

VISITORS = {
    "no cookie": {},
    "a look": {"look": "dark.l"},
    "a left-over token": {"csrftoken": "x" * 32},
}
ALLOWED_VARY = {"accept-encoding", "hx-request"}


def visits(url: str) -> Iterator[tuple[str, HttpResponse]]:
    """The page as three anonymous visitors with an English browser get it; asserts that nobody wrote anything."""
    for name, cookies in VISITORS.items():
        client = Client(headers={"accept-language": "en"})
        client.cookies.load(cookies)
        with recorded() as queries:
            response = client.get(url)
        assert not queries.writes, f"{url} ({name}) writes: {queries.writes}"
        yield name, response


def assert_shareable(url: str, status: int = 200) -> None:
    for name, response in visits(url):
        said = f"{url}, visitor with {name}"
        assert response.status_code == status, f"{said}: {response.status_code}"
        assert "s-maxage" in response.get("Cache-Control", ""), f"{said}: {response.get('Cache-Control')}"
        assert not response.cookies, f"{said}: sets {list(response.cookies)}"
        vary = {part.strip().lower() for part in response.get("Vary", "").split(",") if part.strip()}
        assert vary <= ALLOWED_VARY, f"{said}: varies on {vary}"
        assert b"csrfmiddlewaretoken" not in response.content, f"{said}: carries a form token"
        assert b"nonce-" not in response.get("Content-Security-Policy", "").encode(), f"{said}: carries a nonce"
