"""Where in the portal a missing condition can be worked on. The rooms that have such pages lend them (`portal/goal_ways.py`)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from registry.parties.models import Party


@dataclass(frozen=True, slots=True)
class Way:
    """A link into the portal."""

    label: Any
    url: str
    icon: str


WaysOf = Callable[[Party, Any, Collection[str]], Mapping[str, list[Way]]]

_makers: list[WaysOf] = []


def lend(make: WaysOf) -> None:
    """`make(party, user, conditions)` gives ways by condition (codes of `registry.st_enterprises`), "" for the whole."""
    if make not in _makers:
        _makers.append(make)


def ways_for(party: Party, user: Any, conditions: Collection[str]) -> dict[str, list[Way]]:
    found: dict[str, list[Way]] = {}
    for make in _makers:
        for condition, ways in make(party, user, conditions).items():
            found.setdefault(condition, []).extend(ways)
    return found
