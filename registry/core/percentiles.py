"""Which value of a list stands at a given part of it. Exact: no floats, no value that nobody had."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

MEDIAN: Final = Fraction(1, 2)
NINE_IN_TEN: Final = Fraction(9, 10)


def nearest_rank(values: Iterable[int], part: Fraction) -> int:
    """The nearest-rank percentile: the smallest value such that at least `part` of all values are no greater.

    With n values in order it is the ⌈part · n⌉-th. It is always one of the values; the median of an even number is
    therefore the lower of the two in the middle. Raises ValueError without values, or for a part not in (0, 1].
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    if not 0 < part <= 1:
        raise ValueError(f"{part} is not a part of a whole")
    rank = -(-part.numerator * len(ordered) // part.denominator)
    return ordered[rank - 1]
