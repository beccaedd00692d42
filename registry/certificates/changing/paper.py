"""Form V.5 of a dossier, from its answers: a draft may lack some, they stay dotted lines."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import translation

from registry.certificates.changing import rules
from registry.certificates.changing.answers import present_lines
from registry.certificates.changing.rules import Case
from registry.certificates.changing.showing import Asked, asked
from registry.certificates.models import CertificateVersion
from registry.core.selectors import ward
from registry.st_enterprises.certification.answers import day_of
from registry.st_enterprises.certification.documents import DOCUMENTS, DocumentKind
from registry.st_enterprises.certification.rows import written_day
from registry.st_enterprises.papers import content as papers

PROVINCE: Final = "tỉnh Lai Châu"
PLACE: Final = "Lai Châu"

Answers = Mapping[str, Any]


def request_of(version: CertificateVersion, answers: Answers, addressee: str) -> papers.ChangeRequest:
    """What form V.5 says. `answers` are those that can be read; in part II stands only what was asked for by its case."""
    with translation.override("vi"):
        cases = answers.get("cases") or ()
        found = asked(version, answers) if rules.is_change(cases) else None
        adds = Case.LIST in cases
        return papers.ChangeRequest(
            to=addressee,
            enterprise=_enterprise(answers),
            representative=_representative(answers),
            certificate_number=version.certificate.number,
            first_issued_on=version.certificate.first_issued_on,
            reissue_number=version.turn or None,
            reissued_on=version.issued_on if version.turn else None,
            change_reason=str(answers.get("change_reason") or "") if rules.is_change(cases) else "",
            changes="\n".join(changes(found, answers)) if rules.is_change(cases) else "",
            results=(*(_result(row) for row in answers.get("results") or ()), *_already_there(found)) if adds else (),
            products=tuple(str(row["name"]) for row in answers.get("products") or ()) if adds else (),
            reissue_reason=str(answers.get("reissue_reason") or "") if Case.LOST in cases else "",
            place=PLACE,
        )


def _already_there(found: Asked | None) -> tuple[papers.DeclaredResult, ...]:
    """Results on the certificate from which a product is added: by name, what else the form asks of them was told before."""
    if found is None:
        return ()
    known = {line.result for line in present_lines(found.version)}
    names = dict.fromkeys(line.result for line in found.table.added if line.result in known)
    return tuple(papers.DeclaredResult(name=name) for name in names)


def changes(found: Asked | None, answers: Answers) -> list[str]:
    """Part II, item 2: a line for each thing that would be different, and what the enterprise says beside them."""
    lines = []
    if found:
        lines += [
            f"{one.label}: “{one.before or 'chưa ghi'}” thành “{one.after or 'không ghi'}”." for one in found.fields
        ]
        lines += [f"Bỏ khỏi danh mục: {line.result}, {line.product}." for line in found.table.removed]
        lines += [
            f"Ghi lại: “{old.result}, {old.product}” thành “{new.result}, {new.product}”."
            for old, new in found.table.reworded
        ]
        lines += [f"Bổ sung: {line.product}, từ kết quả {line.result}." for line in found.table.added]
    return [*lines, str(answers.get("changes") or "")]


def _enterprise(answers: Answers) -> papers.Enterprise:
    place = ward(str(answers.get("ward") or ""))
    head_office = ", ".join(part for part in (answers.get("address"), place.name_vi if place else "") if part)
    return papers.Enterprise(
        name_vi=answers.get("name_vi") or "",
        name_foreign=answers.get("name_foreign") or "",
        name_short=answers.get("short_name") or "",
        head_office=f"{head_office}, {PROVINCE}" if head_office else "",
        phone=answers.get("phone") or "",
        fax=answers.get("fax") or "",
        email=answers.get("email") or "",
        website=answers.get("website") or "",
        registration=papers.Registration(
            number=answers.get("business_number") or "",
            on=day_of(answers.get("registered_on")),
            by=answers.get("registration_issuer") or "",
        ),
        kind=answers.get("enterprise_type") or "",
    )


def _representative(answers: Answers) -> papers.Representative:
    return papers.Representative(
        name=answers.get("representative") or "",
        position=answers.get("representative_title") or "",
        identity_number=answers.get("identity_number") or "",
        identity_by=answers.get("identity_issuer") or "",
        identity_on=day_of(answers.get("identity_issued_on")),
        phone=answers.get("representative_phone") or "",
        email=answers.get("representative_email") or "",
        permanent_address=answers.get("permanent_address") or "",
        current_address=answers.get("current_address") or "",
    )


def _result(row: Mapping[str, Any]) -> papers.DeclaredResult:
    document = DOCUMENTS[DocumentKind(row["document_kind"])]
    return papers.DeclaredResult(
        name=row["name"],
        funding=row["funding"],
        origin=papers.Origin(row["origin"]),
        recognition=f"{document} số {row['document_number']} ngày {_day(row['document_date'])}, {row['issuer']}",
    )


def _day(value: Any) -> str:
    return written_day(value) if isinstance(value, str) else f"{value:%d/%m/%Y}"
