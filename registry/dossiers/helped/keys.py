"""The key in a link, a QR or typed by hand: twelve letters and digits that nobody mistakes for each other (59 bits).

The same twelve everywhere, so that a printed sheet works with a camera and without one. The database holds only a keyed
hash: with the table alone nobody can try keys, and guessing at the door is limited (`ACCOUNT_RATE_LIMITS`).
"""

import re
import secrets
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 12
SALT: Final = "registry.dossiers.helped.pass"
_BETWEEN: Final = re.compile(r"[\s.\-–]+")


def new_key() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_key(typed: str) -> str:
    """The key that was typed, in any case, with or without its dashes; "" when it cannot be one."""
    key = _BETWEEN.sub("", typed[:100]).upper()
    return key if len(key) == LENGTH and set(key) <= set(ALPHABET) else ""


def in_groups(key: str) -> str:
    """`K7PM-2XQ4-9RTB`: how people read it and type it."""
    return "-".join(key[place : place + 4] for place in range(0, LENGTH, 4))


def hash_of(key: str, secret: str | None = None) -> str:
    return salted_hmac(SALT, key, secret=secret or settings.SECRET_KEY, algorithm="sha256").hexdigest()


def hashes_of(key: str) -> list[str]:
    """Under the installation's key of today, and under those it had before."""
    return [hash_of(key, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
