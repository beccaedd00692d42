"""What sending a dossier does: demand completeness, take the snapshot, start the clock. Called by the engine alone."""

from typing import Any

from django.utils.translation import ngettext

from registry.core import clock
from registry.core.decisions import canonical, sha256
from registry.core.lifecycle import Data, Invalid
from registry.dossiers import snapshot
from registry.dossiers.checking import check
from registry.dossiers.helped.people import account_of, told_in_snapshot
from registry.dossiers.limits import start_clock
from registry.dossiers.models import Dossier, Submission


def complete(dossier: Dossier, data: Data) -> None:
    """Guard: every demand of every step is met."""
    _cleaned, problems = check(dossier)
    if problems:
        message = ngettext("Còn %(count)s chỗ cần sửa.", "Còn %(count)s chỗ cần sửa.", len(problems))
        raise Invalid(message % {"count": len(problems)}, {problem.field: problem.message for problem in problems})


def filled(dossier: Dossier, data: Data) -> None:
    """Guard: everything is there but what the founder alone says (the last step)."""
    problems = [problem for problem in check(dossier)[1] if problem.step != dossier.kind.last_step.code]
    if problems:
        message = ngettext("Còn %(count)s chỗ cần sửa.", "Còn %(count)s chỗ cần sửa.", len(problems))
        raise Invalid(message % {"count": len(problems)}, {problem.field: problem.message for problem in problems})


def send(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    """Take the snapshot and start the department's clock from the moment of receipt."""
    number = dossier.submissions.count() + 1
    files = list(dossier.files.filter(removed_at=None).select_related("file"))
    now = clock.now()
    content = canonical(
        snapshot.build(dossier, dossier.answers, files, number, helped=told_in_snapshot(dossier, actor))
    )
    submission = Submission.objects.create(
        dossier=dossier,
        number=number,
        form_code=dossier.kind.form_code,
        form_version=dossier.kind.form_version,
        content=content,
        sha256=sha256(content),
        submitted_by=account_of(actor),
        submitted_at=now,
    )
    dossier.retell()
    dossier.received_at = dossier.kind.received(dossier.answers)
    start_clock(dossier, dossier.received_at)
    remembered: dict[str, Any] = {"submission": submission.number}
    if dossier.received_at < submission.submitted_at:  # it was received elsewhere, and the clock runs from there
        remembered["received"] = dossier.received_at.isoformat()
    return remembered


def send_again(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    """The answer to a supplement is a new snapshot; the clock starts afresh."""
    remembered = send(dossier, actor, data)
    request = dossier.supplements.get(closed_at=None)
    request.answered_by = dossier.submissions.get(number=remembered["submission"])
    request.closed_at = clock.now()
    request.save(update_fields=["answered_by", "closed_at"])
    return remembered


def close(dossier: Dossier, actor: Any, data: Data) -> None:
    """The dossier is done: no clock runs, no supplement is open."""
    dossier.due_at, dossier.closed_at = None, clock.now()
    dossier.supplements.filter(closed_at=None).update(closed_at=dossier.closed_at)
