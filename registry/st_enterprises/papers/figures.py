"""Numbers and days as the papers write them. Whatever is not known gives "", so that the paper shows a dotted line."""

from typing import Final

from registry.st_enterprises.shares import hundredths, share

MILLION: Final = 10**6


def count(number: int | None) -> str:
    """1234567 → “1.234.567”."""
    return "" if number is None else f"{number:,}".replace(",", ".")


def dong(amount: int | None) -> str:
    return "" if amount is None else f"{count(amount)} đồng"


def millions(amount: int | None) -> str:
    """Whole đồng in million đồng, exactly: 1234567890 → “1.234,56789”. Nothing is rounded; up to six places say the đồng."""
    if amount is None:
        return ""
    whole, rest = divmod(abs(amount), MILLION)
    decimals = f",{rest:06}".rstrip("0") if rest else ""
    return f"{'-' if amount < 0 else ''}{count(whole)}{decimals}"


def percent(part: int | None, whole: int | None) -> str:
    """The share in percent, cut off after two places as in the self-assessment: 1.9999 % must not read 2 %."""
    found = share(part, whole) if part is not None and whole else None
    if found is None:
        return ""
    cut = int(hundredths(found) * 100)
    return f"{count(cut // 100)},{cut % 100:02} %"


def total(amounts: list[int | None]) -> int | None:
    """The sum, where every amount is known and there is one."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known and len(known) == len(amounts) else None
