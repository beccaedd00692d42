"""The signed text itself: a claim and its Ed25519 signature (RFC 8032), in base64url."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from registry.core import clock
from registry.st_enterprises.proofs import base64url
from registry.st_enterprises.proofs.claim import KEY_ID_BYTES, MOST_BYTES, VERSION, Claim, NotAClaim, packed, unpacked
from registry.st_enterprises.proofs.keys import SigningKey
from registry.st_enterprises.proofs.models import CertificateKey

SIGNATURE_BYTES: Final = 64
MOST_SIGNS: Final = 300
"""Of a payload; (MOST_BYTES + SIGNATURE_BYTES) × 4 / 3."""


class Reason(StrEnum):
    """Why a payload proves nothing."""

    MALFORMED = "malformed"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    KEY_LEAKED = "key_leaked"
    KEY_NOT_IN_USE = "key_not_in_use"
    """Signed on a day on which the key was not (or no longer) used."""


class NotValid(ValueError):
    """The payload proves nothing. `key_id`: the key it names, where one can be read."""

    def __init__(self, reason: Reason, key_id: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.key_id = key_id


@dataclass(frozen=True, slots=True)
class Proof:
    """What was signed, by which key, on which day. It says nothing of today."""

    claim: Claim
    key: CertificateKey
    signed_on: date


def sign(claim: Claim, key: SigningKey) -> str:
    """A payload of today: at most MOST_SIGNS letters, digits, `-` and `_`, as a fragment of a URL takes them as they are.

    Raises NotAClaim.
    """
    content = packed(claim, key.key_id, clock.today())
    return base64url.written(content + key.private.sign(content))


def verify(payload: str, keys: Mapping[str, CertificateKey]) -> Proof:
    """What the payload proves. `keys` are the published ones by id. Raises NotValid."""
    raw = _bytes_of(payload)
    content, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    named = content[1 : 1 + KEY_ID_BYTES].hex()
    key = keys.get(named)
    if key is None:
        raise NotValid(Reason.UNKNOWN_KEY, named)
    try:
        Ed25519PublicKey.from_public_bytes(base64url.read(key.public_key)).verify(signature, content)
        claim, _named, signed_on = unpacked(content)
    except InvalidSignature as wrong:
        raise NotValid(Reason.BAD_SIGNATURE, named) from wrong
    except NotAClaim as wrong:
        raise NotValid(Reason.MALFORMED, named) from wrong
    if key.leaked_on is not None:
        raise NotValid(Reason.KEY_LEAKED, named)
    if not key.was_used_on(signed_on):
        raise NotValid(Reason.KEY_NOT_IN_USE, named)
    return Proof(claim, key, signed_on)


def _bytes_of(payload: str) -> bytes:
    try:
        raw = base64url.read(payload)
    except ValueError as wrong:
        raise NotValid(Reason.MALFORMED) from wrong
    if not SIGNATURE_BYTES + KEY_ID_BYTES < len(raw) <= MOST_BYTES + SIGNATURE_BYTES or raw[0] != VERSION:
        raise NotValid(Reason.MALFORMED)
    return raw
