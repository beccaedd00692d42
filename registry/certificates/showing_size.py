"""The size class of an enterprise on the public register: only while the enterprise itself shows it.

What is shown is what Decree 80/2021, Art. 5 makes of the figures of its application. Showing and hiding are acts of the
certificate, so that who consented and when stands in its history; hidden, it is gone from every page at once, those of past
days too.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.certificates.models import Certificate
from registry.core.lifecycle import Action, Data, Invalid, NotAllowed
from registry.dossiers.snapshot import answers_of
from registry.parties.selectors import EDITING_ROLES, role_of
from registry.st_enterprises.certification.answers import profile_of
from registry.st_enterprises.certification.weighing import sent_on
from registry.st_enterprises.size import SizeFinding, find_size

CONSENT = "Sự đồng ý của doanh nghiệp."


@dataclass(frozen=True, slots=True)
class Found:
    """The size by the figures of `year`, the financial year before the application was received."""

    year: int
    finding: SizeFinding

    @property
    def code(self) -> str:
        """A `SizeClass`, or "" where the figures leave more than one open."""
        return self.finding.size.code if self.finding.size is not None else ""


def size_found(certificate: Certificate) -> Found | None:
    """What the application said last; None for a certificate that was entered without one."""
    submission = certificate.dossier.submissions.order_by("number").last() if certificate.dossier else None
    if submission is None:
        return None
    on = sent_on(submission)
    return Found(on.year - 1, find_size(profile_of(answers_of(submission), on)))


def holder(actor: Any, certificate: Certificate) -> str:
    """Owners and editors of the enterprise open and close; viewers read."""
    role = role_of(actor, certificate.party)
    if role not in EDITING_ROLES:
        raise NotAllowed(_("Chỉ người của doanh nghiệp mở hay đóng được quy mô."))
    return role


def is_known(certificate: Certificate, data: Data) -> None:
    """Guard of `show_size`."""
    found = size_found(certificate)
    if found is None or not found.code:
        raise Invalid(_("Số liệu trong hồ sơ chưa đủ để biết quy mô."))


def show(certificate: Certificate, actor: Any, data: Data) -> dict[str, Any]:
    found = size_found(certificate)
    assert found is not None  # the guard has asked
    certificate.shown_size, certificate.size_year = found.code, found.year
    return {"size": found.code, "year": found.year}


def hide(certificate: Certificate, actor: Any, data: Data) -> None:
    certificate.shown_size, certificate.size_year = "", None


def acts(states: frozenset[str]) -> dict[str, Action]:
    """Showing asks for a certificate in one of these states; what is shown can be hidden in them too."""
    return {
        "show_size": Action(
            "show_size", states, None, holder, _("Công khai quy mô"), _("Doanh nghiệp công khai quy mô"),
            lambda: CONSENT, (is_known,), show,
        ),
        "hide_size": Action(
            "hide_size", states, None, holder, _("Thôi công khai quy mô"), _("Doanh nghiệp thôi công khai quy mô"),
            lambda: CONSENT, (), hide,
        ),
    }  # fmt: skip
