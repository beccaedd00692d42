"""Quorum and majority: exact, against an oracle, and each trap by name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.appraisals.rules import Base, Verdict, VotingRule, outcome, problems
from tests.appraisals import oracle


def rule(
    size: int = 5, quorum: int = 4, share: tuple[int, int] = (2, 3), *, strictly: bool = False, base: str = "present"
) -> VotingRule:
    return VotingRule(size, quorum, *share, strictly, Base(base))


@st.composite
def councils(draw: st.DrawFn) -> tuple[VotingRule, list[bool]]:
    size = draw(st.integers(1, 15))
    denominator = draw(st.integers(1, 30))
    numerator = draw(st.integers(-(-denominator // 2), denominator))
    made = rule(
        size,
        draw(st.integers(1, size)),
        (numerator, denominator),
        strictly=draw(st.booleans()) and numerator < denominator,
        base=draw(st.sampled_from(["present", "all"])),
    )
    return made, draw(st.lists(st.booleans(), max_size=size))


@settings(max_examples=500, deadline=None)
@given(councils())
def test_the_same_as_the_oracle(told: tuple[VotingRule, list[bool]]) -> None:
    made, votes = told
    assert problems(made) == {}
    found = outcome(made, votes)
    assert found.verdict == oracle.verdict(made, votes)
    assert found.needed == next(n for n in range(made.size + 2) if made.carries(n, len(votes)))
    assert found.lacking == max(made.quorum - len(votes), 0)
    assert (found.votes_for, found.votes_against) == (votes.count(True), votes.count(False))


@settings(max_examples=100, deadline=None)
@given(councils(), st.integers(0, 4))
def test_settled_means_that_no_sheet_can_change_it(told: tuple[VotingRule, list[bool]], waiting: int) -> None:
    made, votes = told
    waiting = min(waiting, made.size - len(votes))
    verdicts = {oracle.verdict(made, future) for future in oracle.futures(votes, waiting)}
    assert outcome(made, votes, waiting).settled is (len(verdicts) == 1)


@pytest.mark.parametrize(
    ("made", "yes", "no", "verdict"),
    [
        (rule(5, 4, (2, 3)), 3, 0, Verdict.NO_QUORUM),
        (rule(5, 4, (2, 3)), 3, 1, Verdict.FOR),  # 3/4
        (rule(6, 6, (2, 3)), 4, 2, Verdict.FOR),  # exactly two thirds
        (rule(6, 6, (2, 3), strictly=True), 4, 2, Verdict.NEITHER),
        (rule(9, 6, (2, 3), base="all"), 5, 1, Verdict.NEITHER),  # five of nine, though five of six came
        (rule(9, 6, (2, 3), base="all"), 6, 0, Verdict.FOR),
        (rule(4, 4, (1, 2)), 2, 2, Verdict.NEITHER),  # both have the half
        (rule(4, 4, (1, 2), strictly=True), 2, 2, Verdict.NEITHER),
        (rule(5, 5, (1, 2), strictly=True), 2, 3, Verdict.AGAINST),
        (rule(3, 1, (1, 1)), 1, 0, Verdict.FOR),
        (rule(3, 3, (1, 1)), 2, 1, Verdict.NEITHER),
    ],
)
def test_on_the_edge(made: VotingRule, yes: int, no: int, verdict: Verdict) -> None:
    assert outcome(made, [True] * yes + [False] * no).verdict == verdict


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (rule(0, 1), "size"),
        (rule(5, 0), "quorum"),
        (rule(5, 6), "quorum"),
        (rule(share=(0, 3)), "numerator"),
        (rule(share=(4, 3)), "numerator"),
        (rule(share=(1, 3)), "numerator"),
        (rule(share=(1, 0)), "numerator"),
        (rule(share=(1, 1), strictly=True), "strictly"),
    ],
)
def test_what_cannot_be_meant_is_told(made: VotingRule, field: str) -> None:
    assert field in problems(made)
