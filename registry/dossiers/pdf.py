"""A submission as a paper. Nothing but the snapshot goes into it, so that the same submission always gives the same bytes.

The paper is Vietnamese: it belongs to the department. It carries restricted answers; who may have it, the view decides.
"""

from datetime import datetime
from typing import Any

from django.utils import translation

from registry.core import clock
from registry.core.classification import RESTRICTED
from registry.core.typesetting import typeset
from registry.dossiers import procedure, snapshot
from registry.dossiers.models import Submission


def of_submission(submission: Submission) -> bytes:
    """A tagged PDF/UA: A4, with reference, hash, time of sending and page numbers on every page."""
    return typeset("submission", paper(submission), submission.submitted_at)


def paper(submission: Submission) -> dict[str, Any]:
    """What the template prints, all of it text."""
    content = snapshot.read(submission)
    sent_at = clock.local(submission.submitted_at)
    with translation.override("vi"):
        title = str(procedure.get(content["procedure"]).title)
    return {
        "title": title,
        "form": content["form"],
        "form_version": content["form_version"],
        "reference": content["reference"],
        "number": submission.number,
        "party": content["party"]["name"],
        "sent_at": f"{sent_at:%H:%M, %d/%m/%Y}",
        "sha256": submission.sha256,
        "helped": helped_in_words(content.get("helped")),
        "steps": [
            {
                "title": step["title"],
                "answers": [
                    {"label": one["label"], "lines": one["text"], "restricted": one["class"] == RESTRICTED}
                    for one in step["answers"]
                ],
            }
            for step in content["steps"]
        ],
        "files": [
            {
                "purpose": file["purpose_label"],
                "name": file["name"],
                "size": size(file["size"]),
                "sha256": file["sha256"],
            }
            for file in content["files"]
        ],
    }


def helped_in_words(helped: dict[str, Any] | None) -> list[str]:
    """Who filled it in for the founder, and how the founder confirmed it; [] where nobody helped."""
    if helped is None:
        return []
    lines = [f"{helped['by']}, {helped['of']}"]
    confirmed = helped["confirmed"]
    if confirmed is not None:
        at = clock.local(datetime.fromisoformat(confirmed["at"]))
        lines.append(f"{confirmed['by']} xác nhận bằng liên kết, không có tài khoản, lúc {at:%H:%M, %d/%m/%Y}")
    return lines


def size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB".replace(".", ",") if count >= 1_000_000 else f"{-(-count // 1000)} KB"
