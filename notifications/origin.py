"""Which request asks for a message. The portal's wiring puts its own answer here: `use(portal.logging.request_id.get)`."""

from collections.abc import Callable

_source: Callable[[], str] = str


def use(source: Callable[[], str]) -> None:
    """Take the request's id from `source` (empty outside a request) from now on."""
    global _source
    _source = source


def request_id() -> str:
    return _source()
