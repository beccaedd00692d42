"""Amounts of đồng as people type them."""

import pytest

from registry.core.amounts import NotAnAmount, read_amount


@pytest.mark.parametrize(
    ("text", "english", "amount"),
    [
        ("1.250.000", False, 1_250_000),
        ("1,250,000", False, 1_250_000),
        ("1 250 000 đồng", False, 1_250_000),
        ("1250000", False, 1_250_000),
        ("1,25 tỷ", False, 1_250_000_000),
        ("1,250 tỷ", False, 1_250_000_000),
        ("1.250 tỷ", False, 1_250_000_000_000),
        ("1.250 billion", True, 1_250_000_000),
        ("1.5 triệu", False, 1_500_000),
        ("VND 5,000", True, 5_000),
        ("0", False, 0),
    ],
)
def test_money_as_people_type_it(text: str, english: bool, amount: int) -> None:
    assert read_amount(text, english=english) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "1,5",
        "1.25",
        "1.2.3",
        "1.250,5",
        "0,0000000001 tỷ",
        "mười",
        "1e9",
        "٣",
        "5 tỷ tỷ",
        "20000000,5",
        "20.000.000,00",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(NotAnAmount):
        read_amount(text)
