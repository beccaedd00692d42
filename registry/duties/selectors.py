"""How others read the duties: the whole ledger on a day, and the yearly reports that a person keeps."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from accounts import roles
from registry.certificates.models import Certificate, CertificateVersion
from registry.certificates.rules import reviews
from registry.certificates.selectors import LAW_FROM
from registry.core import clock
from registry.core.deadlines import Limit
from registry.core.models.history import Decision
from registry.core.selectors import office_calendar, office_due
from registry.dossiers.models import TimeLimit
from registry.duties import rules
from registry.duties.models import NOTICE, Notice, YearReport
from registry.duties.rules import Cause, Done, Duty, DutyKind, Happened, Holder
from registry.parties.selectors import parties_of

PROCEDURE: Final = "st_certificate"
STEP: Final = "ministry_notice"
ISSUED: Final = {
    CertificateVersion.Kind.FIRST: Happened.GRANTED,
    CertificateVersion.Kind.CHANGE: Happened.CHANGED,
    CertificateVersion.Kind.REISSUE: Happened.REISSUED,
}
ENDED: Final = {"withdraw": Happened.WITHDRAWN, "cancel": Happened.CANCELLED}
ON_THE_WAY: Final = ("maintain", "notify")


def ledger(as_of: date | None = None, certificates: QuerySet[Certificate] | None = None) -> list[Duty]:
    """Every duty as it stood on a day (without it: today), of all certificates or of some."""
    rows = Certificate.objects.all() if certificates is None else certificates
    return rules.ledger(holders(rows), as_of or clock.today(), ministry_due=ministry_due(), law_from=LAW_FROM)


def holders(certificates: QuerySet[Certificate]) -> list[Holder]:
    """What duties follow from, in a number of queries that does not depend on how many certificates there are."""
    rows = list(certificates.select_related("ended_by").order_by("first_issued_on", "pk"))
    versions, decided = _versions(rows), _decided(rows)
    notices: dict[int, list[tuple[str, int, Done]]] = defaultdict(list)
    for notice in Notice.objects.filter(certificate__in=rows, state="done").select_related("decision", "file"):
        assert notice.done_on is not None
        notices[notice.certificate_id].append(
            (notice.kind, notice.decision.position, Done(notice.done_on, evidence_of(notice)))
        )
    receipts: dict[int, list[tuple[int, Done]]] = defaultdict(list)
    for report in YearReport.objects.filter(certificate__in=rows, state="reported"):
        assert report.received_on is not None
        receipts[report.certificate_id].append((report.year, Done(report.received_on, report.receipt_number)))
    return [_holder(row, versions[row.pk], decided[row.record], notices[row.pk], receipts[row.pk]) for row in rows]


def _versions(certificates: Sequence[Certificate]) -> dict[int, list[CertificateVersion]]:
    found: dict[int, list[CertificateVersion]] = defaultdict(list)
    rows = CertificateVersion.objects.filter(certificate__in=certificates).select_related("decision")
    for version in rows.order_by("turn"):
        found[version.certificate_id].append(version)
    return found


def _decided(certificates: Sequence[Certificate]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = defaultdict(list)
    rows = Decision.objects.filter(record__in=[one.record for one in certificates], kind__in=ON_THE_WAY)
    for decision in rows.order_by("signed_on", "position"):
        found[decision.record].append(decision)
    return found


def _holder(
    certificate: Certificate,
    versions: list[CertificateVersion],
    decided: list[Decision],
    notices: list[tuple[str, int, Done]],
    receipts: list[tuple[int, Done]],
) -> Holder:
    causes = [_cause(ISSUED[CertificateVersion.Kind(one.kind)], one.decision) for one in versions]
    if certificate.ended_by:
        causes.append(_cause(ENDED[certificate.ended_by.kind], certificate.ended_by))
    held = [one for one in decided if one.kind == "maintain"]
    first = certificate.first_issued_on
    terms = reviews(first, [one.signed_on for one in held], LAW_FROM)
    return Holder(
        certificate=certificate.number,
        public_id=certificate.public_id,
        name=versions[-1].name_vi if versions else "",
        first_issued_on=first,
        ended_on=certificate.ended_on,
        causes=tuple(causes),
        next_review=terms.next,
        reviews=tuple((due, Done(held[place].signed_on, held[place].number)) for due, place in terms.met),
        announced=tuple(
            Done(one.signed_on, one.number)
            for one in decided
            if one.kind == "notify" and one.ground == rules.BASIS[DutyKind.WITHDRAWAL_PROPOSAL]
        ),
        notices=tuple(notices),
        receipts=tuple(receipts),
    )


def _cause(what: Happened, decision: Decision) -> Cause:
    return Cause(what, decision.signed_on, decision.position, decision.number)


def evidence_of(notice: Notice) -> str:
    """The document, the file's name and the note, as far as there are any."""
    return " · ".join(part for part in (notice.document, notice.file.name if notice.file else "", notice.note) if part)


def ministry_due() -> Callable[[date], date | None]:
    """How long the department has to tell the Ministry, counted from the day of a decision: the limits that staff keep.

    None for a day on which nobody set a limit.
    """
    limits = list(TimeLimit.objects.filter(procedure=PROCEDURE, step=STEP).order_by("-effective_from"))
    calendar = office_calendar()

    def due(decided_on: date) -> date | None:
        for row in limits:
            if row.effective_from <= decided_on and (row.effective_to is None or decided_on < row.effective_to):
                return office_due(decided_on, Limit.parse(f"{row.amount}{row.unit}"), calendar).on
        return None

    return due


def decision_behind(certificate: Certificate, position: int) -> Decision | None:
    """The decision that brought notices: one that issued a version of the certificate, or the one that ended it."""
    if certificate.ended_by and certificate.ended_by.position == position:
        return certificate.ended_by
    version = certificate.versions.filter(decision__position=position).select_related("decision").first()
    return version.decision if version else None


def report_of(certificate: Certificate, year: int) -> YearReport | None:
    rows = YearReport.objects.filter(certificate=certificate, year=year)
    return rows.select_related("certificate__party", "receipt").first()


def own(user: Any) -> QuerySet[Certificate]:
    """The certificates of the parties that `user` acts for."""
    return Certificate.objects.filter(party__in=parties_of(user)).select_related("party", "ended_by")


def own_reports(user: Any) -> list[Duty]:
    """The yearly reports that the user's enterprises owe or have given, the newest year first."""
    rows = [duty for duty in ledger(certificates=own(user)) if duty.kind is DutyKind.YEAR_REPORT]
    return sorted(rows, key=lambda duty: (-(duty.year or 0), duty.certificate))


def certificates_to_remind() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("party")


def may_read_file(file: Any, user: Any) -> bool:
    """The department; of a report also whoever acts for the enterprise, as long as it is its receipt."""
    if not user.is_authenticated:
        return False
    if roles.roles_of(user) & {roles.CASE_OFFICER, roles.LEADER}:
        return True
    if file.holder_type == NOTICE:
        return False
    return YearReport.objects.filter(pk=file.holder_id, receipt=file, certificate__party__in=parties_of(user)).exists()
