"""Typed events inside the house. A room publishes what happened; `portal.wiring` says who listens.

Handlers run at once, inside the transaction of the change: what they write stands or falls with it. What must leave the
house (mail, an engine's copy) is written as a row here and carried out after commit by its own room.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")

_handlers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E], handler: Callable[[E], None]) -> None:
    """Call `handler` for every published event of exactly this type. Subscribing twice changes nothing."""
    if handler not in _handlers[kind]:
        _handlers[kind].append(handler)


def publish(event: object) -> None:
    """Tell everybody who listens, in the order of subscription. An exception of a handler undoes the change."""
    for handler in _handlers[type(event)]:
        handler(event)
