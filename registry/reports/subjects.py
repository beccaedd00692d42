"""What can be reported: the rooms whose records are public lend a way to find one. The wiring says which."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class Subject:
    """A public record as a report is about it: its name in events (`startups.startup:12`), its title and its address."""

    name: str
    title: str
    url: str


Finder = Callable[[HttpRequest, str], Subject | HttpResponse]


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of public record.

    `find(request, segment)` gives the record at that segment of an address, or the answer that stands in its place (who
    took it down and when); it raises Http404 where there never was one. `answered_by` are the roles that answer its
    reports. `workplace(name)` is the staff page where the record is mended, "" where there is none.
    """

    code: str
    label: str
    find: Finder
    answered_by: frozenset[str]
    workplace: Callable[[str], str]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Registering a code again takes the place of what it was."""
    _kinds[kind.code] = kind


def get(code: str) -> Kind:
    return _kinds[code]


def every() -> list[Kind]:
    return list(_kinds.values())
