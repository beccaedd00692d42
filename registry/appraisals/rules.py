"""What the votes of a council come to, by the numbers of the decision that set it up. Whole numbers only: nothing is rounded.

Art. 51(3) and 53(4) of Decree 268/2025 fix neither size nor quorum nor majority, so no number stands here. Present is
whoever handed in a sheet that counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Base(StrEnum):
    """Of what the majority is a share."""

    PRESENT = "present"
    ALL = "all"


class Verdict(StrEnum):
    """NO_QUORUM: too few sheets. NEITHER: neither side has the majority, or both have it (a tie where half suffices)."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True, slots=True)
class VotingRule:
    """The numbers of the decision: how many vote, how many sheets make a quorum, which share of `base` carries.

    `strictly`: more than `numerator`/`denominator`; else that share suffices.
    """

    size: int
    quorum: int
    numerator: int
    denominator: int
    strictly: bool
    base: Base

    def whole(self, present: int) -> int:
        return present if self.base == Base.PRESENT else self.size

    def carries(self, votes: int, present: int) -> bool:
        have, need = votes * self.denominator, self.whole(present) * self.numerator
        return have > need if self.strictly else have >= need

    def needed(self, present: int) -> int:
        """The fewest votes that carry while so many are present."""
        share, rest = divmod(self.whole(present) * self.numerator, self.denominator)
        return share + 1 if self.strictly or rest else share


def problems(rule: VotingRule) -> dict[str, str]:
    """What cannot be meant, by the name of the number."""
    found = {}
    if rule.size < 1:
        found["size"] = "Hội đồng có ít nhất một người bỏ phiếu."
    if not 1 <= rule.quorum <= max(rule.size, 1):
        found["quorum"] = "Số phiếu tối thiểu từ 1 đến số người bỏ phiếu."
    if rule.denominator < 1 or not 1 <= rule.numerator <= rule.denominator:
        found["numerator"] = "Tỷ lệ là một phân số không quá 1, ví dụ 1/2, 2/3, 3/4."
    elif rule.numerator * 2 < rule.denominator:
        found["numerator"] = "Dưới một nửa thì không phải đa số: hai kết luận trái nhau có thể cùng đạt."
    elif rule.strictly and rule.numerator == rule.denominator:
        found["strictly"] = "Không thể “trên” toàn bộ. Chọn “từ tỷ lệ này trở lên”."
    return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it stands. `needed` votes carry with those present now; `lacking` sheets are missing for a quorum.

    `settled`: whatever the `waiting` sheets say, the verdict stays.
    """

    verdict: Verdict
    votes_for: int
    votes_against: int
    waiting: int
    needed: int
    lacking: int
    settled: bool

    @property
    def present(self) -> int:
        return self.votes_for + self.votes_against


def outcome(rule: VotingRule, votes: Iterable[bool], waiting: int = 0) -> Outcome:
    """`votes`: each sheet that counts, true for “đủ điều kiện” (for a council of advice: it agrees with the proposal)."""
    given = list(votes)
    yes = sum(given)
    no = len(given) - yes
    verdict = _verdict(rule, yes, no)
    return Outcome(
        verdict,
        yes,
        no,
        waiting,
        rule.needed(yes + no),
        max(rule.quorum - yes - no, 0),
        all(_verdict(rule, yes + more_yes, no + more_no) == verdict for more_yes, more_no in _futures(waiting)),
    )


def _futures(waiting: int) -> Iterator[tuple[int, int]]:
    return ((yes, no) for yes in range(waiting + 1) for no in range(waiting + 1 - yes))


def _verdict(rule: VotingRule, yes: int, no: int) -> Verdict:
    present = yes + no
    if present < rule.quorum:
        return Verdict.NO_QUORUM
    carried, rejected = rule.carries(yes, present), rule.carries(no, present)
    if carried == rejected:
        return Verdict.NEITHER
    return Verdict.FOR if carried else Verdict.AGAINST
