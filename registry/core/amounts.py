"""Amounts of đồng as people type them: 1.250.000, 1250000, “1,25 tỷ”, “500 triệu”. Exact; nothing is guessed or rounded."""

import re
import unicodedata
from fractions import Fraction
from typing import Final

MOST: Final = 10**18
UNITS: Final = {
    "tỷ": 10**9,
    "tỉ": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "triệu": 10**6,
    "tr": 10**6,
    "m": 10**6,
    "million": 10**6,
    "": 1,
}
_WRITTEN: Final = re.compile(r"([0-9][0-9.,]*)(tỷ|tỉ|billion|bn|triệu|tr|million|m|)(?:đồng|đ|vnd|vnđ|dong)?")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+")
_DECIMAL: Final = re.compile(r"([0-9]+)[.,]([0-9]{1,9})")


class NotAnAmount(ValueError):
    """The text is no amount of whole đồng."""


def read_amount(text: str, *, english: bool = False) -> int:
    """The đồng that are meant. Before a unit, one sign with three digits behind it is read as the language writes it.

    Raises NotAnAmount.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFC", text)).lower().removeprefix("vnd").removesuffix("vnd")
    written = _WRITTEN.fullmatch(plain)
    if written is None or len(plain) > 40:
        raise NotAnAmount(text)
    digits, unit = written.groups()
    amount = _number(digits, english=english, has_unit=bool(unit)) * UNITS[unit]
    if amount.denominator != 1 or amount > MOST:
        raise NotAnAmount(text)
    return int(amount)


def _number(digits: str, *, english: bool, has_unit: bool) -> Fraction:
    if digits.isdigit():
        return Fraction(int(digits))
    decimal = _DECIMAL.fullmatch(digits)
    sign = "." if english else ","
    if decimal and has_unit and (sign in digits or not _GROUPED.fullmatch(digits)):
        whole, rest = decimal.groups()
        return Fraction(int(whole + rest), 10 ** len(rest))
    if _GROUPED.fullmatch(digits):
        return Fraction(int(re.sub(r"[.,]", "", digits)))
    raise NotAnAmount(digits)
