"""What the desk's pages of a dossier and of a certificate show of their appraisal: how it stands, and nobody's name or vote."""

from typing import Any

from django.http import HttpRequest

from accounts.panels import Panel
from registry.appraisals import selectors
from registry.appraisals.forms import AdviceForm
from registry.appraisals.models import Appraisal
from registry.appraisals.showing import verdict_of
from registry.core.lifecycle import NotAllowed
from registry.dossiers.lifecycle import officer
from registry.parties.selectors import role_of
from registry.st_enterprises.certification.lifecycle import CODE, VALID


def beside_dossier(request: HttpRequest, dossier: Any) -> Panel | None:
    if dossier.procedure != CODE or role_of(request.user, dossier.party):
        return None
    found = selectors.of_dossier(dossier)
    if found is None and dossier.state != VALID.code:
        return None
    context = {"told": _told(found) if found else None, "waits": dossier.state == VALID.code}
    return Panel("appraisals/staff/beside_dossier.html", "Thẩm định", context, aside=True)


def beside_certificate(request: HttpRequest, certificate: Any) -> Panel | None:
    """The councils of advice on it, and a way to set one up while it holds."""
    rows = selectors.of_certificate(certificate)
    if role_of(request.user, certificate.party):
        return None
    try:
        officer(request.user, certificate)
        may_open = certificate.ended_on is None and not any(row.state == "open" for row in rows)
    except NotAllowed:
        may_open = False
    if not rows and not may_open:
        return None
    context = {
        "told": [_told(row) for row in rows],
        "form": AdviceForm(auto_id="advice_%s") if may_open else None,
        "certificate": certificate,
    }
    return Panel("appraisals/staff/beside_certificate.html", "Hội đồng tư vấn", context)


def _told(appraisal: Appraisal) -> dict[str, Any]:
    standing = selectors.standing(appraisal)
    verdict = standing.outcome.verdict.value if standing.outcome else ""
    return {
        "appraisal": appraisal,
        "state": appraisal.lifecycle.states[appraisal.state],
        "standing": standing,
        "verdict": verdict_of(appraisal, verdict),
        "sitting": len(standing.sitting),
        "counted": len(standing.counted),
    }
