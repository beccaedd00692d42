"""“Would we qualify?”: every condition of Art. 49 of Decree 268/2025 for the certificate of an S&T enterprise."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from registry.st_enterprises.findings import Change, Figure, Finding, Outcome, settled
from registry.st_enterprises.people import people
from registry.st_enterprises.products import effect, sti_products
from registry.st_enterprises.profile import Profile
from registry.st_enterprises.size import Size, SizeFinding, find_size
from registry.st_enterprises.spending import sti_spending

IN_FORCE_FROM: Final = date(2025, 10, 14)
"""The day from which Art. 49 is law (Art. 69)."""

EDITION: Final = "nd268/2025-10-14/2"
"""Of these rules: the act, the day from which it holds, and a number that grows whenever the same act is read otherwise here.

An answer that was kept under another edition is looked at again, and whose answer it changed is told (`registry.goals`).
"""

REGIMES: Final = {
    Size.MICRO: "nd268:49.4",
    Size.SMALL: "nd268:49.4",
    Size.MEDIUM: "nd268:49.3",
    Size.LARGE: "nd268:49.2",
}
"""The clause that holds for a size; small and micro share one."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """`findings` in the order of the article: general conditions, then those of the size, or of the sizes left open."""

    size: SizeFinding
    verdict: Outcome
    findings: tuple[Finding, ...]


def assess(profile: Profile) -> Assessment:
    """Every condition by itself, and all of them together. An unknown fact matters only where it could change the verdict.

    While several sizes are possible, the verdict is certain only if it is the same for each. The running year of a young
    enterprise (`period_of`) counts once nothing else is open, so that telling it never makes unknown what was certain.
    """
    size = find_size(profile)
    found = _assessed(profile.without_running_year(), size)
    is_open = len({REGIMES[possible] for possible in size.possible}) > 1
    if is_open or any(finding.outcome is Outcome.UNKNOWN for finding in found.findings):
        return found
    return _assessed(profile, size)


def _assessed(profile: Profile, size: SizeFinding) -> Assessment:
    general = [enterprise(profile), sti_results(profile)]
    by_clause = {REGIMES[possible]: for_size(profile, possible) for possible in size.possible}
    verdict = settled(all_of([*general, *own]) for own in by_clause.values())
    return Assessment(size, verdict, (*general, *together(list(by_clause.values()), size)))


def enterprise(profile: Profile) -> Finding:
    """Founded and operating under the Law on Enterprises (49(1)(a)); told by the day on which it was founded."""
    basis = ("nd268:49.1.a",)
    if profile.founded_on is None:
        return Finding("enterprise", Outcome.UNKNOWN, basis, missing=("founded_on",))
    return Finding("enterprise", Outcome.MET if profile.founded_on <= profile.as_of else Outcome.NOT_MET, basis)


def sti_results(profile: Profile) -> Finding:
    """Makes a product from a result of the listed kinds that is protected, registered, accepted or recognised (49(1)(b)).

    The result is owned or lawfully used; a registration or protection that is no longer in force does not count.
    """
    basis = ("nd268:49.1.b",)
    results, products = profile.results, profile.products
    in_force = sum(1 for result in results or () if result.counts)
    undecided = [result for result in results or () if result.counts is None]
    open_results = results is None or bool(undecided)
    figures = tuple(
        Figure(code, number)
        for code, told, number in (
            ("results_in_force", results, in_force),
            ("products", products, len(products or ())),
        )
        if told is not None
    )
    lacks_result, lacks_product = not in_force, not products
    if (lacks_result and not open_results) or (lacks_product and products is not None):
        certain = not (lacks_result and open_results) and not (lacks_product and products is None)
        change = [Change("results", 1)] * lacks_result + [Change("products", 1)] * lacks_product if certain else []
        return Finding("sti_results", Outcome.NOT_MET, basis, figures, least_change=tuple(change))
    missing = []
    if lacks_result and results is None:
        missing.append("results")
    elif lacks_result:
        told = ("kind", "in_force")
        missing += [fact for fact in told if any(getattr(result, fact) is None for result in undecided)]
    if lacks_product:
        missing.append("products")
    return Finding("sti_results", Outcome.UNKNOWN if missing else Outcome.MET, basis, figures, tuple(missing))


def for_size(profile: Profile, size: Size) -> list[Finding]:
    """The conditions of 49(2), (3) or (4)."""
    found = [sti_spending(profile, size), people(profile, size), sti_products(profile, size)]
    return [*found, effect(profile)] if size is Size.LARGE else found


def all_of(findings: Sequence[Finding]) -> Outcome:
    """One that is not met decides; then what is unknown; then what the department decides."""
    outcomes = {finding.outcome for finding in findings}
    for decisive in (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.DEPARTMENT):
        if decisive in outcomes:
            return decisive
    return Outcome.MET


def together(clauses: Sequence[Sequence[Finding]], size: SizeFinding) -> list[Finding]:
    """The findings of the clauses that may hold, those of the same condition as one."""
    if len(clauses) == 1:
        return list(clauses[0])
    same: dict[str, list[Finding]] = {}
    for findings in clauses:
        for finding in findings:
            same.setdefault(finding.condition, []).append(finding)
    return [_joined(findings, len(clauses), size) for findings in same.values()]


def _joined(findings: Sequence[Finding], clauses: int, size: SizeFinding) -> Finding:
    """Certain where every clause says the same; a condition that only some clauses have holds where it is met."""
    outcomes = [finding.outcome for finding in findings] + [Outcome.MET] * (clauses - len(findings))
    outcome = settled(outcomes)
    missing = [*size.missing, *(fact for finding in findings for fact in finding.missing)]
    changes = {finding.least_change for finding in findings}
    return replace(
        findings[0],
        outcome=outcome,
        basis=tuple(dict.fromkeys(place for finding in findings for place in finding.basis)),
        figures=tuple(dict.fromkeys(figure for finding in findings for figure in finding.figures)),
        missing=tuple(dict.fromkeys(missing)) if outcome is Outcome.UNKNOWN else (),
        least_change=findings[0].least_change if outcome is not Outcome.UNKNOWN and len(changes) == 1 else (),
    )
