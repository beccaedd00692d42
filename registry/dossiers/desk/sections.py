"""What other rooms show in the margin of a record's page on the desk: they lend it in portal/wiring.py."""

from collections.abc import Callable
from typing import Any

from accounts.panels import Panel

Maker = Callable[[Any, Any], Panel | None]

_makers: dict[str, list[Maker]] = {}


def lend_section(of: str, make: Maker) -> None:
    """Show `make(record, user)` beside every record of the kind `of` (“dossier”, “certificate”). Lending twice changes nothing."""
    known = _makers.setdefault(of, [])
    if make not in known:
        known.append(make)


def sections_of(of: str, record: Any, user: Any) -> list[Panel]:
    """In the order of lending; a maker that has nothing to show gives None."""
    made = (make(record, user) for make in _makers.get(of, []))
    return [panel for panel in made if panel is not None]
