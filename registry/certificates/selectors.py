"""How others read the register of certificates. `as_of` asks what held on a day; without it, today."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import override

from accounts import roles
from registry.certificates import rules
from registry.certificates.filters import GROUPS, CertificateFilter
from registry.certificates.models import Certificate, CertificateChange, CertificateVersion, Regime, SizeClass, Status
from registry.core import clock, listing
from registry.core.citations import citation
from registry.core.export import in_batches
from registry.core.fields import Sector, TechnologyField
from registry.core.models.history import Decision
from registry.core.permalinks import normal_id
from registry.parties.selectors import parties_of
from search.engine import ids_matching

KIND = "st_enterprise"
ENDING: Mapping[str, str] = {"withdraw": Status.WITHDRAWN.value, "cancel": Status.CANCELLED.value}
LAW_FROM = citation("nd268", "53").act.in_force_from or date.max
"""From here on the decree's duties are anybody's."""

PUBLIC_KINDS = ("grant", "change", "reissue", "maintain", "withdraw", "cancel")
"""Decisions that the public is told of; a notice before a withdrawal (Art. 53(2)) and a refusal to change go to the enterprise alone."""


def on_day(as_of: date | None = None) -> QuerySet[CertificateVersion]:
    """What every certificate said on a day, one row each, newest first, with `status` (`Status`) of that day."""
    day = as_of or clock.today()
    held = Q(effective_to=None) | Q(effective_to__gt=day)
    ended = [
        When(certificate__ended_on__lte=day, certificate__ended_by__kind=kind, then=Value(status))
        for kind, status in ENDING.items()
    ]
    rows: QuerySet[Any] = CertificateVersion.objects.filter(held, effective_from__lte=day)
    return (
        rows.annotate(status=Case(*ended, default=Value(Status.VALID.value)))
        .select_related("certificate", "ward")
        .prefetch_related("fields", "products")
        .order_by("-certificate__first_issued_on", "-certificate_id")
    )


def url_of(version: CertificateVersion, language: str) -> str:
    with override(language):
        return reverse("st_enterprise", kwargs={"slug": f"{version.slug}-{version.certificate.public_id}"})


class Listing(listing.Listing):
    """The filtered register; `filters` is a bound, valid `CertificateFilter`."""

    groups = GROUPS
    kinds = MappingProxyType(
        {"status": Status, "field": TechnologyField, "sector": Sector, "regime": Regime, "size": SizeClass}
    )

    def __init__(self, filters: CertificateFilter, language: str) -> None:
        chosen = filters.form.cleaned_data
        base = on_day(chosen.get("as_of"))
        if text := chosen.get("q"):
            refs = ids_matching(text, kind=KIND, language=language)
            base = base.filter(certificate__public_id__in=listing.among(refs))
        super().__init__(filters, base)

    def page(self, number: int, size: int) -> list[CertificateVersion]:
        """Page `number` from 1, newest certificate first."""
        start = (number - 1) * size
        return list(self.rows[start : start + size])

    def batches(self, size: int) -> Iterator[list[CertificateVersion]]:
        """All of it in the order of the pages, a few hundred at a time."""
        return in_batches(on_day(self.as_of), list(self.rows.values_list("pk", flat=True)), size)


def by_public_id(public_id: str) -> Certificate | None:
    """The certificate of an id as somebody typed it; what cannot be an id is nobody's."""
    found = normal_id(public_id)
    return Certificate.objects.filter(public_id=found).select_related("authority").first() if found else None


def version_of(certificate: Certificate, as_of: date | None = None) -> CertificateVersion | None:
    """What it said on a day; None before it was first issued."""
    return on_day(as_of).filter(certificate=certificate).first()


def versions(certificate: Certificate) -> list[CertificateVersion]:
    """Every version, newest first, with the decision behind it."""
    return list(certificate.versions.select_related("decision__authority"))


def decisions(certificates: list[Certificate]) -> dict[int, list[Decision]]:
    """The decisions that the public is told of, by certificate, oldest first."""
    return _decisions(certificates, Q(kind__in=PUBLIC_KINDS))


def all_decisions(certificate: Certificate) -> list[Decision]:
    """Every decision about it, oldest first, for the department."""
    return _decisions([certificate], Q())[certificate.pk]


def _decisions(certificates: list[Certificate], which: Q) -> dict[int, list[Decision]]:
    """By the certificate they name; one that granted it by a dossier names the dossier, and its version names it."""
    names = {certificate.record: certificate.pk for certificate in certificates}
    found: dict[int, list[Decision]] = {certificate.pk: [] for certificate in certificates}
    versions = dict(
        CertificateVersion.objects.filter(certificate__in=certificates).values_list("decision", "certificate")
    )
    rows = Decision.objects.filter(which, Q(record__in=names) | Q(pk__in=versions)).select_related("authority")
    for decision in rows.order_by("position"):
        found[names.get(decision.record) or versions[decision.pk]].append(decision)
    return found


@dataclass(frozen=True, slots=True)
class Verified:
    """A certificate that bears a number: what it said and what was true of it on a day.

    `status` is a `Status` or "unknown" before it was first issued; `version` is what it said that day, or what it first said.
    """

    certificate: Certificate
    status: str
    version: CertificateVersion
    decisions: list[Decision]

    @property
    def ending(self) -> Decision | None:
        """The decision that withdrew or cancelled it, whichever day is asked about."""
        return self.certificate.ended_by


def verify(number: str, on: date | None = None) -> list[Verified]:
    """The certificates that bear this number, as somebody typed it. Several only where two authorities issued it."""
    key = rules.number_key(number)
    if not key:
        return []
    day = on or clock.today()
    found = list(
        Certificate.objects.filter(number_key=key)
        .select_related("authority", "ended_by__authority")
        .prefetch_related("versions__ward", "versions__products")
        .order_by("first_issued_on", "pk")
    )
    known = decisions(found)
    verified = []
    for certificate in found:
        ended_as = ENDING[certificate.ended_by.kind] if certificate.ended_by else ""
        status = rules.status_on(
            day, first_issued_on=certificate.first_issued_on, ended_on=certificate.ended_on, ended_as=ended_as
        )
        oldest_first = sorted(certificate.versions.all(), key=lambda row: row.turn)
        then = [row for row in oldest_first if row.effective_from <= day]
        verified.append(Verified(certificate, status, (then or oldest_first[:1])[-1], known[certificate.pk]))
    return verified


def version_asked_to_change(dossier: Any) -> CertificateVersion | None:
    """The version that a dossier under Art. 52 asks to replace, or replaced; None where it began from no certificate."""
    change = CertificateChange.objects.filter(dossier=dossier).first()
    if change is None:
        return None
    rows = CertificateVersion.objects.filter(certificate=change.certificate_id).prefetch_related("products")
    rows = rows.select_related("certificate", "ward", "submission", "decision")
    made = rows.filter(submission__dossier=dossier, turn__gt=0).first()
    return rows.get(turn=made.turn - 1) if made else rows.get(effective_to=None)


def is_case_to_be_chosen(dossier: Any) -> bool:
    """Whether the certificate that it asks to change has the incentives of the old decree now (Art. 68(1))."""
    present = CertificateVersion.objects.filter(certificate__changes__dossier=dossier, effective_to=None)
    return present.filter(incentives=Regime.ND13).exists()


def open_changes(certificates: Iterable[Certificate]) -> dict[int, Any]:
    """The dossier under Art. 52 that is open for each certificate, where there is one."""
    rows = CertificateChange.objects.filter(certificate__in=list(certificates), ended_at=None)
    return {row.certificate_id: row.dossier for row in rows.select_related("dossier__party")}


def may_read_file(file: Any, user: Any) -> bool:
    """For `registry.core.files.register_holder("certificate", …)`: the department, and whoever acts for the enterprise."""
    if not user.is_authenticated:
        return False
    if roles.roles_of(user) & {roles.CASE_OFFICER, roles.LEADER}:
        return True
    held = CertificateVersion.objects.filter(certificate__party__in=parties_of(user), certificate_id=file.holder_id)
    return held.filter(paper__signed=file).exists()


def own(user: Any) -> QuerySet[CertificateVersion]:
    """What the certificates of the parties that `user` acts for say today."""
    mine = parties_of(user)
    return on_day().prefetch_related(None).filter(certificate__party__in=mine).select_related("paper__signed")


def next_reviews(certificates: list[Certificate]) -> dict[int, date]:
    """When the conditions of each are to be looked at next (Art. 53(1)); those that have ended are left out."""
    running = {one.record: one for one in certificates if one.ended_on is None}
    held: dict[str, list[date]] = {record: [] for record in running}
    rows = Decision.objects.filter(record__in=running, kind="maintain").order_by("signed_on")
    for record, day in rows.values_list("record", "signed_on"):
        held[record].append(day)
    return {one.pk: rules.reviews(one.first_issued_on, held[record], LAW_FROM).next for record, one in running.items()}
