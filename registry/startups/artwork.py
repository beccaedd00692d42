"""The public pictures of a startup: its weave, drawn once when it is listed, and its logo, taken from the private file."""

import hashlib
from pathlib import Path

from django.conf import settings

from art.files import write_art, write_whole
from registry.core.files import path_of
from registry.dossiers.models import Submission


def publish_artwork(slug: str, field: str) -> tuple[str, str]:
    """Draw cover and page strip of a startup; gives their addresses."""
    return write_art("cover", slug, field), write_art("strip", slug, field)


def publish_logo(public_id: str, submission: Submission) -> str:
    """Copy the logo that was sent (re-encoded when it was stored) to the public media; its address, or ""."""
    item = submission.dossier.files.filter(purpose="logo", removed_at=None).select_related("file").first()
    if item is None or not item.file.is_image:
        return ""
    content = path_of(item.file.sha256).read_bytes()
    relative = f"startups/{public_id}-{hashlib.sha256(content).hexdigest()[:16]}.{item.file.kind}"
    target = Path(settings.MEDIA_ROOT) / relative
    if not target.exists():
        write_whole(target, content)
    return f"{settings.MEDIA_URL}{relative}"
