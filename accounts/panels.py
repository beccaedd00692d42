"""The account's front page is made of panels, and each room brings its own: `register_panel(callable, order=…)`.

A panel's callable gets the request of a signed-in person and returns a Panel, or None when it has nothing to show.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Panel:
    """`template` is printed with `panel` (this) and the names of `context`. `aside` stands in the narrow column."""

    template: str
    title: str
    context: Mapping[str, Any] = field(default_factory=dict)
    aside: bool = False


PanelMaker = Callable[[HttpRequest], Panel | None]

DOSSIERS: Final = 10
HELPED: Final = 15
ORGANISATIONS: Final = 30
LISTED: Final = 15
GOALS: Final = 17
INBOX: Final = 20
PROFILE: Final = 40
SECURITY: Final = 50
DATA: Final = 60

_makers: dict[PanelMaker, int] = {}


def register_panel(make: PanelMaker, order: int = 100) -> None:
    """Show `make`'s panel on every account's front page; panels stand by `order`. Registering twice changes nothing."""
    _makers[make] = order


def panels_for(request: HttpRequest) -> list[Panel]:
    made = (make(request) for make in sorted(_makers, key=lambda make: _makers[make]))
    return [panel for panel in made if panel is not None]
