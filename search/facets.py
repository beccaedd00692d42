"""The groups by which a search is narrowed. The wiring fills this; the search itself knows only kind and language.

Entries bring codes (`Entry.facets`). A group says which codes mean something, what they are called, and in what order they stand.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search import kinds

Words = Callable[[Collection[str]], Mapping[str, str]]
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class FacetGroup:
    """`words`: given codes → what they are called in the language that is on, in the order of the list; a code that it leaves out
    means nothing. `examples`: codes for a sentence that helps and for the API's documents.
    """

    code: str
    label: str | Promise
    words: Words
    examples: Callable[[], Sequence[str]]

    def labelled(self, codes: Collection[str]) -> dict[str, str]:
        """Every code with its label; one that has lost its meaning since it was indexed is called by its code."""
        known = dict(self.words(codes)) if codes else {}
        return known | {code: code for code in codes if code not in known}


_groups: dict[str, FacetGroup] = {}


def register_facet(code: str, label: str | Promise, words: Words, examples: Sequence[str]) -> None:
    """Name a group; the order of the calls is the order on the page, between kind and language."""
    _groups[code] = FacetGroup(code, label, words, lambda: examples)


def register_choices(code: str, label: str | Promise, choices: Iterable[tuple[str, str | Promise]]) -> None:
    """A group whose codes are the choices of a field, in their order."""
    listed = list(choices)

    def words(codes: Collection[str]) -> dict[str, str]:
        return {value: str(word) for value, word in listed if value in codes}

    register_facet(code, label, words, [value for value, _word in listed])


def all_groups() -> list[FacetGroup]:
    return [KIND, *_groups.values(), LANGUAGE]


def years(codes: Collection[str]) -> dict[str, str]:
    """Calendar years, the last one first."""
    return {code: code for code in sorted(codes, reverse=True) if _is_year(code)}


def _is_year(code: str) -> bool:
    return len(code) == 4 and code.isascii() and code.isdigit() and FIRST_YEAR <= int(code) <= LAST_YEAR


KIND = FacetGroup(
    "kind",
    _("Loại"),
    lambda codes: {kind.code: str(kind.label) for kind in kinds.all_kinds() if kind.code in codes},
    lambda: [kind.code for kind in kinds.all_kinds()],
)
LANGUAGE = FacetGroup(
    "language",
    _("Ngôn ngữ"),
    lambda codes: {code: str(name) for code, name in settings.LANGUAGES if code in codes},
    lambda: [code for code, _name in settings.LANGUAGES],
)
