"""Tax codes and phone numbers, as people type them."""

import pytest
from stdnum.vn import mst

from registry.parties.rules import BadIdentifier, BadPhone, Identifier, read_phone, read_tax_code
from tests.parties.factories import tax_code


@pytest.mark.parametrize("number", [1, 2, 77, 9_999_999])
def test_the_factory_makes_codes_that_hold(number: int) -> None:
    assert mst.is_valid(tax_code(number))


@pytest.mark.parametrize("typed", ["0100233488", "0100 233 488", "0100.233.488", " 0100-233-488 "])
def test_spaces_dots_and_dashes_are_read_over(typed: str) -> None:
    assert read_tax_code(typed) == Identifier("tax_code", "0100233488")


def test_a_branch_and_a_household() -> None:
    assert read_tax_code("0314409058002").scheme == "tax_code"
    assert read_tax_code("001 234 567 890") == Identifier("household_code", "001234567890")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Nhập mã số thuế"),
        ("01002334", "10 hoặc 13 chữ số"),
        ("0100233489", "chữ số kiểm tra"),
        ("01002334ab", "chỉ gồm chữ số"),
        ("０１００２３３４８８", "chỉ gồm chữ số"),
        ("1" * 5000, "10 hoặc 13 chữ số"),
    ],
)
def test_what_is_none_says_how_a_right_one_looks(typed: str, sentence: str) -> None:
    with pytest.raises(BadIdentifier, match=sentence):
        read_tax_code(typed)


@pytest.mark.parametrize("typed", ["0912345678", "+84 912 345 678", "(0213) 3876 543", "0084912345678"])
def test_a_phone_number(typed: str) -> None:
    assert read_phone(typed).startswith("0")


@pytest.mark.parametrize("typed", ["12", "0112345678", "091234567", "chín một hai", "1" * 5000])
def test_no_phone_number(typed: str) -> None:
    with pytest.raises(BadPhone):
        read_phone(typed)
