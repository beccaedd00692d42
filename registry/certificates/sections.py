"""What the pages of an application show of certificates: the one that came of it or was changed by it, and those that stand already.

An enterprise whose certificate stands has it changed (Art. 52), under the old decree too (Art. 68(1)). That it applies for another
is told to both sides and bars nothing: no article makes it a ground of refusal.
"""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.panels import Panel
from registry.certificates import selectors
from registry.certificates.changing.lifecycle import CHANGED, REISSUED
from registry.certificates.changing.lifecycle import CODE as CHANGE
from registry.certificates.lifecycle import STANDING
from registry.certificates.models import Certificate
from registry.certificates.views import panel_of
from registry.st_enterprises.certification.lifecycle import CODE, GRANTED


def is_granted(dossier: Any) -> bool:
    return bool(dossier.procedure == CODE and dossier.state == GRANTED.code)


def is_open(dossier: Any) -> bool:
    return bool(dossier.procedure == CODE and not dossier.lifecycle.states[dossier.state].final)


def on_the_desk(request: HttpRequest, dossier: Any) -> Panel | None:
    """The way to where the department goes on: the electronic certificate and every later decision; of an open one what stands already."""
    if is_open(dossier):
        held = list(Certificate.objects.filter(party=dossier.party_id, state__in=STANDING))
        words = "Doanh nghiệp đang có giấy chứng nhận"
        return Panel("certificates/staff/held.html", words, {"certificates": held}) if held else None
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
        return _held(request.user, party=dossier.party_id) if is_open(dossier) else None
    return panel_of(list(selectors.own(request.user).filter(which)), str(_("Giấy chứng nhận")))


def before_applying(request: HttpRequest, kind: Any) -> Panel | None:
    """For who begins an application: the certificates that stand already, and the way to have them changed."""
    return _held(request.user) if kind.code == CODE else None


def _held(user: Any, **which: Any) -> Panel | None:
    of_them = {f"certificate__{name}": value for name, value in which.items()}
    held = list(selectors.own(user).filter(certificate__state__in=STANDING, **of_them))
    context = {"versions": held, "change_url": reverse("dossier_new", kwargs={"procedure_code": CHANGE})}
    return Panel("certificates/held.html", str(_("Đã có giấy chứng nhận")), context) if held else None
