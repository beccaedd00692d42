"""The environment, read once and typed. What is unknown or mistyped stops the boot with a sentence."""

import secrets
from pathlib import Path

from environs import Env

env = Env()


def secret_key(var: Path) -> str:
    """The key of the installation: from PORTAL_SECRET_KEY, else made once and kept in `var/secret-key` (mode 600)."""
    given = env.str("PORTAL_SECRET_KEY", "")
    if given:
        return str(given)
    path = var / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()
