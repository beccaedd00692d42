"""A picture as a file: written once, under a name made from its content, so that it may be kept for ever."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings

from art import brocade, landscape

FOLDER: Final = "art"
KINDS: Final[dict[str, Callable[[str, str], str]]] = {
    "cover": brocade.cover,
    "strip": brocade.strip,
    "gem": brocade.gem,
    "landscape": landscape.cover,
    "landscape-wide": landscape.wide,
}
SIZES: Final = {
    "cover": (720, 400),
    "strip": (1296, 80),
    "gem": (84, 84),
    "landscape": (720, 400),
    "landscape-wide": (1260, 480),
}
"""Width and height to print on the `<img>`, by kind."""


def write_art(kind: str, key: str, field: str) -> str:
    """Make sure the picture stands under MEDIA_ROOT and return its address. No query, safe to repeat and to race.

    `kind` is one of KINDS. `field` is a field of technology for what is woven (brocade.FIELDS), a light for a
    landscape (landscape.LIGHTS). Raises KeyError for one that is neither.
    """
    drawing = KINDS[kind](key, field).encode()
    name = f"{kind}-{hashlib.sha256(drawing).hexdigest()[:20]}.svg"
    target = Path(settings.MEDIA_ROOT) / FOLDER / name
    if not target.exists():
        write_whole(target, drawing)
    return f"{settings.MEDIA_URL}{FOLDER}/{name}"


def write_whole(target: Path, content: bytes) -> None:
    """No reader ever sees half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(temporary, 0o644)
    os.replace(temporary, target)
