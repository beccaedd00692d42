"""Organisations, people and groups for tests: `party()`, `party(kind="household")`, `party(owner=founder, members={"viewer": [anna]})`."""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from registry.core import clock
from registry.parties.models import Membership, Party
from registry.parties.rules import Identifier, read_tax_code
from registry.parties.services import create_party
from tests.accounts.factories import UserFactory

_numbers = count(1)
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def tax_code(number: int | None = None) -> str:
    """Ten digits with the right check digit, different for every number."""
    number = next(_numbers) if number is None else number
    while True:
        nine = f"01{number:07d}"
        check = 10 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, nine, strict=True)) % 11
        if 0 <= check <= 9:
            return f"{nine}{check}"
        number += 1_000_000


def party(
    name: str = "",
    *,
    kind: str = "enterprise",
    owner: Any = None,
    members: Mapping[str, Iterable[Any]] | None = None,
    identifier: Identifier | None = None,
) -> Party:
    """A party with its owner; an enterprise gets a tax code of its own, a household a 12-digit code."""
    number = next(_numbers)
    if identifier is None and kind == "enterprise":
        identifier = read_tax_code(tax_code())
    if identifier is None and kind == "household":
        identifier = Identifier("household_code", f"{number:012d}")
    made = create_party(
        kind=kind, name=name or f"Tổ chức thử {number}", actor=owner or UserFactory(), identifier=identifier
    )
    for role, people in (members or {}).items():
        for user in people:
            Membership.objects.create(party=made, user=user, role=role, since=clock.today())
    return made


def owner_of(made: Party) -> Any:
    return made.memberships.get(role="owner", until=None).user
