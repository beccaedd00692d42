"""Runs that were uploaded: checked, then taken over once the officer has said so. A short list at once, a long one by the jobs.

A run that is at work touches its row with every batch; one that has not for a while was killed and is taken up again where its
last committed batch ended.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from registry.core import clock, files
from registry.core.lifecycle import Refusal
from registry.core.selectors import ward_names
from registry.startups.importing import taking
from registry.startups.importing.columns import Unusable
from registry.startups.importing.matching import ENTER, LEAVE, REFUSE, RENEW, Plan
from registry.startups.importing.reading import Sheet, read
from registry.startups.importing.rows import RowReader
from registry.startups.importing.running import SAMPLE, Report, batches, finish, new_run_id, require_handler, steps
from registry.startups.models import ImportRun

AT_ONCE: Final = 300  # rows that a request may look through itself
KILLED_AFTER: Final = timedelta(minutes=5)
A_PASS: Final = timedelta(seconds=60)  # of one run of the jobs, so that letters need not wait for a long list
Phase = ImportRun.Phase
AT_WORK: Final = {Phase.CHECK_WAITS: Phase.CHECKING, Phase.ENTRY_WAITS: Phase.ENTERING}
OVER: Final = (Phase.DONE, Phase.UNUSABLE, Phase.STOPPED)


def uploaded(upload: UploadedFile, actor: Any) -> ImportRun:
    """Keep a list and note that it is to be checked. Raises Unusable, files.FileRefused, NotAllowed."""
    require_handler(actor)
    file = files.store(upload, owner=actor, file_class="restricted", purpose="import", takes="list")
    with read(files.path_of(file.sha256)) as sheet:
        now = clock.now()
        with transaction.atomic():
            run = ImportRun.objects.create(
                run_id=new_run_id(),
                phase=Phase.CHECK_WAITS,
                file=file,
                file_name=file.name,
                file_sha256=file.sha256,
                started_by=actor,
                started_at=now,
                touched_at=now,
                rows_total=sheet.total,
            )
            files.attach(file, "import_run", run.pk)
    return run


def confirmed(run: ImportRun, actor: Any) -> bool:
    """The person who uploaded the list wants it taken over. False: it is not waiting for their word."""
    waiting = ImportRun.objects.filter(pk=run.pk, phase=Phase.CHECKED, started_by=actor)
    fresh = {"created": 0, "updated": 0, "unchanged": 0, "refused": 0, "rejected": [], "rows_done": 0}
    return bool(waiting.update(phase=Phase.ENTRY_WAITS, touched_at=clock.now(), **fresh))


def dropped(run: ImportRun, actor: Any) -> bool:
    """The person who uploaded the list does not want it after all: the file goes."""
    waiting = ImportRun.objects.filter(pk=run.pk, phase=Phase.CHECKED, started_by=actor)
    if not waiting.update(phase=Phase.STOPPED, finished_at=clock.now(), touched_at=clock.now()):
        return False
    run.refresh_from_db()
    _forget(run)
    return True


def work_off(now: datetime) -> int:
    """What waits, and what was killed: for `run_jobs`. How many runs it looked after."""
    killed = Q(phase__in=AT_WORK.values(), touched_at__lt=now - KILLED_AFTER)
    lost = ImportRun.objects.filter(killed, file=None)
    lost.update(phase=Phase.STOPPED, finished_at=now)
    waiting = ImportRun.objects.filter(Q(phase__in=AT_WORK.keys()) | killed).exclude(file=None).order_by("started_at")
    return sum(work_on(run) for run in waiting)


def work_on(run: ImportRun) -> bool:
    """Check the run or take it over, whichever it waits for. False when somebody else is at it."""
    before = Phase(run.phase)
    phase = AT_WORK.get(before, before)
    mine = ImportRun.objects.filter(pk=run.pk, phase=before, touched_at=run.touched_at)
    if not mine.update(phase=phase, touched_at=clock.now()):
        return False
    run.refresh_from_db()
    assert run.file is not None
    try:
        with read(files.path_of(run.file.sha256)) as sheet:
            _check(run, sheet) if phase == Phase.CHECKING else _enter(run, sheet)
    except Unusable as unusable:
        _stop(run, Phase.UNUSABLE, str(unusable))
    except Refusal as refusal:
        _stop(run, Phase.STOPPED, str(refusal))
    return True


def _stop(run: ImportRun, phase: str, why: str) -> None:
    now = clock.now()
    ImportRun.objects.filter(pk=run.pk).update(phase=phase, problem=why[:500], finished_at=now, touched_at=now)


def _check(run: ImportRun, sheet: Sheet) -> None:
    """What the run would do, written into it for the preview; the register stays as it is."""
    reader, seen, report, done = RowReader(sheet.headings), taking.Seen(), Report(run.run_id), 0
    sample: list[dict[str, Any]] = []
    for rows in batches(sheet):
        plans = taking.planned(rows, reader, taking.identified(rows, reader, seen), run.started_by)
        report.add(plans, sheet)
        if done == 0:
            sample = sampled(plans)
        done += len(rows)
        ImportRun.objects.filter(pk=run.pk).update(rows_done=done, touched_at=clock.now())
    ImportRun.objects.filter(pk=run.pk).update(
        phase=Phase.CHECKED,
        touched_at=clock.now(),
        created=report.counts[ENTER],
        updated=report.counts[RENEW],
        unchanged=report.counts[LEAVE],
        refused=report.counts[REFUSE],
        rejected=report.rejected,
        sample=sample,
    )


def sampled(plans: list[Plan]) -> list[dict[str, Any]]:
    """The first rows as they were understood. A household's code is a person's number and is not among it."""
    first = [plan.said for plan in plans[:SAMPLE]]
    places = ward_names([said.answers.get("ward") or "" for said in first], "vi")
    return [
        {
            "row": plan.said.row,
            "what": plan.what,
            "name": plan.said.answers.get("name_vi") or "",
            "party": plan.said.party_name,
            "code": said.identifier.value
            if said.identifier and said.identifier.scheme == "tax_code"
            else said.reference,
            "ward": places.get(said.answers.get("ward") or "", ""),
        }
        for plan, said in zip(plans, first, strict=False)
    ]


def _enter(run: ImportRun, sheet: Sheet) -> None:
    require_handler(run.started_by)
    begun = clock.now()
    for _plans in steps(run, sheet, run.started_by):
        if clock.now() - begun > A_PASS:
            ImportRun.objects.filter(pk=run.pk, rows_done__lt=sheet.total).update(phase=Phase.ENTRY_WAITS)
            run.refresh_from_db()
            if run.phase == Phase.ENTRY_WAITS:
                return
    finish(run)


def forget_files(before: datetime, limit: int) -> int:
    """Uploaded lists of which nothing is wanted any more are removed, with what the preview showed; at most `limit`."""
    done = ImportRun.objects.filter(touched_at__lt=before).exclude(file=None)
    runs = list(done.filter(phase__in=(*OVER, Phase.CHECKED)).select_related("file").order_by("pk")[:limit])
    for run in runs:
        _forget(run)
    return len(runs)


def _forget(run: ImportRun) -> None:
    file = run.file
    with transaction.atomic():
        phase = run.phase if run.phase in OVER else Phase.STOPPED
        ImportRun.objects.filter(pk=run.pk).update(file=None, sample=[], phase=phase)
        if file is not None:
            files.forget(file)
