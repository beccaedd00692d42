"""Base64url without padding (RFC 4648, section 5), read strictly: one text for the same bytes, and only that one."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

_ALPHABET: Final = re.compile(r"[A-Za-z0-9_-]+")


def written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(text: str) -> bytes:
    """Raises ValueError for padding, blanks, another alphabet, an impossible length, and spare bits that are not zero."""
    if not _ALPHABET.fullmatch(text):
        raise ValueError("not base64url")
    raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if written(raw) != text:
        raise ValueError("not how these bytes are written")
    return raw
