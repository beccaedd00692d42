"""The people of science, technology and innovation: point b of Art. 49(2), (3) and (4)."""

from dataclasses import dataclass
from typing import Final

from registry.st_enterprises.findings import UNENDING, Change, Figure, Finding, Outcome, agreed, settled
from registry.st_enterprises.profile import Profile
from registry.st_enterprises.size import Size

CONDITION: Final = "people"


@dataclass(frozen=True, slots=True)
class Staff:
    """At least so many people, of whom so many Vietnamese; `facts` are the names under which they are told."""

    facts: tuple[str, str]
    people: int
    vietnamese: int

    def told(self, profile: Profile) -> tuple[int | None, int | None]:
        return getattr(profile, self.facts[0]), getattr(profile, self.facts[1])

    def reached(self, people: int, vietnamese: int) -> bool:
        return people >= self.people and vietnamese >= self.vietnamese

    def lacking(self, people: int, vietnamese: int) -> tuple[Change, ...]:
        """The fewest people more; as many of them Vietnamese as are lacking."""
        more_vietnamese = max(self.vietnamese - vietnamese, 0)
        more = max(self.people - people, more_vietnamese)
        changes = (Change(self.facts[0], more), Change(self.facts[1], more_vietnamese))
        return tuple(change for change in changes if change.amount > 0)


UNIT: Final = ("rd_unit_graduates", "rd_unit_vietnamese")
UNIT_OF_LARGE: Final = Staff(UNIT, 10, 5)
UNIT_OF_MEDIUM: Final = Staff(UNIT, 5, 1)
STI_PEOPLE: Final = Staff(("sti_people", "sti_people_vietnamese"), 2, 1)
EXPERTS: Final = 2


def people(profile: Profile, size: Size) -> Finding:
    """Large and medium: a research and development unit; small and micro: own people or hired experts."""
    if size is Size.LARGE:
        return _unit(profile, UNIT_OF_LARGE, "nd268:49.2.b")
    if size is Size.MEDIUM:
        return _unit(profile, UNIT_OF_MEDIUM, "nd268:49.3.b")
    return own_or_hired(profile)


def _unit(profile: Profile, least: Staff, basis: str) -> Finding:
    """The unit has so many people with a university degree or higher, of whom so many are Vietnamese."""
    told = least.told(profile)
    outcome = settled(agreed([least.reached(*case)]) for case in _cases(*told))
    return _finding(profile, outcome, basis, least.facts, () if None in told else least.lacking(*_known(told)))


def own_or_hired(profile: Profile) -> Finding:
    """Two people of science, technology and innovation, some of them Vietnamese, or two hired experts (49(4)(b)).

    “Hoặc”: own people and hired experts do not add up.
    """
    own = STI_PEOPLE.told(profile)
    experts = profile.hired_experts
    hired = {(UNENDING if experts is None else experts) >= EXPERTS, (experts or 0) >= EXPERTS}
    outcome = settled(agreed([STI_PEOPLE.reached(*case) or one]) for case in _cases(*own) for one in hired)
    change: tuple[Change, ...] = ()
    if None not in own and experts is not None:
        to_own = STI_PEOPLE.lacking(*_known(own))
        to_hired = (Change("hired_experts", EXPERTS - experts),)
        change = to_own if to_own and to_own[0].amount <= to_hired[0].amount else to_hired
    return _finding(profile, outcome, "nd268:49.4.b", (*STI_PEOPLE.facts, "hired_experts"), change)


def _cases(people: int | None, vietnamese: int | None) -> list[tuple[int, int]]:
    """The fewest and the most that unknown numbers can be: the Vietnamese are among the people."""
    fewest = (vietnamese or 0) if people is None else people
    most = UNENDING if people is None else people
    return [(fewest, vietnamese or 0), (most, most if vietnamese is None else vietnamese)]


def _known(told: tuple[int | None, int | None]) -> tuple[int, int]:
    return told[0] or 0, told[1] or 0


def _finding(
    profile: Profile, outcome: Outcome, basis: str, facts: tuple[str, ...], change: tuple[Change, ...]
) -> Finding:
    values = {fact: getattr(profile, fact) for fact in facts}
    return Finding(
        CONDITION,
        outcome,
        (basis,),
        figures=tuple(Figure(fact, value) for fact, value in values.items() if value is not None),
        missing=tuple(fact for fact, value in values.items() if value is None) if outcome is Outcome.UNKNOWN else (),
        least_change=change if outcome is Outcome.NOT_MET else (),
    )
