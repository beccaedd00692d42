from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.utils.translation import override

from portal import formats
from portal.templatetags.look import tel

EVENING_UTC = datetime(2026, 10, 4, 19, 12, tzinfo=UTC)  # already the fifth in the province


@pytest.mark.parametrize(
    ("write", "value", "vi", "en"),
    [
        (formats.day, date(2026, 10, 12), "12/10/2026", "12 Oct 2026"),
        (formats.day, EVENING_UTC, "05/10/2026", "5 Oct 2026"),
        (formats.weekday, date(2026, 10, 11), "Chủ nhật 11/10/2026", "Sunday 11 October 2026"),
        (formats.moment, EVENING_UTC, "02:12, thứ Hai 05/10/2026", "02:12, Monday 5 October 2026"),
        (formats.num, 1_250_000, "1.250.000", "1,250,000"),
        (formats.num, Decimal("37.60"), "37,6", "37.6"),
        (formats.num, 0.1, "0,1", "0.1"),
        (formats.num, Decimal("1E+3"), "1.000", "1,000"),
        (formats.num, -1234.5, "-1.234,5", "-1,234.5"),
        (formats.vnd, Decimal("1250000.4"), "1.250.000\u00a0đồng", "VND\u00a01,250,000"),
        (formats.percent, 37.6, "37,6\u00a0%", "37.6%"),
        (formats.percent, Fraction(200, 3), "66,7\u00a0%", "66.7%"),
        (formats.percent, 2, "2\u00a0%", "2%"),
        (formats.filesize, 0, "0\u00a0B", "0\u00a0B"),
        (formats.filesize, 212_400, "212\u00a0KB", "212\u00a0KB"),
        (formats.filesize, 2_100_000, "2,1\u00a0MB", "2.1\u00a0MB"),
        (formats.filesize, 20_000_000, "20\u00a0MB", "20\u00a0MB"),
    ],
)
def test_in_both_languages(write, value, vi: str, en: str) -> None:
    with override("vi"):
        assert write(value) == vi
    with override("en"):
        assert write(value) == en


def test_fixed_places_round_half_up() -> None:
    with override("vi"):
        assert formats.num(Decimal("2.345"), 2) == "2,35"
        assert formats.num(2, 1) == "2,0"


@pytest.mark.parametrize("filter_", ["day", "moment", "num", "vnd", "percent", "filesize"])
def test_what_is_missing_stays_blank(filter_: str) -> None:
    template = Template("{% load look %}[{{ value|" + filter_ + " }}]")
    assert template.render(Context({"value": None})) == "[]"


@pytest.mark.parametrize(
    ("written", "dialled"),
    [("0213 0000 000", "+842130000000"), ("+84 213 0000 000", "+842130000000"), ("113", "113")],
)
def test_phone_numbers_can_be_dialled(written: str, dialled: str) -> None:
    assert tel(written) == dialled
