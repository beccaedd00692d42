"""What other rooms show on a dossier's pages: on the department's desk and on the applicant's timeline.

    lend_to_desk(section) · lend_to_timeline(section)      from portal/wiring.py

A section gets the request and the dossier and returns a Panel, or None when it has nothing to show. Who may read the page
has been asked already; what the section shows is its own to decide.
"""

from collections.abc import Callable

from django.http import HttpRequest

from accounts.panels import Panel
from registry.dossiers.models import Dossier

Section = Callable[[HttpRequest, Dossier], Panel | None]

_desk: list[Section] = []
_timeline: list[Section] = []


def lend_to_desk(section: Section) -> None:
    """Lending twice changes nothing."""
    if section not in _desk:
        _desk.append(section)


def lend_to_timeline(section: Section) -> None:
    if section not in _timeline:
        _timeline.append(section)


def on_desk(request: HttpRequest, dossier: Dossier) -> list[Panel]:
    return _made(_desk, request, dossier)


def on_timeline(request: HttpRequest, dossier: Dossier) -> list[Panel]:
    return _made(_timeline, request, dossier)


def _made(sections: list[Section], request: HttpRequest, dossier: Dossier) -> list[Panel]:
    panels = (section(request, dossier) for section in sections)
    return [panel for panel in panels if panel is not None]
