"""How an appraisal reads on its pages in the back office."""

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from registry.appraisals import facts, selectors
from registry.appraisals.forms import AssessmentForm, OpinionForm, SheetForm
from registry.appraisals.models import Appraisal, Kind, Sheet
from registry.appraisals.people import may_read
from registry.appraisals.selectors import Member
from registry.core.decisions import log_restricted_read
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import NotAllowed
from registry.core.text import fold
from registry.dossiers.lifecycle import officer
from registry.parties.models import Representative
from registry.parties.selectors import members
from registry.st_enterprises.papers import figures

VERDICT_WORDS: Final = {
    "for": ("Tán thành", "ok", "circle-check"),
    "against": ("Không tán thành", "bad", "circle-x"),
    "neither": ("Không bên nào đạt đa số", "warn", "scale"),
    "no_quorum": ("Chưa đủ số phiếu tối thiểu", "warn", "triangle-alert"),
    "": ("Không biểu quyết", "", "message-circle"),
}
"""Word, tone, icon."""

SAFEGUARD: Final = "Nghị định không yêu cầu bản khai xung đột lợi ích; đây là biện pháp phòng ngừa của Sở: chưa khai thì phiếu chưa được tính."
READ: Final = ["assessors.name", "declarations.note", "sheets.content"]


def found_for(request: HttpRequest, public_id: str) -> Appraisal:
    """The appraisal, for those who may read it; for who belongs to the enterprise there is none."""
    appraisal = get_object_or_404(selectors.everything(), public_id=public_id)
    if not may_read(request.user, appraisal):
        raise Http404
    return appraisal


def leave_trace(request: HttpRequest, appraisal: Appraisal) -> None:
    """Names, declarations and votes are restricted: whoever is shown them leaves a line."""
    log_restricted_read(request.user, appraisal.subject, READ)


def heading(appraisal: Appraisal) -> dict[str, Any]:
    """What every page of an appraisal says of it at the top, and where it leads back to."""
    about = appraisal.about
    back = (
        (reverse("desk_dossier", args=[appraisal.dossier.reference]), appraisal.dossier.reference)
        if appraisal.dossier
        else (reverse("desk_certificate", args=[appraisal.certificate.public_id]), about.number)
    )
    return {
        "appraisal": appraisal,
        "state": appraisal.lifecycle.states[appraisal.state],
        "ground": ground_in_words("nd268:53.4" if appraisal.kind == Kind.ADVISORY else "nd268:51.3"),
        "back": back,
        "safeguard": SAFEGUARD,
        "is_open": appraisal.state == "open",
    }


def why_not(user: Any, appraisal: Appraisal) -> str:
    """Why this person works on nothing here; "" when they may."""
    try:
        officer(user, appraisal)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def namesakes(appraisal: Appraisal) -> set[str]:
    """Folded names of the enterprise's people: who bears one may be somebody else, so it is told and not refused."""
    names = [row.user.full_name for row in members(appraisal.party)]
    names += Representative.objects.filter(party=appraisal.party, until=None).values_list("full_name", flat=True)
    return {fold(name) for name in names if name}


def lines_of(sheet: Sheet) -> list[tuple[Any, str]]:
    """What a sheet says, by the labels of its form; what was left empty is left out."""
    said = sheet.content
    if "opinion" in said:
        return [(OpinionForm.base_fields["opinion"].label, said["opinion"])]
    labels = {name: field.label for name, field in AssessmentForm.base_fields.items()}
    lines = []
    for name in AssessmentForm.field_order:
        value = said.get(name)
        if value in (None, "", []) or name not in labels:
            continue
        lines.append((labels[name], _in_words(name, value)))
    return lines


def _in_words(name: str, value: Any) -> str:
    if name == "rows":
        rows = [(row["result"], row["recognition"], ", ".join(row["products"])) for row in value]
        return "\n".join(" · ".join(part for part in row if part) for row in rows)
    if name in facts.AMOUNTS:
        return figures.dong(value)
    return f"{date.fromisoformat(value):%d/%m/%Y}" if name in facts.DAYS else str(value)


def sheet_form(appraisal: Appraisal, member: Member, posted: Any = None, **kwargs: Any) -> SheetForm:
    """The sheet to be filled in: what was handed in before, else what the application says."""
    seen = member.sheet.number if member.sheet else 0
    known: dict[str, Any] = {"proposal": appraisal.proposal}
    if appraisal.kind != Kind.ADVISORY:
        known |= facts.of_application(appraisal)
    before = dict(member.sheet.content) if member.sheet else known
    if member.sheet:
        before["conclusion"] = "yes" if member.sheet.is_for else "no"
    if "rows" in before:
        listed = [row["result"] for row in before["rows"]]
        before["rows"] = [str(n) for n, row in enumerate(known["rows"]) if row["result"] in listed]
    form = OpinionForm if appraisal.kind == Kind.ADVISORY else AssessmentForm
    return form(posted, initial=before, facts=known, seen=seen, **kwargs)
