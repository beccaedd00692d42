"""`tools/verify_certificate.html` with today's public keys written into it, for whoever takes it along."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from csp.constants import NONE
from django.conf import settings
from django.utils.html import json_script

from registry.st_enterprises.proofs.keys import published
from registry.st_enterprises.proofs.links import status_url

TOOL: Final[Path] = settings.BASE_DIR / "tools" / "verify_certificate.html"
NO_KEYS: Final = '<script id="keys" type="application/json">{"keys": []}</script>'
"""As it stands in the file; a block of data, which no policy has to allow."""


def keys_document() -> dict[str, Any]:
    """The published keys, and the address at which the portal says how a certificate stands today."""
    return {**published(), "status": status_url()}


def with_keys() -> str:
    return TOOL.read_text(encoding="utf-8").replace(NO_KEYS, json_script(keys_document(), "keys"))


def policy() -> dict[str, list[str]]:
    """The page runs its own script and style, by their hashes, and may call nobody. The file says the same of itself."""
    text = TOOL.read_text(encoding="utf-8")
    return {
        "default-src": [NONE],
        "script-src": [_hash(text, 'script type="module"', "script")],
        "style-src": [_hash(text, "style", "style")],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": [NONE],
    }


def _hash(text: str, opening: str, closing: str) -> str:
    (content,) = re.findall(f"<{opening}>(.*?)</{closing}>", text, re.DOTALL)
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
