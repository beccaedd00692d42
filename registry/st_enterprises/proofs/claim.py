"""What a proof says of a certificate, and how that is written in few bytes.

The layout, big-endian, without gaps (version 1):

    1       version
    4       key id: the first bytes of the SHA-256 of the public key
    3 × 2   first issued on, issued on, signed on: days since 1 January 2000
    1       1 where only the beginning of the holder's name stands here, else 0
    1 + n   number, then regime, then tax code: UTF-8 (NFC), the count of bytes before it
    rest    the holder's name

A text of 300 signs holds 225 bytes; 64 are the signature, so the holder's name has what the others leave of 161: 58 bytes
at the very least, with a usual number some 110, which is 80 letters or more of Vietnamese. A longer name is cut after a whole
word, and the proof says that it is cut. Nothing else is ever cut.
"""

import struct
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from registry.core.text import clean

VERSION: Final = 1
KEY_ID_BYTES: Final = 4
MOST_BYTES: Final = 161
"""Of the content, without its signature."""

LONGEST: Final = {"number": 60, "regime": 8, "tax_code": 20}
"""Bytes of UTF-8 of the texts that are never cut."""

_HEAD: Final = struct.Struct(f">B{KEY_ID_BYTES}sHHHB")
_FIRST_DAY: Final = date(2000, 1, 1)
_MOST_DAYS: Final = 0xFFFF


class NotAClaim(ValueError):
    """A value that no proof can carry, or bytes that are no claim."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the certificate says. `regime` is the code of the rules it was granted under (`nd13`, `nd268`); `issued_on` is
    the day of this version, `first_issued_on` that of the first. `holder_is_cut`: `holder` is the beginning of the name.

    Raises NotAClaim for a text that is empty, not clean (registry.core.text) or too long, and for a day outside 2000–2179.
    """

    number: str
    regime: str
    holder: str
    tax_code: str
    first_issued_on: date
    issued_on: date
    holder_is_cut: bool = False

    def __post_init__(self) -> None:
        for name in ("number", "regime", "tax_code", "holder"):
            text = getattr(self, name)
            if not text or text != clean(text) or "\n" in text:
                raise NotAClaim(f"{name}: {text!r} is empty or not clean")
            if name in LONGEST and len(text.encode()) > LONGEST[name]:
                raise NotAClaim(f"{name}: {text!r} takes more than {LONGEST[name]} bytes")
        for day in (self.first_issued_on, self.issued_on):
            _days(day)


def packed(claim: Claim, key_id: str, signed_on: date) -> bytes:
    """At most MOST_BYTES, the holder's name cut where it must be. Raises NotAClaim."""
    texts = b"".join(_counted(text) for text in (claim.number, claim.regime, claim.tax_code))
    holder, cut = shortened(claim.holder, MOST_BYTES - _HEAD.size - len(texts))
    days = (_days(day) for day in (claim.first_issued_on, claim.issued_on, signed_on))
    return _HEAD.pack(VERSION, bytes.fromhex(key_id), *days, cut or claim.holder_is_cut) + texts + holder.encode()


def unpacked(content: bytes) -> tuple[Claim, str, date]:
    """The claim, the id of its key, the day it was signed. Raises NotAClaim for whatever `packed` does not write."""
    try:
        version, key_id, first, issued, signed, cut = _HEAD.unpack_from(content)
        texts, rest = [], content[_HEAD.size :]
        for _name in LONGEST:
            texts.append(rest[1 : 1 + rest[0]].decode())
            rest = rest[1 + rest[0] :]
        number, regime, tax_code = texts
        claim = Claim(number, regime, rest.decode(), tax_code, _day(first), _day(issued), bool(cut))
    except (struct.error, IndexError, UnicodeDecodeError) as wrong:
        raise NotAClaim("no claim") from wrong
    if version != VERSION or packed(claim, key_id.hex(), _day(signed)) != content:
        raise NotAClaim("not written as version 1 writes it")
    return claim, key_id.hex(), _day(signed)


def shortened(name: str, room: int) -> tuple[str, bool]:
    """The name in at most `room` bytes, and whether it had to be cut: after a whole word, for half a word may be another one;
    inside a word only where it is the first, between two letters and never between a letter and its mark."""
    if len(name.encode()) <= room:
        return name, False
    letters = name.encode()[:room].decode(errors="ignore")
    while letters and unicodedata.combining(name[len(letters)]):
        letters = letters[:-1]
    words = letters if name[len(letters)] == " " else letters.rpartition(" ")[0]
    kept = (words or letters).rstrip()
    if not kept:
        raise NotAClaim(f"holder: {name!r} cannot be cut")
    return kept, True


def _counted(text: str) -> bytes:
    return bytes([len(text.encode())]) + text.encode()


def _days(day: date) -> int:
    days = (day - _FIRST_DAY).days
    if not 0 <= days <= _MOST_DAYS:
        raise NotAClaim(f"{day} is too far away")
    return days


def _day(days: int) -> date:
    return _FIRST_DAY + timedelta(days)
