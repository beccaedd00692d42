"""A server that may be away, and the embedded engine that answers meanwhile: visitors notice nothing, staff see it."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from search.engine import (
    MATCH_LIMIT,
    Differences,
    Progress,
    Query,
    Results,
    SearchEngine,
    Status,
    Suggestion,
    Unavailable,
)

log = logging.getLogger(__name__)

SPARED_SECONDS = 5.0  # how long a server that failed is not asked again by this process

Answer = TypeVar("Answer")


class StandIn:
    """Asks the server first. One failure spares it for a while, so that only one visitor in many waits for a frozen one."""

    name = "elasticsearch"

    def __init__(self, server: SearchEngine, embedded: SearchEngine) -> None:
        self.server = server
        self.embedded = embedded
        self._spared_until = 0.0

    def search(self, query: Query) -> Results:
        return self._ask(lambda engine: engine.search(query))

    def suggest(self, text: str, *, language: str, kinds: tuple[str, ...] = (), limit: int = 8) -> list[Suggestion]:
        return self._ask(lambda engine: engine.suggest(text, language=language, kinds=kinds, limit=limit))

    def refs(self, query: Query, limit: int = MATCH_LIMIT) -> list[str]:
        return self._ask(lambda engine: engine.refs(query, limit))

    def follow(self) -> int:
        """The copy at hand; the server is followed by a worker, not by somebody who waits for a page."""
        return self.embedded.follow()

    def rebuild(self, progress: Progress = lambda done, all_: None) -> int:
        return self.server.rebuild(progress)

    def check(self) -> Differences:
        return self.server.check()

    def forget(self, entries: Sequence[int]) -> None:
        self.server.forget(entries)

    def status(self) -> Status:
        return self.server.status()

    def _ask(self, question: Callable[[SearchEngine], Answer]) -> Answer:
        if time.monotonic() >= self._spared_until:
            try:
                return question(self.server)
            except Unavailable as error:
                log.warning("the embedded engine answers: %s", error)
                self._spared_until = time.monotonic() + SPARED_SECONDS
        return question(self.embedded)
