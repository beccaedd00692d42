"""A filtered public list: the values that one can choose, and the addresses that ask for more or for less."""

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db import connection
from django.db.models import CharField, Count, Min, QuerySet, TextChoices, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
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


def counted(parts: Mapping[str, tuple[QuerySet[Any], str]]) -> dict[str, Counter[str]]:
    """How many rows have each value of a column, by part: name → (rows, column). Rows with none or "" are left out.

    One question to the database. A value is the smallest of its group, as text: so it is grouped by the bare column, which an
    index holds in order.
    """
    asked = [
        (rows.filter(**{f"{column}__isnull": False}) if "__" in column else rows)
        .order_by()
        .values(column)
        .annotate(part=Value(name), value=Cast(Min(column), CharField()), n=Count("pk"))
        .values_list("part", "value", "n")
        for name, (rows, column) in parts.items()
    ]
    found: dict[str, Counter[str]] = {name: Counter() for name in parts}
    for name, value, n in asked[0].union(*asked[1:], all=True):
        if value:
            found[name][value] = n
    return found


def among(texts: Collection[str]) -> RawSQL | list[str]:
    """For `__in`: thousands of texts, named by several parts of one question.

    SQLite counts its parameters, so there they are one value; PostgreSQL plans a plain list better than the rows of a function.
    """
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(texts))])  # noqa: S611 (the texts are a value)
    return list(texts)


class Listing(ABC):
    """A register's public list, narrowed by what is chosen: lazy, so that a page pays only for what it shows.

    A register names its facets (`groups`) and whose choices label them (`kinds`); `base` are its rows of the day, already
    narrowed by the text, and `filters` is its bound, valid filter set. Counts of a facet leave out its own choice.
    """

    groups: ClassVar[tuple[str, ...]]
    kinds: ClassVar[Mapping[str, type[TextChoices]]]

    def __init__(self, filters: Any, base: QuerySet[Any]) -> None:
        self.chosen: Mapping[str, Any] = filters.form.cleaned_data
        self.as_of: date | None = self.chosen.get("as_of")
        self.text: str = self.chosen.get("q") or ""
        self._filters, self._base = filters, base

    def _by(self, *groups: str) -> QuerySet[Any]:
        """The base, narrowed by what is chosen in these groups."""
        rows = self._base
        for name in groups:
            if value := self.chosen.get(name):
                rows = self._filters.filters[name].filter(rows, value)
        return rows

    def _others(self, name: str) -> QuerySet[Any]:
        """The rows whatever is chosen in this group."""
        return self._by(*(group for group in self.groups if group != name))

    def _wanted(self, name: str) -> set[str]:
        return {str(value) for value in self.chosen.get(name) or ()}

    @property
    def rows(self) -> QuerySet[Any]:
        return self._by(*self.groups)

    @cached_property
    def _count(self) -> int:
        return self.rows.order_by().count()

    def count(self) -> int:
        return self._count

    @abstractmethod
    def page(self, number: int, size: int) -> list[Any]:
        """Page `number` from 1."""

    def _column(self, name: str) -> str:
        """What a facet counts."""
        return str(self._filters.filters[name].field_name)

    def _counts(self) -> dict[str, Counter[str]]:
        parts = {name: (self._others(name), self._column(name)) for name in self.groups}
        return counted(parts)

    def facets(self) -> list[Facet]:
        counts = self._counts()
        return [self._facet(name, counts[name]) for name in self.groups]

    def _facet(self, name: str, counts: Counter[str]) -> Facet:
        chosen = self._wanted(name)
        labels = self._labels(name, set(counts) | chosen)
        choices = tuple(Choice(value, label, counts[value], value in chosen) for value, label in labels)
        return Facet(name, str(self._filters.form.fields[name].label), choices)

    def _labels(self, name: str, values: Collection[str]) -> list[tuple[str, str]]:
        """(value, label) of these values in the order of the facet: as its class has them, years from the last one."""
        if name not in self.kinds:
            return [(value, value) for value in sorted(values, reverse=True)]
        return [(value, str(label)) for value, label in self.kinds[name].choices if value in values]


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
