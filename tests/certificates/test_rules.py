"""What holds of a certificate on a day, and how its number is compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.certificates.rules import Reviews, notice, number_key, reviews, status_on, years_on

ISSUED, ENDED = date(2026, 3, 12), date(2026, 10, 2)


@pytest.mark.parametrize(
    ("day", "ended_on", "status"),
    [
        (date(2026, 3, 11), None, "unknown"),
        (ISSUED, None, "valid"),
        (date(2026, 10, 1), ENDED, "valid"),
        (ENDED, ENDED, "cancelled"),
        (date(2040, 1, 1), ENDED, "cancelled"),
        (date(2040, 1, 1), None, "valid"),  # no expiry: domain §11, trap 6
    ],
)
def test_status(day: date, ended_on: date | None, status: str) -> None:
    assert status_on(day, first_issued_on=ISSUED, ended_on=ended_on, ended_as="cancelled") == status


@pytest.mark.parametrize(
    "typed",
    ["45/ĐK-DNKHCN", " 45 / đk - dnkhcn ", "045/ĐK–DNKHCN", "45 dk dnkhcn", "45.ĐK.DNKHCN"],
)
def test_a_number_typed_in_any_usual_way(typed: str) -> None:
    assert number_key(typed) == number_key("45/ĐK-DNKHCN")


@pytest.mark.parametrize("typed", ["450/ĐK-DNKHCN", "4-5/ĐK-DNKHCN", "45/DNKHCN", "", "/", "0"])
def test_another_number(typed: str) -> None:
    assert number_key(typed) != number_key("45/ĐK-DNKHCN")


@given(st.text(max_size=80))
def test_any_text_has_one_key(typed: str) -> None:
    assert number_key(number_key(typed)) == number_key(typed)


def test_a_notice_is_shown_for_thirty_days_after_the_day_of_the_decision() -> None:
    assert notice(date(2026, 10, 2), date(2026, 10, 2)).until == date(2026, 11, 1)
    assert notice(date(2026, 10, 2), date(2026, 10, 2)).shortfall == 0


def test_a_notice_that_comes_late_says_by_how_many_days_and_its_end_stays() -> None:
    """Row 17 of the worked dates: decided 01/03/2027, first shown 05/03."""
    late = notice(date(2027, 3, 1), date(2027, 3, 5))
    assert (late.shown_from, late.until, late.shortfall) == (date(2027, 3, 5), date(2027, 3, 31), 4)
    missed = notice(date(2027, 3, 1), date(2027, 5, 5))
    assert (missed.shown_from, missed.until, missed.shortfall) == (date(2027, 5, 5), date(2027, 5, 5), 65)


def test_the_review_comes_every_three_years_from_the_grant() -> None:
    first, second, third = date(2029, 3, 12), date(2032, 3, 12), date(2035, 3, 12)
    assert reviews(ISSUED, []) == Reviews((), first)
    late = date(2029, 6, 1)
    assert reviews(ISSUED, [late]) == Reviews(((first, 0),), second)
    assert reviews(ISSUED, [late, late, date(2030, 1, 5)]) == Reviews(((first, 0),), second), "a correction skips none"
    assert reviews(ISSUED, [date(2026, 9, 1)]) == Reviews((), first), "nearer to the grant than to the review"
    early, again = date(2028, 1, 5), date(2028, 6, 4)
    assert reviews(ISSUED, [early, again, date(2032, 3, 1)]) == Reviews(((first, 0), (second, 2)), third)
    assert reviews(ISSUED, [date(2033, 1, 5)]) == Reviews(((first, 0), (second, 0)), third), "two terms were missed"
    assert years_on(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert years_on(date(2024, 2, 29), 4) == date(2028, 2, 29)
