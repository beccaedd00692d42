"""Numbers, dates and sizes as people here write them, in the language that is on.

Vietnamese: 12/10/2026 · 09:12, thứ Hai 05/10/2026 · 1.250.000 đồng · 37,6 % · 2,1 MB.
English: 12 Oct 2026 · 09:12, Monday 5 October 2026 · VND 1,250,000 · 37.6% · 2.1 MB.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import get_language

from registry.core import clock

Number = int | float | Decimal | Fraction | str
NO_BREAK: Final = "\u00a0"
WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SIZES: Final = ("B", "KB", "MB", "GB", "TB")


def is_english() -> bool:
    return (get_language() or "vi").startswith("en")


def day(value: date) -> str:
    """A date, or the date of a moment in the province's zone."""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    if is_english():
        return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"
    return f"{value:%d/%m/%Y}"


def weekday(value: date) -> str:
    """`thứ Hai 05/10/2026`, `Monday 5 October 2026`."""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    if is_english():
        return f"{DAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}"
    return f"{WEEKDAYS[value.weekday()]} {value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    local = clock.local(value)
    return f"{local:%H:%M}, {weekday(local)}"


def exact(value: Number) -> Decimal:
    """The number without the dust of binary floats."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value if isinstance(value, Decimal) else Decimal(str(value))


def num(value: Number, places: int | None = None) -> str:
    """Digits in groups of three: 1.250.000 and 37,6. `places` fixes the decimals, otherwise they stand as they are."""
    number = exact(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    elif number == number.to_integral_value():
        number = number.to_integral_value()
    else:
        number = number.normalize()
    text = f"{number:,f}"
    return text if is_english() else text.translate(str.maketrans(",.", ".,"))


def vnd(value: Number) -> str:
    return f"VND{NO_BREAK}{num(value, 0)}" if is_english() else f"{num(value, 0)}{NO_BREAK}đồng"


def percent(value: Number, places: int | None = 1) -> str:
    """`value` counts in hundredths: 37.6 is 37,6 %."""
    text = num(exact(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if places is not None else value)
    return f"{text}%" if is_english() else f"{text}{NO_BREAK}%"


def filesize(value: int) -> str:
    """Bytes in thousands, with one decimal from megabytes on: 212 KB, 2,1 MB."""
    size, unit = Decimal(value), 0
    while size >= 1000 and unit < len(SIZES) - 1:
        size, unit = size / 1000, unit + 1
    rounded = size.quantize(Decimal("0.1") if unit > 1 else Decimal(1), ROUND_HALF_UP)
    return f"{num(rounded)}{NO_BREAK}{SIZES[unit]}"
