"""The public pictures of a startup: its weave, drawn once when it is listed, and its logo, taken from the private file.

A weave is drawn from the startup's name in the address: it shows nobody anything else, and the directory of a past day still
needs it. A logo is the applicant's: it stands under /media/ as long as a profile in force names it.
"""

import hashlib
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from art.files import write_art, write_whole
from registry.core import clock
from registry.core.files import path_of, removing
from registry.dossiers.models import Submission
from registry.startups.models import Startup
from registry.startups.selectors import in_force

FOLDER: Final = "startups"
STRAY_AFTER: Final = timedelta(hours=1)  # a younger file may belong to a profile that is being written


def publish_artwork(slug: str, field: str) -> tuple[str, str]:
    """Draw cover and page strip of a startup; gives their addresses."""
    return write_art("cover", slug, field), write_art("strip", slug, field)


def publish_logo(public_id: str, submission: Submission) -> str:
    """Copy the logo that was sent (re-encoded when it was stored) to the public media; its address, or ""."""
    item = submission.dossier.files.filter(purpose="logo", removed_at=None).select_related("file").first()
    if item is None or not item.file.is_image:
        return ""
    content = path_of(item.file.sha256).read_bytes()
    relative = f"{FOLDER}/{public_id}-{hashlib.sha256(content).hexdigest()[:16]}.{item.file.kind}"
    target = Path(settings.MEDIA_ROOT) / relative
    write_whole(target, content)
    return f"{settings.MEDIA_URL}{relative}"


def settle_logo(startup: Startup) -> None:
    """When this change is committed, remove the logos that the startup no longer shows."""
    transaction.on_commit(partial(remove_withdrawn_logos, startup.public_id), robust=True)


def remove_withdrawn_logos(public_id: str = "") -> int:
    """Remove the logo files that no profile in force names, of one startup or of all; how many. Safe to run again.

    The run over all (`run_jobs`) finds what a crash after the commit left behind, and files whose change was undone. While a
    backup copies, nothing is removed; that run does it later.
    """
    with removing() as free:
        return _remove_withdrawn_logos(public_id) if free else 0


def _remove_withdrawn_logos(public_id: str) -> int:
    shown = set(in_force().exclude(logo="").order_by().values_list("logo", flat=True))
    limit = (clock.now() - STRAY_AFTER).timestamp()
    removed = 0
    for path in sorted((Path(settings.MEDIA_ROOT) / FOLDER).glob(f"{public_id}-*" if public_id else "*")):
        if f"{settings.MEDIA_URL}{FOLDER}/{path.name}" in shown:
            continue
        if public_id or path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
