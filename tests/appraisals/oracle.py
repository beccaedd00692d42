"""The outcome of a vote said again in another way: with fractions, and by trying every future sheet by sheet."""

from fractions import Fraction

from registry.appraisals.rules import VotingRule


def verdict(rule: VotingRule, votes: list[bool]) -> str:
    if len(votes) < rule.quorum:
        return "no_quorum"
    whole = len(votes) if rule.base == "present" else rule.size
    least = Fraction(rule.numerator, rule.denominator)
    reached = {}
    for side in (True, False):
        share = Fraction(votes.count(side), whole)
        reached[side] = share > least or (share == least and not rule.strictly)
    if reached[True] == reached[False]:
        return "neither"
    return "for" if reached[True] else "against"


def futures(votes: list[bool], waiting: int) -> list[list[bool]]:
    """The votes as they may stand once each of the waiting has said yes, no, or nothing."""
    found = [votes]
    for _ in range(waiting):
        found = [known + more for known in found for more in ([], [True], [False])]
    return found
