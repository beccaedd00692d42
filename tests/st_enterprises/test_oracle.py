"""The rules against the slow oracle, over profiles from a seed. PROFILES can be raised for a longer look."""

from random import Random

from registry.st_enterprises.conditions import assess
from registry.st_enterprises.findings import Outcome, applied
from tests.st_enterprises import oracle
from tests.st_enterprises.factories import one
from tests.st_enterprises.generating import profile, with_one_fact_more

PROFILES = 15_000
SEED = 49


def test_the_rules_say_what_the_oracle_says() -> None:
    random = Random(SEED)
    different = []
    for _ in range(PROFILES):
        made = profile(random)
        found = assess(made)
        said = (
            [size.code for size in found.size.possible],
            found.verdict.value,
            {finding.condition: finding.outcome.value for finding in found.findings},
        )
        expected = oracle.assess(made)
        if said != expected:
            different.append((made, said, expected))
    assert not different, f"{len(different)} of {PROFILES}, the first: {different[0]}"


def test_a_new_fact_never_turns_a_definite_verdict_into_unknown() -> None:
    random = Random(SEED + 1)
    for _ in range(PROFILES // 2):
        made = profile(random)
        before, more = assess(made), with_one_fact_more(made, random)
        after = assess(more)
        assert before.verdict is Outcome.UNKNOWN or after.verdict is not Outcome.UNKNOWN, (made, more)
        known = {finding.condition: finding.outcome for finding in after.findings}
        for finding in before.findings:
            if finding.outcome is not Outcome.UNKNOWN:
                assert known.get(finding.condition) is not Outcome.UNKNOWN, (finding.condition, made, more)


def test_the_least_change_meets_the_condition() -> None:
    random = Random(SEED + 2)
    seen = 0
    for _ in range(PROFILES // 4):
        made = profile(random)
        found = assess(made)
        for finding in found.findings:
            if not finding.least_change:
                continue
            seen += 1
            assert finding.outcome in (Outcome.NOT_MET, Outcome.DEPARTMENT)
            assert all(change.amount > 0 for change in finding.least_change), (made, finding)
            after = one(assess(applied(made, finding.least_change)).findings, finding.condition)
            assert after.outcome is Outcome.MET, (made, finding, after)
            for number, change in enumerate(finding.least_change):
                less = [*finding.least_change]
                less[number] = type(change)(change.fact, change.amount - 1, change.year)
                if change.fact in ("sti_spending", "sti_product_revenue"):
                    short = one(assess(applied(made, less)).findings, finding.condition)
                    assert short.outcome is not Outcome.MET, (made, finding)
    assert seen > 1000
