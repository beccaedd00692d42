"""Where in the portal each condition of a goal can be worked on: the application (or the change of a certificate that stands), the
startup's page, the register, the search."""

from collections.abc import Collection
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.certificates.lifecycle import STANDING
from registry.certificates.models import Certificate
from registry.dossiers import procedure, showing
from registry.dossiers.models import Dossier
from registry.dossiers.selectors import of_applicant
from registry.goals.ways import Way
from registry.parties.models import Party
from registry.startups.selectors import in_force, name_in, url_of

PROCEDURE: Final = "st_certification"
CHANGE: Final = "st_change"
OPEN: Final = ("draft", "supplement", "filed", "valid")
STEP_OF: Final = {
    "enterprise": "doanh-nghiep",
    "sti_results": "ket-qua",
    "sti_spending": "so-lieu",
    "people": "con-nguoi",
    "sti_products": "ket-qua",
    "effect": "hieu-qua",
}
"""The step of the application that asks about a condition."""


def ways_of(party: Party, user: Any, conditions: Collection[str]) -> dict[str, list[Way]]:
    """By condition; under "" the application itself."""
    dossier = of_applicant(user).filter(party=party, procedure=PROCEDURE, state__in=OPEN).first()
    language = get_language() or "vi"
    found: dict[str, list[Way]] = {"": [application(party, dossier)]}
    for condition in conditions:
        found[condition] = [*steps(dossier, condition), *searches(condition)]
    if {"sti_results", "sti_products"} & set(conditions):
        startup = in_force().filter(startup__party=party).order_by("pk").first()
        way = (
            Way(
                _("Trang khởi nghiệp “%(name)s”") % {"name": name_in(startup, language)},
                url_of(startup, language),
                "rocket",
            )
            if startup
            else Way(_("Đăng ký dự án khởi nghiệp của doanh nghiệp"), begin("startup_registration", party), "rocket")
        )
        for condition in ("sti_results", "sti_products"):
            if condition in found:
                found[condition].append(way)
    return found


def application(party: Party, dossier: Dossier | None) -> Way:
    if dossier is not None:
        return Way(_("Mở hồ sơ %(reference)s") % {"reference": dossier.reference}, showing.url(dossier), "file-text")
    held = Certificate.objects.filter(party=party, state__in=STANDING).order_by("-first_issued_on").first()
    if held is not None:
        url = f"{reverse('dossier_new', kwargs={'procedure_code': CHANGE})}?{urlencode({'giay': held.public_id})}"
        return Way(_("Thay đổi, cấp lại giấy số %(number)s") % {"number": held.number}, url, "pencil-line")
    return Way(_("Soạn hồ sơ đề nghị cấp Giấy chứng nhận"), begin(PROCEDURE, party), "file-plus-2")


def begin(code: str, party: Party) -> str:
    return f"{reverse('dossier_new', kwargs={'procedure_code': code})}?{urlencode({'party': party.public_id})}"


def steps(dossier: Dossier | None, condition: str) -> list[Way]:
    """Into a draft of the application, where it asks about this."""
    step = procedure.get(PROCEDURE).step(STEP_OF[condition])
    if dossier is None or dossier.state != "draft" or step is None:
        return []
    label = _("Bước “%(step)s” của hồ sơ %(reference)s") % {"step": step.title, "reference": dossier.reference}
    return [Way(label, showing.url(dossier, step.code), "pencil-line")]


def searches(condition: str) -> list[Way]:
    """What the portal knows about it: news, help, events."""
    asked = {
        "sti_results": _("sở hữu trí tuệ"),
        "sti_spending": _("hỗ trợ doanh nghiệp"),
        "people": _("chuyên gia"),
        "sti_products": _("thử nghiệm sản phẩm"),
        "effect": _("xuất khẩu"),
    }.get(condition)
    if asked is None:
        return []
    return [
        Way(
            _("Tìm trên cổng: %(words)s") % {"words": asked}, f"{reverse('search')}?{urlencode({'q': asked})}", "search"
        )
    ]
