"""The lines of the forms: nothing that is told is left off, figures are exact."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from registry.core.papers.sheets import Table
from registry.st_enterprises.papers import figures
from registry.st_enterprises.papers.content import Application, BusinessPlan, Certificate, Printed, Renewal, YearReport
from registry.st_enterprises.papers.forms import sheet
from registry.st_enterprises.profile import Year
from tests.st_enterprises.papers.reading import leaves, without, words_of
from tests.st_enterprises.papers.samples import EMPTY, FULL, PLAN

FORMS = pytest.mark.parametrize("code", list(FULL))


@FORMS
def test_nothing_that_is_told_is_left_off(code: str) -> None:
    """But whether a year was a whole one, which V.2 does not ask; of the representative V.6 asks no more than the sample has."""
    paper, told = FULL[code], 0
    for path, value in leaves(paper):
        names = tuple(step for step in path if isinstance(step, str))
        if names == ("years", "full") or (code == "V.6" and value in ("", None)):
            continue
        assert value not in ("", None, ()), f"the sample has no {path}"
        assert sheet(without(paper, path)) != sheet(paper), path
        told += 1
    assert told >= 20


@FORMS
def test_what_is_unknown_has_no_words(code: str) -> None:
    words = " ".join(words_of(EMPTY[code]))
    assert "None" not in words
    assert "đồng" not in words.replace("(đồng)", "").replace("Triệu đồng", "")
    assert "%" not in words


def test_both_revenues_stand_in_the_plan() -> None:
    words = words_of(PLAN)
    for figure in ("31.500.000.000 đồng", "30.000.000.000 đồng", "640.000.001 đồng", "2,03 %", "2,13 %"):
        assert figure in words
    assert words.index("- Tổng doanh thu: ") < words.index("- Doanh thu thuần: ")


def test_a_sum_with_an_unknown_year_is_unknown() -> None:
    years = (Year(2024, True, 100, 100, 2, 30), Year(2025, True, 100, None, 2, 30))
    words = words_of(BusinessPlan(years=years))
    assert "200 đồng" in words  # net revenue is known in both
    assert words[words.index("- Tổng doanh thu: ") + 1] == "- Doanh thu thuần: "
    assert words[words.index("- Tỷ lệ: ") + 1].startswith("- Tỷ lệ trên doanh thu thuần")


def test_an_application_gives_revenue_or_capital_or_both() -> None:
    assert "Tổng doanh thu 5 đồng" in words_of(Application(total_revenue=5))
    assert "tổng nguồn vốn 7 đồng" in words_of(Application(capital=7))
    assert "Tổng doanh thu 5 đồng; tổng nguồn vốn 7 đồng" in words_of(Application(total_revenue=5, capital=7))


def test_the_certificate_says_whether_it_was_changed_or_issued_again() -> None:
    assert "Cấp thay đổi/cấp lại lần thứ " in words_of(Certificate())
    for why, words in ((Renewal.CHANGE, "Cấp thay đổi lần thứ "), (Renewal.REISSUE, "Cấp lại lần thứ ")):
        assert words in words_of(Certificate(renewals=(Printed(why=why, number=3, on=date(2026, 2, 1)),)))
    assert "/DNKHCN" in words_of(Certificate())
    assert "45/ĐK-DNKHCN" in words_of(Certificate(number="45/ĐK-DNKHCN"))


def test_the_report_has_its_24_rows_in_million_dong() -> None:
    (table,) = [block for block in sheet(FULL["V.6"]).blocks if isinstance(block, Table)]
    assert len(table.rows) == 24
    rows = dict(table.rows)
    assert rows["Tổng doanh thu"] == "12.345,678901"
    assert rows["Tổng lợi nhuận trước thuế"] == "-320"
    assert rows["Thuế thu nhập doanh nghiệp được miễn, giảm"] == "0"
    assert rows["Thu nhập bình quân tháng của người lao động"] == "8,456789"
    assert rows["Tổng số lao động (người)"] == "1.042"
    assert rows["Thực hiện nhiệm vụ KH,CN&ĐMST sử dụng ngân sách nhà nước"] == "77\nNhiệm vụ cấp tỉnh ĐT-02"
    costs = [value for label, value in table.rows if "R&D" in label or label.startswith("Chi thực hiện")]
    assert costs == ["101", "42", "23", "14,5", "35", "6", "19", "9,500001"]
    assert all(
        value == "" for _label, value in next(b for b in sheet(YearReport()).blocks if isinstance(b, Table)).rows
    )


@given(st.integers(-(10**18), 10**18))
@example(-1)
@example(999_999)
@example(1_000_000)
@example(1_000_000_000_000_100)
def test_millions_lose_no_dong(amount: int) -> None:
    written = figures.millions(amount)
    assert Fraction(written.replace(".", "").replace(",", ".")) * 10**6 == amount
    assert not written.endswith((",", "-"))
    assert written != "-0"
    assert "," not in written or not written.endswith("0")


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (199_999, 10_000_000, "1,99 %"),
        (200_000, 10_000_000, "2,00 %"),
        (7, 100, "7,00 %"),
        (3, 1, "300,00 %"),
        (0, 5, "0,00 %"),
        (5, 0, ""),
        (None, 5, ""),
        (5, None, ""),
    ],
)
def test_a_share_is_cut_off_never_rounded_up(part: int | None, whole: int | None, written: str) -> None:
    assert figures.percent(part, whole) == written
