"""How others read templates and papers. Scope is in the query."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts import roles
from registry.core.lifecycle import NotAllowed
from registry.dossiers.lifecycle import officer
from registry.dossiers.models import Dossier
from registry.official_papers.kinds import KINDS, Kind
from registry.official_papers.models import OfficialPaper, PaperTemplate
from registry.parties.selectors import role_of

FOR_APPLICANTS = tuple(kind.code for kind in KINDS.values() if kind.for_applicant)


def in_force(procedure: str, on: date) -> dict[str, PaperTemplate]:
    """The template of each kind for a procedure on a day: its own, else the one for all procedures. Kinds without one are left out."""
    rows = PaperTemplate.objects.filter(procedure__in=("", procedure), effective_from__lte=on)
    found: dict[str, PaperTemplate] = {}
    for row in rows.order_by("procedure", "version"):  # the empty name first, so that a procedure's own takes its place
        found[row.kind] = row
    return found


def versions_of(kind: str, procedure: str) -> QuerySet[PaperTemplate]:
    """Every version of a template, the newest first."""
    rows = PaperTemplate.objects.filter(kind=kind, procedure=procedure)
    return rows.select_related("author").order_by("-version")


def fitting(dossier: Dossier, on: date) -> list[tuple[Kind, PaperTemplate]]:
    """The papers that fit the dossier's present state and have a template."""
    templates = in_force(dossier.procedure, on)
    known: dict[Callable[[Dossier], bool], bool] = {}  # several kinds fit under the same condition: each is asked once
    found = []
    for code, kind in KINDS.items():
        if code in templates:
            if kind.fits not in known:
                known[kind.fits] = kind.fits(dossier)
            if known[kind.fits]:
                found.append((kind, templates[code]))
    return found


def papers_of(dossier: Dossier) -> QuerySet[OfficialPaper]:
    """What was made for a dossier, the newest first, for the department."""
    rows = OfficialPaper.objects.filter(dossier=dossier)
    files = ("pdf", "docx", "signed_copy__file")
    return rows.select_related("template", "made_by", "replaced_by", *files).order_by("-made_at", "-id")


def issued_to_applicant(dossier: Dossier) -> QuerySet[OfficialPaper]:
    """What the applicant reads: papers meant for them that were signed, without those that another took the place of."""
    rows = OfficialPaper.objects.filter(dossier=dossier, kind__in=FOR_APPLICANTS, replaced_by=None)
    return rows.exclude(signed_copy=None).select_related("signed_copy__file").order_by("signed_on", "id")


def may_work_with(user: Any, dossier: Dossier) -> bool:
    """An officer or a leader who is not of the applicant and did not help with the dossier."""
    try:
        officer(user, dossier)
    except NotAllowed:
        return False
    return True


def may_read_file(file: Any, user: Any) -> bool:
    """For `files.register_holder("official_paper", …)`: the department every file; the applicant's people the signed one of what was issued to them."""
    rows = OfficialPaper.objects.filter(Q(pdf=file) | Q(docx=file) | Q(signed_copy__file=file))
    paper = rows.select_related("dossier__party", "replaced_by", "signed_copy").first()
    if paper is None:
        return False
    if may_work_with(user, paper.dossier):
        return True
    is_theirs = paper.kind in FOR_APPLICANTS and paper.is_signed and not paper.is_replaced
    return is_theirs and paper.signed_copy.file_id == file.pk and bool(role_of(user, paper.dossier.party))


@dataclass(frozen=True, slots=True)
class Held:
    """A kind of paper for a procedure, with the version in force on a day (None before the first one) and how many there are."""

    template: PaperTemplate
    now: PaperTemplate | None
    count: int


def library(on: date) -> list[Held]:
    """Every template once, by kind and procedure, told by its newest version."""
    rows: dict[tuple[str, str], list[PaperTemplate]] = {}
    for row in PaperTemplate.objects.order_by("version"):
        rows.setdefault((row.kind, row.procedure), []).append(row)
    order = list(KINDS)
    return [
        Held(found[-1], next((one for one in reversed(found) if one.effective_from <= on), None), len(found))
        for _key, found in sorted(rows.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    ]


def may_write_templates(user: Any) -> bool:
    return bool(roles.roles_of(user) & {roles.LEADER, roles.ADMINISTRATOR})
