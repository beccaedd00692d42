"""What other rooms show on the pages of a dossier, and of what came of it: each is lent by its room in portal/wiring.py.

A section gets the request and the record and returns a Panel, or None when it has nothing to show. On a desk's page a panel
that is `aside` stands in the narrow column. Who may read the page has been asked already; what a section shows is its own to decide.
"""

from collections.abc import Callable
from typing import Any, Literal

from django.http import HttpRequest

from accounts.panels import Panel

Place = Literal["begin", "desk", "timeline", "certificate", "certificates"]
"""The page that begins a dossier (the record is the procedure), the department's page of a dossier, the applicant's page of it, the
department's page of a certificate, and of all (no record)."""
Section = Callable[[HttpRequest, Any], Panel | None]

_lent: dict[str, list[Section]] = {}


def lend(place: Place, section: Section) -> None:
    """Sections stand in the order of lending. Lending twice changes nothing."""
    known = _lent.setdefault(place, [])
    if section not in known:
        known.append(section)


def panels(place: Place, request: HttpRequest, record: Any) -> list[Panel]:
    made = (section(request, record) for section in _lent.get(place, []))
    return [panel for panel in made if panel is not None]
