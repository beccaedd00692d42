"""The only way to change a notice or a yearly report."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from registry.certificates.models import Certificate
from registry.core import clock
from registry.core.lifecycle import Conflict, Data, NotAllowed, perform
from registry.core.models.history import Decision
from registry.duties.models import Notice, YearReport
from registry.parties.selectors import EDITING_ROLES, role_of


def act_on_notice(
    certificate: Certificate, decision: Decision, kind: str, act: str, *, actor: Any, data: Data, expected_version: int
) -> Notice:
    """Fulfil a notice, or open it again. The first act on it makes its row; what is refused leaves none.

    Raises Conflict where somebody was faster, NotAllowed, Invalid.
    """
    with transaction.atomic():
        notice, _made = Notice.objects.get_or_create(
            certificate=certificate, decision=decision, kind=kind, defaults={"state": "open"}
        )
        return perform(notice, act, actor, data=data, expected_version=expected_version)


def act_on_report(
    certificate: Certificate, year: int, act: str, *, actor: Any, data: Data, expected_version: int
) -> YearReport:
    """Keep the receipt of a year, or take out one that was wrong. Raises as `act_on_notice`."""
    with transaction.atomic():
        report = _report(certificate, year)
        return perform(report, act, actor, data=data, expected_version=expected_version)


def save_figures(certificate: Certificate, year: int, figures: Data, *, actor: Any, seen: int) -> YearReport:
    """Keep the figures of a year. `seen` is the saving that the writer's page showed.

    Raises NotAllowed, and Conflict where somebody else saved meanwhile or the year is reported already.
    """
    if role_of(actor, certificate.party) not in EDITING_ROLES:
        raise NotAllowed(_("Bạn là người xem; chủ quản hoặc người biên tập của tổ chức mới ghi được."))
    with transaction.atomic():
        made = _report(certificate, year)
        report = YearReport.objects.select_for_update(of=("self",)).get(pk=made.pk)
        if report.state != "draft":
            raise Conflict(_("Năm này đã có biên nhận, số liệu không sửa được nữa."))
        if report.figures_version != seen:
            raise Conflict(
                _("Người khác vừa lưu số liệu năm này. Những gì bạn gõ còn ở dưới; xem lại rồi lưu lần nữa.")
            )
        report.figures, report.saved_at = dict(figures), clock.now()
        report.figures_version += 1
        report.save(update_fields=["figures", "figures_version", "saved_at"])
    return report


def _report(certificate: Certificate, year: int) -> YearReport:
    report, _made = YearReport.objects.get_or_create(certificate=certificate, year=year, defaults={"state": "draft"})
    return report
