"""A whole run: read the file, go through it batch by batch, say what came of it. A killed run is simply started again."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.db.models import F

from accounts import roles
from registry.core import clock
from registry.core.lifecycle import NotAllowed
from registry.startups.importing import taking
from registry.startups.importing.matching import ENTER, LEAVE, REFUSE, RENEW, Plan
from registry.startups.importing.reading import Sheet, read
from registry.startups.importing.rows import RowReader, heading
from registry.startups.models import ImportRun

BATCH: Final = 150
SAMPLE: Final = 5
Told = Callable[[int, int], None]


@dataclass(slots=True)
class Report:
    """What came of a run; `as_json` is the report of the command."""

    run_id: str
    counts: Counter[str] = field(default_factory=Counter)
    rejected: list[dict[str, Any]] = field(default_factory=list)

    def add(self, plans: list[Plan], sheet: Sheet) -> list[dict[str, Any]]:
        self.counts.update(plan.what for plan in plans)
        fresh = faults_of(plans, sheet)
        self.rejected += fresh
        return fresh

    @property
    def exit_code(self) -> int:
        return 1 if self.rejected else 0

    def as_json(self) -> dict[str, Any]:
        counts = {what: self.counts[what] for what in (ENTER, RENEW, LEAVE)}
        return {"run_id": self.run_id, **counts, "rejected": self.rejected}


def faults_of(plans: list[Plan], sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {"row": plan.said.row, "column": heading(sheet.headings, fault.column), "reason": fault.reason}
        for plan in plans
        for fault in plan.said.faults
    ]


def new_run_id() -> str:
    return uuid.uuid4().hex[:12]


def require_handler(actor: Any) -> None:
    if not roles.roles_of(actor) & {roles.CASE_OFFICER, roles.LEADER}:
        raise NotAllowed("Chỉ chuyên viên thụ lý hoặc lãnh đạo Sở nhập được danh sách.")


def batches(sheet: Sheet, after: int = 0) -> Iterator[list[Any]]:
    rows = sheet.rows(after)
    while batch := list(islice(rows, BATCH)):
        yield batch


def tried(path: Path, actor: Any, tell: Told = lambda done, total: None) -> Report:
    """What an import of the file would do. Writes nothing. Raises Unusable."""
    report = Report(new_run_id())
    with read(path) as sheet:
        reader, seen, done = RowReader(sheet.headings), taking.Seen(), 0
        for rows in batches(sheet):
            saids = taking.identified(rows, reader, seen)
            report.add(taking.planned(rows, reader, saids, actor), sheet)
            done += len(rows)
            tell(done, sheet.total)
    return report


def imported(path: Path, actor: Any, tell: Told = lambda done, total: None) -> Report:
    """Take the list in a file over, a few hundred rows a transaction. Raises Unusable, NotAllowed."""
    require_handler(actor)
    with read(path) as sheet:
        now = clock.now()
        run = ImportRun.objects.create(
            run_id=new_run_id(),
            phase=ImportRun.Phase.ENTERING,
            file_name=path.name[:150],
            file_sha256=sheet.sha256,
            started_by=actor,
            started_at=now,
            touched_at=now,
            rows_total=sheet.total,
        )
        report = Report(run.run_id)
        for plans in steps(run, sheet, actor):
            report.add(plans, sheet)
            tell(sum(report.counts.values()), sheet.total)
    finish(run)
    return report


def steps(run: ImportRun, sheet: Sheet, actor: Any) -> Iterator[list[Plan]]:
    """Take over what is left of a run, batch by batch; each is counted in its own transaction."""
    reader, seen = RowReader(sheet.headings), taking.Seen()
    source = taking.Source(run.run_id, sheet.sha256)
    passed = run.rows_done
    for rows in batches(sheet):
        saids = taking.identified(rows, reader, seen)
        if passed >= len(rows):
            passed -= len(rows)
            continue
        yield taking.taken(rows[passed:], reader, saids[passed:], actor, source, lambda plans: count(run, plans, sheet))
        passed = 0


def count(run: ImportRun, plans: list[Plan], sheet: Sheet) -> None:
    """Write into the run what became of a batch."""
    happened = Counter(plan.what for plan in plans)
    run.rejected = [*run.rejected, *faults_of(plans, sheet)]
    ImportRun.objects.filter(pk=run.pk).update(
        rows_done=F("rows_done") + len(plans),
        created=F("created") + happened[ENTER],
        updated=F("updated") + happened[RENEW],
        unchanged=F("unchanged") + happened[LEAVE],
        refused=F("refused") + happened[REFUSE],
        rejected=run.rejected,
        touched_at=clock.now(),
    )


def finish(run: ImportRun) -> None:
    now = clock.now()
    ImportRun.objects.filter(pk=run.pk).update(phase=ImportRun.Phase.DONE, finished_at=now, touched_at=now)
