"""How an appraisal reads on its pages in the back office."""

from datetime import date
from typing import Any, Final

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from registry.appraisals import changing, facts, selectors
from registry.appraisals.forms import AssessmentForm, OpinionForm
from registry.appraisals.models import Appraisal, Kind, Sheet
from registry.appraisals.selectors import Member
from registry.core.decisions import log_restricted_read
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Invalid
from registry.core.text import fold
from registry.parties.models import Membership, Representative
from registry.st_enterprises.papers import figures

ANSWERS: Final = {True: ("Đủ điều kiện", "Chưa đủ điều kiện"), False: ("Đồng ý", "Không đồng ý")}
"""The conclusions of form V.3, and those of a council of advice, for which there is no form."""

VERDICTS: Final = {
    "neither": ("Không bên nào đạt đa số", "warn", "scale"),
    "no_quorum": ("Chưa đủ số phiếu tối thiểu", "warn", "triangle-alert"),
    "": ("Không biểu quyết", "", "message-circle"),
}
"""Word, tone, icon, where neither side carried; else the side's own word."""

SAFEGUARD: Final = "Nghị định không yêu cầu bản khai xung đột lợi ích; đây là biện pháp phòng ngừa của Sở: chưa khai thì phiếu chưa được tính."
READ: Final = ["assessors.name", "declarations.note", "sheets.content"]


def answers_of(appraisal: Appraisal) -> tuple[str, str]:
    """What yes and no are called on the sheets of this appraisal."""
    return ANSWERS[appraisal.kind != Kind.ADVISORY]


def verdict_of(appraisal: Appraisal, verdict: str) -> tuple[str, str, str]:
    yes, no = answers_of(appraisal)
    sides = {"for": (yes, "ok", "circle-check"), "against": (no, "bad", "circle-x")}
    return sides.get(verdict) or VERDICTS[verdict]


def found_for(request: HttpRequest, public_id: str) -> Appraisal:
    """The appraisal, for those who may read it; for who belongs to the enterprise there is none."""
    return get_object_or_404(selectors.readable_by(request.user), public_id=public_id)


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
        "yes": answers_of(appraisal)[0],
        "no": answers_of(appraisal)[1],
        "is_open": appraisal.state == "open",
    }


def why_not(user: Any, appraisal: Appraisal) -> str:
    """Why this reader (`readable_by`) works on nothing here; "" when they may."""
    if user.pk in appraisal.helper_ids:
        return "Bạn đã nhập hộ hồ sơ này nên không thẩm định nó. Một chuyên viên khác sẽ làm."
    return closed(appraisal)


def closed(appraisal: Appraisal) -> str:
    """Why nothing is worked on any more by anybody; "" while what is appraised waits for its decision."""
    try:
        changing.running(appraisal, {})
    except Invalid as over:
        return str(over)
    return ""


def namesakes(appraisal: Appraisal) -> set[str]:
    """Folded names of the enterprise's people: who bears one may be somebody else, so it is told and not refused."""
    held = {"party": appraisal.party, "until": None}
    people = Membership.objects.filter(**held).order_by().values_list("user__full_name", flat=True)
    at_law = Representative.objects.filter(**held).order_by().values_list("full_name", flat=True)
    return {fold(name) for name in people.union(at_law) if name}


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


def sheet_form(appraisal: Appraisal, member: Member, posted: Any = None, **kwargs: Any) -> AssessmentForm | OpinionForm:
    """The sheet to be filled in: what was handed in before, else what the application says."""
    seen = member.sheet.number if member.sheet else 0
    known: dict[str, Any] = {"proposal": appraisal.proposal}
    if appraisal.kind != Kind.ADVISORY:
        known |= facts.of_application(appraisal)
    before = dict(member.sheet.content if member.sheet else known)
    if member.sheet:
        before["conclusion"] = "yes" if member.sheet.is_for else "no"
    before |= {name: figures.count(before[name]) for name in facts.AMOUNTS if before.get(name) is not None}
    if "rows" in before:
        listed = [row["result"] for row in before["rows"]]
        before["rows"] = [str(n) for n, row in enumerate(known["rows"]) if row["result"] in listed]
    form = OpinionForm if appraisal.kind == Kind.ADVISORY else AssessmentForm
    return form(posted, initial=before, facts=known, seen=seen, **kwargs)
