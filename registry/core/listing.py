"""A filtered public list: the values that one can choose, and the addresses that ask for more or for less."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from registry.core import export

FIRST_CHOICES = 8
PAGE_SIZE = 20
DOWNLOADS = (
    ("xlsx", "file-spreadsheet", "Excel (XLSX)"),
    ("csv", "file-text", "CSV"),
    ("jsonl", "braces", "JSON Lines"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, its label, how many would match, whether it is chosen."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def first(self) -> list[Choice]:
        """What shows at once: all of a short list; of a long one what is chosen and what counts most, in its own order."""
        best = sorted(self.choices, key=lambda choice: (not choice.selected, -choice.count))[:FIRST_CHOICES]
        return [choice for choice in self.choices if choice in best]

    @property
    def others(self) -> list[Choice]:
        """What unfolds."""
        first = self.first
        return [choice for choice in self.choices if choice not in first]


@dataclass(frozen=True, slots=True)
class Tag:
    """A chosen filter, and the address without it."""

    label: str
    url: str


class ListAddress:
    """What the address of a list asks. `url` is the list without a question, `parameters` what it understands."""

    def __init__(self, query: QueryDict, url: str, parameters: Collection[str]) -> None:
        self.query, self.url = query, url
        self.known = {*parameters, "page", "format"}

    def without(self, name: str, value: str = "") -> str:
        """The address without one chosen value (or without the whole parameter)."""
        rest = self.query.copy()
        rest.setlist(name, [one for one in rest.getlist(name) if value and one != value])
        rest.pop("page", None)
        text = rest.urlencode()
        return f"{self.url}?{text}" if text else self.url

    def complaints(self, form: Any) -> list[tuple[str, str, str]]:
        """What is not understood: (name of the filter as the page calls it, sentence, address without it)."""
        unknown = [
            (name[:40], str(_("Danh bạ không có bộ lọc này.")), self.without(name))
            for name in self.query
            if name not in self.known
        ]
        wrong = [
            (str(form.fields[name].label), str(errors[0]), self.without(name)) for name, errors in form.errors.items()
        ]
        if self.query.get("format", "") not in ("", *export.FORMATS):
            wrong.append(("format", str(_("Tải về được ba dạng: csv, xlsx, jsonl.")), self.without("format")))
        return unknown + wrong

    def status(self, complaints: Collection[Any]) -> int:
        """A person reads on the page what is wrong; who asked for a table, often a program, is refused."""
        return 400 if complaints and self.query.get("format") else 200

    def tags(self, facets: Iterable[Facet], text: str) -> list[Tag]:
        """What is chosen, each with the address without it."""
        chosen = [(facet.name, choice) for facet in facets for choice in facet.choices if choice.selected]
        tags = [Tag(choice.label, self.without(name, choice.value)) for name, choice in chosen]
        return [Tag(f"“{text}”", self.without("q")), *tags] if text else tags

    def downloads(self) -> list[tuple[str, str, str]]:
        """(address, icon, label) of the whole result in each format."""
        plain = self.query.copy()
        plain.pop("page", None)
        found = []
        for code, icon, label in DOWNLOADS:
            plain["format"] = code
            found.append((f"?{plain.urlencode()}", icon, label))
        return found


class Listing(Protocol):
    """What a register's list can be asked: how many, a page of them (from 1), its facets, and what was asked of it."""

    text: str
    as_of: date | None

    def count(self) -> int: ...
    def page(self, number: int, size: int) -> list[Any]: ...
    def facets(self) -> list[Facet]: ...


class _Counted(Paginator):
    """Pages of a `Listing`: counts once, fetches one page."""

    def __init__(self, listing: Listing) -> None:
        super().__init__([], PAGE_SIZE)
        self.listing = listing
        self.__dict__["count"] = listing.count()

    def page(self, number: Any) -> Any:
        number = self.validate_number(number)
        return Page(self.listing.page(number, self.per_page), number, self)


def page_of(number: str, listing: Listing) -> tuple[Page | None, str]:
    """The page that the address names, or why there is none."""
    pages = _Counted(listing)
    try:
        return pages.page(number), ""
    except PageNotAnInteger:
        return None, _("Số trang “%(given)s” không đúng.") % {"given": number[:12]}
    except EmptyPage:
        facts = {"given": number[:12], "last": pages.num_pages}
        return None, _("Không có trang %(given)s; danh sách này có %(last)s trang.") % facts


def shown(address: ListAddress, listing: Listing, page: Page) -> dict[str, Any]:
    """What the template of a list needs beside its own words."""
    facets = listing.facets()
    tags = address.tags(facets, listing.text)
    return {
        "page": page,
        "count": page.paginator.count,
        "rows": page.object_list,
        "facets": facets,
        "tags": tags,
        "as_of": listing.as_of,
        "today_url": address.without("as_of"),
        "downloads": address.downloads(),
        "narrowed": bool(tags or listing.as_of),
        "help": tags if len(tags) > 1 and page.paginator.count == 0 else [],
    }
