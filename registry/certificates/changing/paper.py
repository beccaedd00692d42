"""Form V.5 of a dossier, from its answers: a draft may lack some, they stay dotted lines."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from registry.certificates import selectors
from registry.certificates.changing import rules
from registry.certificates.changing.answers import present_lines
from registry.certificates.changing.rules import Case
from registry.certificates.changing.showing import Asked, asked
from registry.certificates.models import CertificateVersion
from registry.core.models import Authority
from registry.dossiers.models import Dossier
from registry.dossiers.procedure import FormOnPaper
from registry.st_enterprises.certification.forms_on_paper import (
    DRAWN,
    PLACE,
    declared_result,
    enterprise,
    representative,
)
from registry.st_enterprises.papers import content as papers

Answers = Mapping[str, Any]


NEW_INCENTIVES: Final = (
    "Hưởng các ưu đãi, hỗ trợ theo quy định của Nghị định số 268/2025/NĐ-CP cho thời gian còn lại (khoản 1 Điều 68)."
)


def request_of(version: CertificateVersion, answers: Answers, signed_on: date | None) -> papers.ChangeRequest:
    """What form V.5 says. `answers` are those that can be read; in part II stands only what was asked for by its case."""
    with translation.override("vi"):
        cases = answers.get("cases") or ()
        found = asked(version, answers) if rules.is_change(cases) else None
        adds = Case.LIST in cases
        return papers.ChangeRequest(
            to=Authority.objects.get(code=settings.CERTIFYING_AUTHORITY).name_vi,
            enterprise=enterprise(answers),
            representative=representative(answers),
            certificate_number=version.certificate.number,
            first_issued_on=version.certificate.first_issued_on,
            reissue_number=version.turn or None,
            reissued_on=version.issued_on if version.turn else None,
            change_reason=str(answers.get("change_reason") or "") if rules.is_change(cases) else "",
            changes="\n".join(changes(found, answers)) if rules.is_change(cases) else "",
            results=(*(declared_result(row) for row in answers.get("results") or ()), *_already_there(found))
            if adds
            else (),
            products=tuple(str(row["name"]) for row in answers.get("products") or ()) if adds else (),
            reissue_reason=str(answers.get("reissue_reason") or "") if Case.LOST in cases else "",
            place=PLACE,
            signed_on=signed_on,
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
    lines = [NEW_INCENTIVES] if Case.TRANSITION in (answers.get("cases") or ()) else []
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


def _printed(draw: Callable[[papers.ChangeRequest, datetime], bytes]) -> Callable[..., bytes]:
    def make(dossier: Dossier, answers: Answers, signed_on: date | None, made_at: datetime) -> bytes:
        version = selectors.version_asked_to_change(dossier)
        if version is None:
            raise Http404
        return draw(request_of(version, answers, signed_on), made_at)

    return make


FORMS: Final = (FormOnPaper("v5", _("Mẫu V.5: Đơn đề nghị cấp thay đổi nội dung, cấp lại"), *map(_printed, DRAWN)),)
