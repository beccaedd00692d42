"""A batch of rows: checked against the register, and taken over in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import override

from registry.core import clock, numbers
from registry.core.lifecycle import Asked, perform_many
from registry.dossiers.services import open_from_list
from registry.parties.services import PartyDraft, enter_parties
from registry.startups.entering import Entry
from registry.startups.importing import matching
from registry.startups.importing.matching import ENTER, RENEW, Plan
from registry.startups.importing.reading import Row
from registry.startups.importing.rows import Fault, RowReader, Said
from registry.startups.lifecycle import CODE, PROCEDURE

TRIES: Final = 3


class Overtaken(Exception):
    """A startup of the batch was changed after it had been read."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows come from, for the snapshots."""

    run_id: str
    file_sha256: str

    def of(self, row: int) -> dict[str, Any]:
        return {"kind": "import", "run": self.run_id, "file_sha256": self.file_sha256, "row": row}


class Seen:
    """Who stood in earlier rows of the file: the second row about the same is refused."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], int] = {}

    def note(self, said: Said) -> None:
        names = [("tax_code", said.identifier.value)] if said.identifier else []
        names += [("reference", said.reference)] if said.reference else []
        for column, value in names:
            first = self._rows.setdefault((column, value), said.row)
            if first != said.row:
                what = "Mã số thuế" if column == "tax_code" else "Mã tham chiếu"
                said.faults.append(Fault(column, f"{what} {value} đã có ở dòng {first} của tệp này."))


def planned(rows: Sequence[Row], reader: RowReader, saids: Sequence[Said], actor: Any) -> list[Plan]:
    """What taking these rows over would do. Reads only."""
    with override("vi"):
        known = matching.known_of(saids, actor)
        plans = []
        for row, said in zip(rows, saids, strict=True):
            plan = matching.meant(said, known)
            matching.choose(plan, row.cells.get("name_vi", ""), known)
            before = plan.standing.answers if plan.standing else None
            reader.answer(row, said, before)
            matching.settle(plan, known)
            plans.append(plan)
        return plans


def identified(rows: Sequence[Row], reader: RowReader, seen: Seen) -> list[Said]:
    with override("vi"):
        saids = [reader.identify(row) for row in rows]
    for said in saids:
        seen.note(said)
    return saids


def taken(
    rows: Sequence[Row], reader: RowReader, saids: Sequence[Said], actor: Any, source: Source, also: Any = None
) -> list[Plan]:
    """Take the batch over, all of it or nothing, and do `also(plans)` in the same transaction.

    Tried again when somebody registered one of the parties, or changed one of the startups, at the same moment.
    """
    for left in range(TRIES - 1, -1, -1):
        fresh = [
            Said(one.row, one.kind, one.party_name, one.identifier, one.reference, {}, [*one.faults]) for one in saids
        ]
        try:
            with transaction.atomic():
                numbers.hold(PROCEDURE.scope, clock.today().year)
                plans = planned(rows, reader, fresh, actor)
                _enter([plan for plan in plans if plan.what == ENTER], reader, actor, source)
                _renew([plan for plan in plans if plan.what == RENEW], reader, actor, source)
                if also:
                    also(plans)
            return plans
        except (IntegrityError, Overtaken):
            if not left:
                raise
    raise AssertionError("not reached")


def _entry(plan: Plan, reader: RowReader, source: Source, **more: Any) -> dict[str, Any]:
    said = plan.said
    return {
        "entry": Entry(
            answers=said.answers,
            source=source.of(said.row),
            reference=said.reference,
            party_name=plan.party_name,
            fields=reader.fields,
            **more,
        )
    }


def _enter(plans: Sequence[Plan], reader: RowReader, actor: Any, source: Source) -> None:
    if not plans:
        return
    fresh = [plan for plan in plans if plan.party is None]
    drafts = [PartyDraft(plan.said.kind, plan.said.party_name, plan.said.identifier) for plan in fresh]
    for plan, party in zip(fresh, enter_parties(drafts, actor=actor), strict=True):
        plan.party = party
    parties = [plan.party for plan in plans if plan.party]
    dossiers = open_from_list(CODE, parties, actor=actor)
    new = {id(plan) for plan in fresh}
    perform_many(
        "enter",
        actor,
        [
            Asked(dossier, dossier.version, _entry(plan, reader, source, party_is_new=id(plan) in new))
            for dossier, plan in zip(dossiers, plans, strict=True)
        ],
    )


def _renew(plans: Sequence[Plan], reader: RowReader, actor: Any, source: Source) -> None:
    if matching.have_moved([plan.standing for plan in plans if plan.standing]):
        raise Overtaken
    asked = []
    for plan in plans:
        assert plan.standing is not None
        dossier = plan.standing.startup.dossier
        asked.append(Asked(dossier, dossier.version, _entry(plan, reader, source, number=plan.standing.number + 1)))
    perform_many("renew", actor, asked)
