"""The key that signs today, and those that signed before.

The private half stands in `certificate-key` in PORTAL_VAR (mode 600), in no archive: whoever loses it makes another, and
nothing that was signed is lost with it. A rotation writes over it, so that no old key is there to be stolen. The public
halves are rows (`CertificateKey`) and travel with every backup. The file says from when it is used; a database that comes
back from before a rotation learns its key again from the file.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from registry.core import clock
from registry.st_enterprises.proofs import base64url
from registry.st_enterprises.proofs.claim import KEY_ID_BYTES
from registry.st_enterprises.proofs.models import CertificateKey

FILE: Final = "certificate-key"
BEFORE_EVERY_STORY: Final = date(2000, 1, 1)
"""From when a development key is used: a demo signs on days of the past, in any order."""
ADVICE: Final = (
    "Khóa ký giấy chứng nhận: không chép đi đâu, không đưa vào bản sao lưu. Mất thì chạy rotate_certificate_key."
)
ROTATE: Final = "Chạy manage.py rotate_certificate_key để tạo khóa mới; giấy đã ký vẫn kiểm tra được."


class NoKey(RuntimeError):
    """Nothing can be signed here; the message is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key; `used_from` and `development` as its row says them."""

    private: Ed25519PrivateKey
    used_from: date
    development: bool

    @property
    def public_bytes(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        return hashlib.sha256(self.public_bytes).digest()[:KEY_ID_BYTES].hex()


def signing_key() -> SigningKey:
    """The key in use; the first one is made by whoever signs first, also when several do at once. Raises NoKey.

    What is said of a key (`development`) holds of all it signs: where a demo goes live, or the reverse, another is taken.
    """
    in_use = CertificateKey.objects.filter(used_until=None).exists()  # asked first: a row comes after its file
    if not _path().exists():
        if in_use:
            raise NoKey(f"Khóa ký giấy chứng nhận không còn trên máy này. {ROTATE}")
        _make(os.link)
    if _held().development != settings.DEMO:
        with transaction.atomic():
            list(CertificateKey.objects.select_for_update().filter(used_until=None))  # one at a time
            if _held().development != settings.DEMO:
                rotate()
    key = _held()
    if _registered(key).used_until is not None:
        raise NoKey(f"Khóa ký {key.key_id} trên máy này đã thôi dùng. {ROTATE}")
    return key


def is_lost() -> bool:
    """Whether a key is in use whose private half is not on this machine: nothing can be signed until it is rotated."""
    return CertificateKey.objects.filter(used_until=None).exists() and not _path().exists()


def rotate() -> SigningKey:
    """A new key from today on; the one before stays published, and its private half is gone."""
    _make(os.replace)
    return signing_key()


def mark_leaked(key_id: str) -> CertificateKey:
    """Nothing that the key signed is believed any longer; where it is the one in use, it is rotated.

    Raises CertificateKey.DoesNotExist.
    """
    with transaction.atomic():
        row = CertificateKey.objects.select_for_update().get(key_id=key_id)
        row.leaked_on = row.leaked_on or clock.today()
        row.save(update_fields=["leaked_on"])
        if row.used_until is None:
            rotate()
    row.refresh_from_db()
    return row


def published_keys() -> dict[str, CertificateKey]:
    """Every key that ever signed, by its id, the oldest first."""
    return {key.key_id: key for key in CertificateKey.objects.all()}


def published() -> dict[str, Any]:
    """The same as a JWK set (RFC 7517, RFC 8037), with the days and the warnings beside each key."""
    return {"keys": [_jwk(key) for key in published_keys().values()]}


def _jwk(key: CertificateKey) -> dict[str, Any]:
    return {
        "kid": key.key_id,
        "kty": "OKP",
        "crv": "Ed25519",
        "use": "sig",
        "x": key.public_key,
        "from": key.used_from.isoformat(),
        "until": key.used_until and key.used_until.isoformat(),
        "leaked": key.leaked_on is not None,
        "development": key.development,
    }


def _path() -> Path:
    return Path(settings.VAR_DIR) / FILE


def _held() -> SigningKey:
    told = json.loads(_path().read_text(encoding="utf-8"))
    private = Ed25519PrivateKey.from_private_bytes(base64url.read(told["private_key"]))
    return SigningKey(private, date.fromisoformat(told["used_from"]), told["development"])


def _make(put: Callable[[str, Path], None]) -> None:
    """A new key into the file, whole: `put` is os.link, which leaves one that is there alone, or os.replace."""
    told = {
        "advice": ADVICE,
        "private_key": base64url.written(Ed25519PrivateKey.generate().private_bytes_raw()),
        "used_from": (BEFORE_EVERY_STORY if settings.DEMO else clock.today()).isoformat(),
        "development": settings.DEMO,
    }
    handle, unfinished = tempfile.mkstemp(dir=settings.VAR_DIR)  # for its owner alone
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    try:
        put(unfinished, _path())
    except FileExistsError:
        pass
    finally:
        Path(unfinished).unlink(missing_ok=True)


def _registered(key: SigningKey) -> CertificateKey:
    """The row of the key; a new one ends the one before."""
    known = CertificateKey.objects.filter(key_id=key.key_id).first()
    if known is not None:
        return known
    with transaction.atomic():
        for before in CertificateKey.objects.select_for_update().filter(used_until=None).exclude(key_id=key.key_id):
            before.used_until = max(before.used_from, clock.today())
            before.save(update_fields=["used_until"])
        row, _made = CertificateKey.objects.get_or_create(
            key_id=key.key_id,
            defaults={
                "public_key": base64url.written(key.public_bytes),
                "used_from": key.used_from,
                "development": key.development,
            },
        )
    return row
