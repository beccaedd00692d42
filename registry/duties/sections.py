"""What the department's page of a certificate shows of the duties that it brings: the open ones, each with the way to do it."""

from typing import Any

from django.http import HttpRequest

from accounts.panels import Panel
from registry.certificates.models import Certificate
from registry.duties import selectors
from registry.duties.desk import in_order, shown
from registry.duties.rules import DutyKind


def beside_certificate(request: HttpRequest, certificate: Certificate) -> Panel | None:
    """Reviews stand in the head of the page already, and a proposal to withdraw stays with the list of all duties."""
    rows = [
        duty
        for duty in selectors.ledger(certificates=Certificate.objects.filter(pk=certificate.pk))
        if duty.kind not in (DutyKind.REVIEW, DutyKind.WITHDRAWAL_PROPOSAL)
    ]
    if not rows:
        return None
    waiting = in_order([duty for duty in rows if not duty.done], "dang-mo")
    context: dict[str, Any] = {"rows": [shown(one) for one in waiting], "done": len(rows) - len(waiting)}
    return Panel("duties/staff/beside_certificate.html", "Nghĩa vụ", context)
