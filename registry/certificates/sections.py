"""What the pages of an application show of the certificate that came of it or was changed by it: to the department, and to the enterprise."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.panels import Panel
from registry.certificates import selectors
from registry.certificates.changing.lifecycle import CHANGED, REISSUED
from registry.certificates.changing.lifecycle import CODE as CHANGE
from registry.certificates.models import Certificate
from registry.certificates.views import panel_of
from registry.st_enterprises.certification.lifecycle import CODE, GRANTED


def is_granted(dossier: Any) -> bool:
    return bool(dossier.procedure == CODE and dossier.state == GRANTED.code)


def on_the_desk(request: HttpRequest, dossier: Any) -> Panel | None:
    """The way to where the department goes on: the electronic certificate and every later decision."""
    found = Certificate.objects.filter(dossier=dossier).first() if is_granted(dossier) else None
    if found is None:
        return None
    context = {"certificate": found, "state": found.lifecycle.states[found.state]}
    return Panel("certificates/staff/beside_dossier.html", "Giấy chứng nhận", context, aside=True)


def on_the_timeline(request: HttpRequest, dossier: Any) -> Panel | None:
    """For the enterprise's people: its page, its incentives, its electronic copy, what can be done with it."""
    if is_granted(dossier):
        which = Q(certificate__dossier=dossier)
    elif dossier.procedure == CHANGE and dossier.state in (CHANGED.code, REISSUED.code):
        which = Q(certificate__changes__dossier=dossier)
    else:
        return None
    return panel_of(list(selectors.own(request.user).filter(which)), str(_("Giấy chứng nhận")))
