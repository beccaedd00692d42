"""Numbers that are right in form and belong to nobody.

Tax codes begin with 99: the first two digits name the tax office that gave the code, and none has 99. Telephone numbers
lie in 0213 0000 xxx, personal numbers begin with nine zeros.
"""

from typing import Final

from stdnum.vn import mst

from registry.parties.rules import Identifier

TAX_OFFICE_OF_NOBODY: Final = "99"


def tax_code(number: int) -> Identifier:
    """The `number`-th invented tax code with its right check digit. Numbers without one (10 would be needed) are skipped."""
    serial = 0
    for _ in range(number):
        serial += 1
        while len(mst.calc_check_digit(f"{TAX_OFFICE_OF_NOBODY}{serial:07d}")) != 1:
            serial += 1
    nine = f"{TAX_OFFICE_OF_NOBODY}{serial:07d}"
    return Identifier("tax_code", mst.validate(nine + mst.calc_check_digit(nine)))


def household_code(number: int) -> Identifier:
    return Identifier("household_code", f"{number:012d}")


def phone(number: int) -> str:
    return f"02130000{number:03d}"


def identity_number(number: int) -> str:
    return f"{number:012d}"


def address_of(key: str) -> str:
    return f"lienhe@{key}.example"
