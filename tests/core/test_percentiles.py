from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.core.percentiles import MEDIAN, NINE_IN_TEN, nearest_rank

VALUES = st.lists(st.integers(0, 400), min_size=1, max_size=60)
PARTS = st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=100)


@given(VALUES, PARTS)
def test_it_is_the_smallest_value_that_enough_others_do_not_exceed(values: list[int], part: Fraction) -> None:
    """Against the definition, read naively."""
    enough = [v for v in values if Fraction(sum(other <= v for other in values), len(values)) >= part]
    assert nearest_rank(values, part) == min(enough)


@given(VALUES)
def test_order_does_not_matter_and_parts_do(values: list[int]) -> None:
    assert nearest_rank(values, MEDIAN) == nearest_rank(reversed(values), MEDIAN)
    assert min(values) <= nearest_rank(values, MEDIAN) <= nearest_rank(values, NINE_IN_TEN) <= max(values)
    assert nearest_rank(values, Fraction(1)) == max(values)


def test_known_figures() -> None:
    assert nearest_rank([15, 20, 35, 40, 50], Fraction(30, 100)) == 20
    assert nearest_rank([1, 2, 3, 4], MEDIAN) == 2
    assert nearest_rank(range(1, 11), NINE_IN_TEN) == 9


@pytest.mark.parametrize(("values", "part"), [([], MEDIAN), ([1], Fraction(0)), ([1], Fraction(3, 2))])
def test_nothing_has_no_percentile(values: list[int], part: Fraction) -> None:
    with pytest.raises(ValueError, match="values|part"):
        nearest_rank(values, part)
