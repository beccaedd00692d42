"""Reference numbers: a series has no gap and no number twice.

A number belongs to the transaction that asks for it: if that is rolled back, so is the number, and the next caller gets
it again. Two callers at once wait for each other at the counter's row (on SQLite: at the write lock that
`transaction_mode: IMMEDIATE` takes).
"""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from registry.core.models import Counter, IssuedNumber


class NumberTaken(ValueError):
    """The number a clerk typed is in use. Its text is the sentence for the field."""


def next_number(scope: str, year: int) -> int:
    """The next free number of a series in a year, from 1.

    Call it inside the transaction that writes the record; outside of one it raises RuntimeError, because a number
    that is committed alone leaves a gap when the record fails.
    """
    return next_numbers(scope, year, 1)[0]


def next_numbers(scope: str, year: int, count: int) -> list[int]:
    """The next free numbers of a series, in their order; see `next_number`."""
    counter = _locked_counter(scope, year)
    taken_over = set(
        IssuedNumber.objects.filter(scope=scope, year=year, number__gt=counter.value).values_list("number", flat=True)
    )
    numbers: list[int] = []
    while len(numbers) < count:
        counter.value += 1
        if counter.value not in taken_over:
            numbers.append(counter.value)
    counter.save(update_fields=["value"])
    return numbers


def hold(scope: str, year: int) -> None:
    """Make everybody else who wants a number of this series wait until the transaction ends."""
    _locked_counter(scope, year)


def take_over(scope: str, year: int, number: int) -> int:
    """Enter a number that stands on paper already. Raises NumberTaken if the series has it.

    Later numbers of the portal go on where they were and step over it.
    """
    if number < 1:
        raise NumberTaken(_("Số phải từ 1 trở lên, ví dụ 27."))
    counter = _locked_counter(scope, year)
    refusal = _("Số %(number)s của năm %(year)s đã được dùng. Kiểm tra lại sổ và nhập số khác.") % {
        "number": number,
        "year": year,
    }
    if number <= counter.value:
        raise NumberTaken(refusal)
    try:
        with transaction.atomic():
            IssuedNumber.objects.create(scope=scope, year=year, number=number)
    except IntegrityError as clash:
        raise NumberTaken(refusal) from clash
    return number


def format_number(pattern: str, number: int, year: int) -> str:
    """`KN-{year}-{number:05d}`, 1, 2026 → `KN-2026-00001`."""
    return pattern.format(number=number, year=year)


def next_reference(scope: str, year: int) -> str:
    """The next number of a series, written as `settings.NUMBER_PATTERNS` says."""
    return next_references(scope, year, 1)[0]


def next_references(scope: str, year: int, count: int) -> list[str]:
    pattern: str = settings.NUMBER_PATTERNS[scope]
    return [format_number(pattern, number, year) for number in next_numbers(scope, year, count)]


def _locked_counter(scope: str, year: int) -> Counter:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A number is taken in the transaction of its record: open transaction.atomic() first.")
    Counter.objects.get_or_create(scope=scope, year=year)
    return Counter.objects.select_for_update().get(scope=scope, year=year)
