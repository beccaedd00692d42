"""What a dossier under Art. 52 asks to be different, in words: beside the last step, on the desk, on form V.5."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.panels import Panel
from registry.certificates import selectors
from registry.certificates.changing import rules
from registry.certificates.changing.answers import (
    NEEDED,
    added_lines,
    kept_lines,
    line_problems,
    present_lines,
    printed,
    printed_now,
)
from registry.certificates.changing.rules import Case
from registry.certificates.models import CertificateVersion
from registry.core import clock
from registry.core.lifecycle import Text
from registry.core.selectors import ward
from registry.dossiers.checking import read
from registry.dossiers.models import Dossier, Submission
from registry.dossiers.snapshot import answers_of
from registry.st_enterprises import words
from registry.st_enterprises.conditions import sti_results
from registry.st_enterprises.profile import Product, Profile, Result, ResultKind

LABELS: Final[dict[str, Text]] = {
    "name_vi": _("Tên tiếng Việt"),
    "name_en": _("Tên tiếng nước ngoài"),
    "short_name": _("Tên viết tắt"),
    "business_number": _("Số đăng ký doanh nghiệp"),
    "registered_on": _("Ngày đăng ký lần đầu"),
    "ward": _("Xã, phường"),
    "address": _("Địa chỉ trụ sở chính"),
    "phone": _("Điện thoại"),
}


@dataclass(frozen=True, slots=True)
class FieldDifference:
    label: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that is asked to be different. `condition` is Art. 49(1)(b) for what is added, None where nothing is.

    `is_transition`: the incentives of Decree 268 are asked for (Art. 68(1)); `more`: what the enterprise says beside it all.
    """

    version: CertificateVersion
    is_change: bool
    is_transition: bool
    more: str
    fields: tuple[FieldDifference, ...]
    table: rules.TableDifference
    condition: tuple[Text, str, str] | None

    @property
    def is_nothing(self) -> bool:
        return not self.fields and not self.table


def in_words(name: str, value: Any) -> str:
    if not value:
        return ""
    if name == "ward":
        place = ward(str(value))
        return place.name_in(get_language() or "vi") if place else str(value)
    return f"{value:%d/%m/%Y}" if name == "registered_on" else str(value)


def asked(version: CertificateVersion, answers: Any) -> Asked | None:
    """None while the answers cannot be read together yet."""
    if any(answers.get(name) is None for name in NEEDED) or line_problems(version, answers):
        return None
    now, wanted = printed_now(version), printed(answers)
    fields = tuple(
        FieldDifference(LABELS[name], in_words(name, now[name]), in_words(name, wanted[name]))
        for name in rules.changed(now, wanted)
    )
    table = rules.difference(present_lines(version), kept_lines(answers), added_lines(answers))
    cases = answers.get("cases") or ()
    is_change, more = rules.is_change(cases), str(answers.get("changes") or "")
    return Asked(
        version, is_change, Case.TRANSITION in cases, more if is_change else "", fields, table, condition(table)
    )


def condition(table: rules.TableDifference) -> tuple[Text, str, str] | None:
    """Art. 49(1)(b) of the products that are added (Art. 52(1)(b)): word, tone, icon."""
    if not table.added:
        return None
    results = tuple(Result(ResultKind(line.result_kind), in_force=True) for line in table.added)
    products = tuple(Product(line.product, commercialised=None) for line in table.added)
    finding = sti_results(Profile(clock.today(), results=results, products=products))
    return words.OUTCOMES[finding.outcome]


def weighed(dossier: Dossier) -> Panel | None:
    """For the enterprise, beside the last step: the answers as they stand."""
    version = selectors.version_asked_to_change(dossier)
    if version is None:
        return None
    cleaned, _problems = read(dossier)
    found = asked(version, {name: value for name, value in cleaned.items() if dossier.answers.get(name) is not None})
    context = {"asked": found, "version": version}
    return Panel("certificates/changing/weighed.html", str(_("Điều đề nghị trên giấy chứng nhận")), context)


def asked_for(dossier: Dossier, submission: Submission, *, revealed: bool) -> Panel | None:
    """For staff, above the answers: what a submission asks for. A certificate says nothing that is restricted."""
    version = selectors.version_asked_to_change(dossier)
    if version is None:
        return None
    context = {"asked": asked(version, answers_of(submission)), "version": version}
    return Panel("certificates/staff/asked_for.html", "Đề nghị thay đổi trên giấy chứng nhận", context)


def links(dossier: Dossier) -> list[tuple[str, Text, str]]:
    """The page of the certificate."""
    version = selectors.version_asked_to_change(dossier)
    if version is None:
        return []
    latest = selectors.version_of(version.certificate) or version
    page = (selectors.url_of(latest, get_language() or "vi"), _("Trang của giấy chứng nhận"), "badge-check")
    return [page]
