"""History is told again in the order in which it happened, each act at its own moment of the portal's clock."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from registry.core import clock

Story = Iterator[datetime]
"""A generator that yields the moment of its next act, and acts when it is resumed."""


def replay(stories: Iterable[Story], done: Callable[[], object]) -> None:
    """Run all stories, always the one whose next act is the earliest. `done` is called at the end of each story."""
    order = count()
    waiting: list[tuple[datetime, int, Story]] = []

    def advance(story: Story) -> None:
        try:
            heappush(waiting, (next(story), next(order), story))
        except StopIteration:
            done()

    for story in stories:
        advance(story)
    while waiting:
        moment, _, story = heappop(waiting)
        with clock.at(moment):
            advance(story)
