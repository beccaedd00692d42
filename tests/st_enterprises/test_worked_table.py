"""Rows 38-55 of the worked table of the field, each by its number, and the traps that touch this by theirs."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from registry.core.citations import citation
from registry.st_enterprises.conditions import assess
from registry.st_enterprises.findings import Finding, Outcome
from registry.st_enterprises.people import people
from registry.st_enterprises.products import sti_products
from registry.st_enterprises.profile import Effect, Product, Profile, Result, ResultKind, Sector, Year
from registry.st_enterprises.size import Size, find_size, size_of
from registry.st_enterprises.spending import sti_spending
from tests.st_enterprises.factories import AS_OF, BN, M, large, medium, one, small, years

MET, NOT_MET, DEPARTMENT, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.DEPARTMENT, Outcome.UNKNOWN


def spending(profile: Profile, size: Size = Size.SMALL) -> Outcome:
    return sti_spending(profile, size).outcome


def figure(finding: Finding, code: str) -> int | Fraction:
    return next(figure.value for figure in finding.figures if figure.code == code)


@pytest.mark.parametrize(
    ("workers", "revenue", "capital", "size"),
    [
        (10, 3 * BN, 900 * BN, Size.MICRO),  # 38
        (11, 3 * BN, 0, Size.SMALL),
        (10, 3 * BN + 1, 3 * BN, Size.MICRO),  # 39
        (10, 3 * BN + 1, 3 * BN + 1, Size.SMALL),
        (100, 50 * BN, 900 * BN, Size.SMALL),  # 40
        (101, 50 * BN, 0, Size.MEDIUM),
        (100, 50 * BN + 1, 20 * BN + 1, Size.MEDIUM),
        (200, 200 * BN + 1, 100 * BN, Size.MEDIUM),  # 41
        (200, 200 * BN + 1, 100 * BN + 1, Size.LARGE),
        (201, 1, 0, Size.LARGE),
    ],
)
@pytest.mark.parametrize("sector", [Sector.INDUSTRY, Sector.AGRICULTURE])
def test_rows_38_to_41_size_in_industry(sector: Sector, workers: int, revenue: int, capital: int, size: Size) -> None:
    assert size_of(sector, workers, revenue, capital) is size


@pytest.mark.parametrize(
    ("workers", "revenue", "capital", "size"),
    [
        (10, 10 * BN, 900 * BN, Size.MICRO),  # 42
        (10, 10 * BN + 1, 3 * BN + 1, Size.SMALL),
        (50, 100 * BN, 900 * BN, Size.SMALL),
        (51, 100 * BN, 0, Size.MEDIUM),
        (100, 300 * BN, 900 * BN, Size.MEDIUM),  # 43
        (100, 300 * BN + 1, 100 * BN + 1, Size.LARGE),
        (101, 0, 0, Size.LARGE),
    ],
)
def test_rows_42_and_43_size_in_trade(workers: int, revenue: int, capital: int, size: Size) -> None:
    assert size_of(Sector.SERVICES, workers, revenue, capital) is size


@pytest.mark.parametrize("size", list(Size))
def test_row_44_two_per_cent_exactly_and_one_dong_less(size: Size) -> None:
    assert spending(small(), size) is MET
    short = sti_spending(small(years=years([10 * BN] * 3, [200 * M, 200 * M, 200 * M - 1])), size)
    assert short.outcome is NOT_MET
    assert [change.amount for change in short.least_change] == [1]


def test_row_45_the_mean_of_the_years_says_yes_and_the_sums_say_no() -> None:
    found = sti_spending(small(years=years([BN, BN, 10 * BN], [40 * M, 40 * M, 140 * M])), Size.SMALL)
    assert found.outcome is DEPARTMENT
    assert found.met is None
    assert found.missing == ()
    assert figure(found, "of_sums") == Fraction(220, 12000)
    assert figure(found, "mean_of_years") == Fraction(94, 3000)


def test_row_46_the_sums_say_yes_and_the_mean_of_the_years_says_no() -> None:
    found = sti_spending(small(years=years([BN, BN, 10 * BN], [0, 0, 240 * M])), Size.SMALL)
    assert found.outcome is DEPARTMENT
    assert figure(found, "of_sums") == Fraction(2, 100)
    assert figure(found, "mean_of_years") == Fraction(8, 1000)


def test_row_47_and_trap_15_net_revenue_decides_and_the_ratio_of_the_form_is_kept() -> None:
    third = 31 * BN // 3
    totals = [third, third, 31 * BN - 2 * third]
    found = sti_spending(small(years=years([10 * BN] * 3, [200 * M] * 3, total=totals)), Size.SMALL)
    assert found.outcome is MET
    assert figure(found, "of_sums") == Fraction(2, 100)
    assert figure(found, "of_total_revenue") == Fraction(600 * M, 31 * BN)
    unknown = sti_spending(small(years=years([10 * BN] * 3, [200 * M] * 3, total=[None] * 3)), Size.SMALL)
    assert unknown.outcome is MET
    assert "of_total_revenue" not in {figure.code for figure in unknown.figures}


@pytest.mark.parametrize(
    ("spent", "outcome"),
    [
        ([200 * BN] * 3, MET),
        ([200 * BN, 200 * BN, 200 * BN - 1], NOT_MET),
        ([300 * BN, 200 * BN, 100 * BN], NOT_MET),
    ],
)
def test_row_48_two_hundred_billion_in_each_year(spent: list[int | None], outcome: Outcome) -> None:
    assert spending(large(years=years([90_000 * BN] * 3, spent)), Size.LARGE) is outcome
    assert spending(large(years=years([90_000 * BN] * 3, spent)), Size.MEDIUM) is NOT_MET


def test_row_49_thirty_per_cent_of_total_revenue() -> None:
    assert sti_products(large(), Size.LARGE).outcome is MET
    short = years([90 * BN] * 3, products=[27 * BN, 27 * BN - 1, 27 * BN])
    assert sti_products(large(years=short), Size.LARGE).outcome is NOT_MET


@pytest.mark.parametrize(("second", "outcome"), [(90 * BN, MET), (90 * BN - 1, NOT_MET)])
def test_row_50_ninety_billion_in_each_year(second: int, outcome: Outcome) -> None:
    made = large(years=years([400 * BN] * 3, products=[90 * BN, second, 90 * BN]))
    assert sti_products(made, Size.LARGE).outcome is outcome


@pytest.mark.parametrize(
    ("products", "outcome"),
    [
        ([20 * BN] * 3, MET),
        ([20 * BN, 20 * BN, 20 * BN - 1], NOT_MET),
        ([10 * BN, 30 * BN, 20 * BN], DEPARTMENT),
    ],
)
def test_row_51_twenty_per_cent_in_each_year_or_together(products: list[int | None], outcome: Outcome) -> None:
    found = sti_products(medium(years=years([100 * BN] * 3, products=products)), Size.MEDIUM)
    assert found.outcome is outcome
    assert sum(1 for figure in found.figures if figure.code == "of_year") == 3


@pytest.mark.parametrize(("graduates", "vietnamese", "outcome"), [(10, 5, MET), (10, 4, NOT_MET), (9, 9, NOT_MET)])
def test_row_52_the_unit_of_a_large_enterprise(graduates: int, vietnamese: int, outcome: Outcome) -> None:
    made = large(rd_unit_graduates=graduates, rd_unit_vietnamese=vietnamese)
    assert people(made, Size.LARGE).outcome is outcome


@pytest.mark.parametrize(("vietnamese", "outcome"), [(1, MET), (0, NOT_MET)])
def test_row_53_the_unit_of_a_medium_enterprise(vietnamese: int, outcome: Outcome) -> None:
    assert people(medium(rd_unit_graduates=5, rd_unit_vietnamese=vietnamese), Size.MEDIUM).outcome is outcome
    assert people(medium(rd_unit_graduates=4, rd_unit_vietnamese=4), Size.MEDIUM).outcome is NOT_MET


@pytest.mark.parametrize(
    ("own", "vietnamese", "hired", "outcome"), [(2, 1, 0, MET), (0, 0, 2, MET), (1, 1, 1, NOT_MET), (2, 0, 1, NOT_MET)]
)
def test_row_54_own_people_or_hired_experts(own: int, vietnamese: int, hired: int, outcome: Outcome) -> None:
    made = small(sti_people=own, sti_people_vietnamese=vietnamese, hired_experts=hired)
    assert people(made, Size.SMALL).outcome is outcome


def test_row_55_no_full_financial_year() -> None:
    for told in ((), (Year(2026, False, BN, BN, 900 * M, BN),), None):
        made = small(founded_on=date(2026, 2, 1), years=told)
        for size in Size:
            found = sti_spending(made, size)
            assert found.outcome is NOT_MET
            assert found.least_change == ()
        assert assess(made).verdict is NOT_MET


def test_trap_24_one_figure_of_spending_serves_every_name_of_it() -> None:
    """49 speaks of research, development and innovation, V.2 and V.6 of less: the profile knows one figure."""
    assert [name for name in Year.__dataclass_fields__ if "spending" in name] == ["sti_spending"]


@pytest.mark.parametrize("made", [small(), medium(), large()])
def test_a_profile_at_every_threshold_qualifies(made: Profile) -> None:
    found = assess(made)
    assert found.verdict is MET
    for finding in found.findings:
        for place in finding.basis:
            assert citation(*place.split(":")).verified


def test_an_unknown_figure_matters_only_where_it_could_change_the_verdict() -> None:
    rich = years([10 * BN] * 3, [None, 900 * M, 0])
    assert spending(small(years=rich)) is MET
    assert sti_spending(small(years=years([10 * BN] * 3, [None, 100 * M, 0])), Size.SMALL).missing == (
        "sti_spending:2023",
    )
    assert spending(large(years=years([None] * 3, [200 * BN] * 3)), Size.LARGE) is MET
    assert people(small(hired_experts=None), Size.SMALL).outcome is MET
    assert people(large(rd_unit_graduates=9, rd_unit_vietnamese=None), Size.LARGE).outcome is NOT_MET
    assert people(large(rd_unit_graduates=None, rd_unit_vietnamese=10), Size.LARGE).outcome is MET
    assert find_size(small(insured_workers=201, sector=None, capital=None)).size is Size.LARGE
    assert find_size(small(capital=None)).size is Size.SMALL
    assert find_size(small(sector=None)).size is Size.SMALL
    assert find_size(small(insured_workers=None)).missing == ("insured_workers",)


def test_nothing_told_is_unknown_throughout() -> None:
    found = assess(Profile(AS_OF))
    assert found.verdict is UNKNOWN
    assert {finding.outcome for finding in found.findings} == {UNKNOWN}
    assert all(finding.missing for finding in found.findings)


def test_a_young_enterprise_is_judged_over_its_whole_life() -> None:
    life = (Year(2024, False, BN, BN, 0, 0), Year(2025, True, BN, BN, 50 * M, 0))
    young = small(founded_on=date(2024, 3, 1), years=life)
    assert spending(young) is MET
    running = (*life, Year(2026, None, 10 * BN, 10 * BN, 0, 0))
    assert spending(replace(young, years=running)) is NOT_MET
    assert sti_spending(replace(young, years=life[:1]), Size.SMALL).missing == ("sti_spending:2025", "net_revenue:2025")


@pytest.mark.parametrize(
    ("founded", "young"), [(date(2023, 11, 22), False), (date(2023, 11, 23), True), (date(2023, 1, 1), False)]
)
def test_three_years_are_over_on_the_anniversary(founded: date, young: bool) -> None:
    codes = {figure.code for figure in sti_spending(small(founded_on=founded), Size.SMALL).figures}
    assert ("full_years" in codes) is young


def test_over_a_whole_life_the_billions_are_an_average() -> None:
    rows = (Year(2024, True, 90_000 * BN, 90_000 * BN, 300 * BN, 0), Year(2025, True, 90_000 * BN, 0, 100 * BN, 0))
    young = large(founded_on=date(2024, 1, 1), years=rows)
    assert spending(young, Size.LARGE) is MET
    less = replace(rows[1], sti_spending=100 * BN - 1)
    assert spending(replace(young, years=(rows[0], less)), Size.LARGE) is NOT_MET


def test_without_any_revenue_the_department_decides() -> None:
    assert spending(small(years=years([0, 0, 0], [5 * M] * 3))) is DEPARTMENT
    assert spending(small(years=years([0, 0, 10 * BN], [0, 0, 200 * M]))) is MET


def test_a_result_must_be_in_force_and_carry_a_product() -> None:
    def outcome(**facts: object) -> Outcome:
        return one(assess(small(**facts)).findings, "sti_results").outcome

    lapsed, open_ = Result(ResultKind.SOFTWARE, False), Result(ResultKind.SOFTWARE, None)
    assert outcome(results=(lapsed,)) is NOT_MET
    assert outcome(results=(lapsed, open_)) is UNKNOWN
    assert outcome(results=(lapsed, Result(ResultKind.VARIETY, True))) is MET
    assert outcome(results=None, products=()) is NOT_MET
    assert outcome(products=(Product("", False),)) is MET


@pytest.mark.parametrize(
    ("result", "missing"),
    [(Result(None, True), ("kind",)), (Result(None), ("kind", "in_force")), (Result(ResultKind.DESIGN), ("in_force",))],
)
def test_a_result_of_which_not_everything_is_known_says_what_is_lacking(
    result: Result, missing: tuple[str, ...]
) -> None:
    found = one(assess(small(results=(Result(None, False), result))).findings, "sti_results")
    assert (found.outcome, found.missing) == (UNKNOWN, missing)
    assert one(assess(small(results=(Result(None, False),))).findings, "sti_results").outcome is NOT_MET


def test_only_a_large_enterprise_must_show_an_effect() -> None:
    assert "effect" not in {finding.condition for finding in assess(medium(effects=frozenset())).findings}
    found = one(assess(large(effects=frozenset())).findings, "effect")
    assert found.outcome is NOT_MET
    assert one(assess(large(effects=frozenset({Effect.AWARD}))).findings, "effect").outcome is MET


def test_while_the_size_is_open_only_what_every_size_says_is_certain() -> None:
    found = assess(medium(insured_workers=None, capital=1))
    assert found.size.possible == (Size.MICRO, Size.SMALL, Size.MEDIUM, Size.LARGE)
    effect = one(found.findings, "effect")
    assert (effect.outcome, effect.missing) == (UNKNOWN, ("insured_workers",))
    assert one(found.findings, "sti_spending").basis == ("nd268:49.4.a", "nd268:49.3.a", "nd268:49.2.a")
