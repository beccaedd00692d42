"""What the page shows beside its results: groups with counts, chips of what is chosen, and ways out of an empty answer."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.functional import Promise

from search.addresses import Address
from search.engine import Query, Results, get_engine
from search.facets import LANGUAGE, FacetGroup, all_groups

SHOWN_AT_ONCE = 8
OPEN_GROUPS = 3


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    """A group as a list of choices. A long one shows at once what is chosen and what counts most; the rest unfolds."""

    name: str
    label: str | Promise
    choices: tuple[Choice, ...]
    open: bool

    @cached_property
    def first(self) -> list[Choice]:
        best = sorted(self.choices, key=lambda choice: (not choice.selected, -choice.count))[:SHOWN_AT_ONCE]
        return [choice for choice in self.choices if choice in best]

    @property
    def others(self) -> list[Choice]:
        return [choice for choice in self.choices if choice not in self.first]


@dataclass(frozen=True)
class Chip:
    """A chosen value, and the address without it."""

    group: str | Promise
    label: str
    url: str


@dataclass(frozen=True)
class WayOut:
    """A group whose choice can be dropped, what it was, and what that would bring."""

    group: str | Promise
    labels: tuple[str, ...]
    count: int
    url: str


class Narrowing:
    """Groups, chips and ways out of one answer; each group is asked for its words once."""

    def __init__(self, address: Address, found: Results) -> None:
        self.address = address
        self.found = found
        self.labels = {group.code: self._labels(group) for group in all_groups()}

    def _labels(self, group: FacetGroup) -> dict[str, str]:
        told = [value.value for value in self.found.facets.get(group.code, ())]
        return group.labelled([*told, *self.address.chosen.get(group.code, ())])

    def facets(self) -> list[Facet]:
        """The groups that have something to choose, the first few and those in use open."""
        shown: list[Facet] = []
        for group in all_groups():
            values = {value.value: value for value in self.found.facets.get(group.code, ())}
            labels = self.labels[group.code]
            choices = tuple(
                Choice(code, label, values[code].count, values[code].selected)
                for code, label in labels.items()
                if code in values
            )
            if choices:
                in_use = bool(self.address.chosen.get(group.code))
                shown.append(Facet(group.code, group.label, choices, in_use or len(shown) < OPEN_GROUPS))
        return shown

    def chips(self) -> list[Chip]:
        return [
            Chip(group.label, self.labels[group.code][code], str(self.address.without(group.code, code)))
            for group in all_groups()
            for code in self.address.chosen.get(group.code, ())
        ]

    def ways_out(self) -> list[WayOut]:
        """For an empty answer: each group with a choice that would bring something if it were dropped, the richest first."""
        chosen = [group for group in all_groups() if self.address.chosen.get(group.code)]
        ways = [
            WayOut(
                group.label,
                tuple(self.labels[group.code][code] for code in self.address.chosen[group.code]),
                self.found.without.get(group.code, 0),
                str(self.address.choosing(group.code, ())),
            )
            for group in chosen
            if group is not LANGUAGE
        ]
        return sorted((way for way in ways if way.count), key=lambda way: -way.count)

    @property
    def in_other_languages(self) -> WayOut | None:
        """What the other languages hold, where the language alone keeps it away."""
        count = self.found.without.get(LANGUAGE.code, 0)
        if not count:
            return None
        return WayOut(LANGUAGE.label, (), count, str(self.address.choosing(LANGUAGE.code, LANGUAGE.examples())))


def count_without_filters(query: Query, language: str) -> int:
    """How many there are for the text alone: asked only where dropping one group does not help."""
    plain = replace(query, kinds=(), filters={}, language=language, cursor="", size=0, facets=())
    return get_engine().search(plain).count
