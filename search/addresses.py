"""The address of a search and those one step away from it. A step to another search starts at its first page."""

from collections.abc import Sequence

from django.http import QueryDict

from search.facets import all_groups
from search.parameters import Chosen


class Address:
    """What an address says, as far as it means something; written in one order, so that one search has one address."""

    def __init__(self, text: str, chosen: Chosen, sort: str = "") -> None:
        self.text, self.chosen, self.sort = text, dict(chosen), sort

    def pairs(self, *, leave_out: Sequence[str] = ()) -> list[tuple[str, str]]:
        """Name and value of each parameter, for a form that has to bring them along."""
        groups = [(group.code, code) for group in all_groups() for code in self.chosen.get(group.code, ())]
        given = [("q", self.text), *groups, ("sort", self.sort)]
        return [(name, value) for name, value in given if value and name not in leave_out]

    def __str__(self) -> str:
        return self._written()

    def page_after(self, cursor: str) -> str:
        return self._written(cursor)

    def with_text(self, text: str) -> "Address":
        return Address(text, self.chosen, self.sort)

    def sorted_by(self, sort: str) -> "Address":
        return Address(self.text, self.chosen, sort)

    def choosing(self, group: str, codes: Sequence[str]) -> "Address":
        """With other choices in a group; none: the group narrows no more."""
        return Address(self.text, {**self.chosen, group: tuple(codes)}, self.sort)

    def without(self, group: str, code: str) -> "Address":
        return self.choosing(group, [kept for kept in self.chosen.get(group, ()) if kept != code])

    def without_filters(self) -> "Address":
        return Address(self.text, {}, self.sort)

    def _written(self, cursor: str = "") -> str:
        query = QueryDict(mutable=True)
        for name, value in [*self.pairs(), *([("cursor", cursor)] if cursor else [])]:
            query.appendlist(name, value)
        return f"?{query.urlencode()}"
