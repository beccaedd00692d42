"""Appraisals are opened and worked on here, with plain data and an actor. Everything raises Conflict, NotAllowed or Invalid."""

from typing import Any

from django.db import transaction

from registry.appraisals.changing import CouncilDraft, MinutesDraft, PersonDraft, SheetDraft
from registry.appraisals.models import Appraisal, Kind, Proposal
from registry.certificates.models import Certificate
from registry.core import clock
from registry.core.lifecycle import Conflict, Invalid, Moved, perform
from registry.dossiers.lifecycle import officer
from registry.dossiers.models import Dossier
from registry.st_enterprises.certification.lifecycle import CODE as CERTIFICATION


def follow(moved: Moved) -> None:
    """The officer has recorded in which of the three ways the application is appraised: open it, and end another way."""
    dossier = moved.record
    if isinstance(dossier, Dossier) and dossier.procedure == CERTIFICATION and moved.action == "appraise":
        _open(dossier, str(moved.event.data["appraisal"]), moved.event.actor)


def _open(dossier: Dossier, kind: str, actor: Any) -> Appraisal:
    """Called while the dossier is locked."""
    rows = Appraisal.objects.select_for_update(of=("self",)).filter(dossier=dossier).exclude(state="replaced")
    held = rows.first()
    if held and held.kind == kind:
        return held
    if held:
        perform(held, "supersede", actor, expected_version=held.version)
    return Appraisal.objects.create(
        kind=Kind(kind), party=dossier.party, dossier=dossier, opened_at=clock.now(), state="open"
    )


@transaction.atomic
def open_advice(certificate: Certificate, proposal: str, *, actor: Any) -> Appraisal:
    """A council of advice on withdrawing or cancelling (Art. 53(4): the authority may set one up)."""
    locked = Certificate.objects.select_for_update(of=("self",)).select_related("party").get(pk=certificate.pk)
    officer(actor, locked)
    if proposal not in Proposal.values:
        raise Invalid("Chọn việc cần tư vấn.", {"proposal": "Chọn việc cần tư vấn."})
    if locked.ended_on:
        raise Conflict("Giấy chứng nhận đã hết hiệu lực.")
    if Appraisal.objects.filter(certificate=locked, state="open").exists():
        raise Conflict("Giấy này đang có một hội đồng tư vấn làm việc.")
    return Appraisal.objects.create(
        kind=Kind.ADVISORY,
        proposal=Proposal(proposal),
        party=locked.party,
        certificate=locked,
        opened_at=clock.now(),
        state="open",
    )


def set_up(appraisal: Appraisal, council: CouncilDraft, *, actor: Any, version: int) -> Appraisal:
    return perform(appraisal, "set_up", actor, data={"council": council}, expected_version=version)


def add(appraisal: Appraisal, person: PersonDraft, *, actor: Any, version: int) -> Appraisal:
    return perform(appraisal, "add", actor, data={"person": person}, expected_version=version)


def replace(appraisal: Appraisal, assessor: int, person: PersonDraft, *, actor: Any, version: int) -> Appraisal:
    """Somebody else takes the seat; what the one before said stays on record and counts no more."""
    return perform(appraisal, "replace", actor, data={"assessor": assessor, "person": person}, expected_version=version)


def invite(appraisal: Appraisal, assessor: int, *, actor: Any, version: int) -> Appraisal:
    return perform(appraisal, "invite", actor, data={"assessor": assessor}, expected_version=version)


def declare(
    appraisal: Appraisal, assessor: int, *, has_conflict: bool, note: str = "", file: Any = None, actor: Any
) -> Appraisal:
    """Said by the assessor, or entered from their paper. Others may work on the appraisal meanwhile."""
    data = {"assessor": assessor, "has_conflict": has_conflict, "says": note, "file": file, "by": actor}
    return _as_it_stands(appraisal, "declare", data, actor)


def hand_in(appraisal: Appraisal, assessor: int, sheet: SheetDraft, *, actor: Any) -> Appraisal:
    """`sheet.seen` guards against two who hand in the same one; what others do meanwhile does not stand in the way."""
    return _as_it_stands(appraisal, "hand_in", {"assessor": assessor, "sheet": sheet, "by": actor}, actor)


def conclude(appraisal: Appraisal, minutes: MinutesDraft, *, actor: Any, version: int) -> Appraisal:
    return perform(appraisal, "conclude", actor, data={"minutes": minutes}, expected_version=version)


def reopen(appraisal: Appraisal, reason: str, *, actor: Any, version: int) -> Appraisal:
    return perform(appraisal, "reopen", actor, data={"note": reason}, expected_version=version)


@transaction.atomic
def _as_it_stands(appraisal: Appraisal, act: str, data: dict[str, Any], actor: Any) -> Appraisal:
    locked = Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
    return perform(locked, act, actor, data=data, expected_version=locked.version)
