"""Secrets of the second factor are kept encrypted, under a key that is in the installation's settings and not in its database.

The key comes from SECRET_KEY. After SECRET_KEY was changed, what was kept under one of SECRET_KEY_FALLBACKS is still read.
"""

import base64
import logging
import os
from functools import cache
from typing import Final

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

log = logging.getLogger("accounts.secrets")

MARK: Final = "fernet:"
NAMES: Final = ("secret", "seed")
"""Where allauth keeps them: of the authenticator app, and of the recovery codes."""
_SALT: Final = b"portal.accounts.secrets"
_PURPOSE: Final = b"second factor, 1"


def sealed(text: str) -> str:
    """The text as it may be kept."""
    return MARK + _keys(settings.SECRET_KEY).encrypt(text.encode()).decode()


def opened(kept: str) -> str:
    """What was sealed; a text kept before there was sealing is given as it is.

    What was sealed under a key that the installation no longer has gives a secret that nobody knows: no code fits it, and the
    log says why.
    """
    if not kept.startswith(MARK):
        return kept
    text = _read(kept, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if text is None:
        log.error("a second factor is sealed under a key that is neither SECRET_KEY nor one of its fallbacks")
        return base64.b32encode(os.urandom(20)).decode()
    return text


def seals_anew(kept: str) -> bool:
    """Is it in the clear, or under a key that is not today's but is still known?"""
    if not kept.startswith(MARK):
        return True
    known = _read(kept, *settings.SECRET_KEY_FALLBACKS) if settings.SECRET_KEY_FALLBACKS else None
    return known is not None and _read(kept, settings.SECRET_KEY) is None


def seal_all() -> int:
    """Seal under today's key what is kept in the clear or under an older key; how many. For `run_jobs`, safe to run again."""
    changed = 0
    for pk, data in Authenticator.objects.values_list("pk", "data"):
        if any(seals_anew(data[name]) for name in NAMES if name in data):
            changed += _seal(pk)
    return changed


def unreadable(key: str, *fallbacks: str) -> int:
    """How many people have a second factor that none of these keys opens: they could not sign in any more."""
    lost = set()
    for user, data in Authenticator.objects.values_list("user_id", "data"):
        kept = [data[name] for name in NAMES if name in data]
        if any(text.startswith(MARK) and _read(text, key, *fallbacks) is None for text in kept):
            lost.add(user)
    return len(lost)


def _seal(pk: int) -> int:
    with transaction.atomic():
        one = Authenticator.objects.select_for_update().get(pk=pk)
        for name in NAMES:
            if name in one.data and seals_anew(one.data[name]):
                one.data[name] = sealed(opened(one.data[name]))
        one.save(update_fields=["data"])
    return 1


def _read(kept: str, *keys: str) -> str | None:
    try:
        return _keys(*keys).decrypt(kept.removeprefix(MARK)).decode()
    except InvalidToken:
        return None


@cache
def _keys(*secrets: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(secret)) for secret in secrets])


def _derived(secret: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=_SALT, info=_PURPOSE)
    return base64.urlsafe_b64encode(derivation.derive(secret.encode()))
