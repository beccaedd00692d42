"""The kinds of things that are found, with their labels and icons: the wiring fills this, the search knows none by itself."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    code: str
    label: str | Promise
    icon: str


_kinds: dict[str, Kind] = {}


def register_kind(code: str, label: str | Promise, icon: str) -> None:
    """Name a kind; the order of the calls is the order of the tabs."""
    _kinds[code] = Kind(code, label, icon)


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def kind_named(code: str) -> Kind:
    """The kind of a code; one that nobody registered is called by its code."""
    return _kinds.get(code) or Kind(code, code, "file-text")
