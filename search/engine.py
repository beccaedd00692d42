"""What every search engine of the portal can do, whichever it is, and how to get the one in use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

Sort = Literal["relevance", "newest", "name"]
MATCH_LIMIT = 5000  # `ids_matching` stops here; a list this long is not complete


class InvalidParameter(ValueError):
    """A parameter that was refused, and the sentence that says why."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.message = message


@dataclass(frozen=True)
class Query:
    """One question. `filters` holds accepted codes by facet group: OR inside a group, AND across.

    `kinds` and `language` are such groups too. `language` None searches all languages; `at` is the moment whose public entries are searched, now by default;
    `facets` names the groups to count. `size` 0 only counts.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    language: str | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cursor: str = ""
    size: int = 20
    sort: Sort = "relevance"
    facets: tuple[str, ...] = ("kind",)
    at: datetime | None = None

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """All filters by group, the kinds and the language among them."""
        given = {group: tuple(dict.fromkeys(codes)) for group, codes in self.filters.items() if codes}
        given |= {"kind": self.kinds} if self.kinds else {}
        return given | ({"language": (self.language,)} if self.language is not None else {})


@dataclass(frozen=True)
class FacetValue:
    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Hit:
    """One found entry. `snippet` and `title_marked` are safe HTML in which the found words stand in <mark>.

    `place` says where the snippet stands, e.g. on which page of which attachment, and `place_url` leads there; both are empty when it
    stands in the text itself.
    """

    kind: str
    ref: str
    language: str
    url: str
    title: str
    snippet: SafeString
    date: date
    tier: int
    title_marked: SafeString
    place: str = ""
    place_url: str = ""


@dataclass(frozen=True)
class Results:
    """`count` is exact. `before` says how many hits came on earlier pages. `truncated`: only the first words were used."""

    count: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    next_cursor: str
    did_you_mean: str
    engine: str
    took_ms: float
    before: int = 0
    truncated: bool = False


@dataclass(frozen=True)
class Suggestion:
    kind: str
    ref: str
    language: str
    url: str
    title: str
    title_marked: SafeString


@dataclass(frozen=True)
class Status:
    """How far an engine has come: `lag` changes are numbered but not held, `pending` are not even numbered."""

    engine: str
    epoch: str
    held: int
    clock: int
    lag: int
    pending: int
    pending_seconds: float
    entries: int
    last_error: str = ""


class SearchEngine(Protocol):
    name: str

    def search(self, query: Query) -> Results:
        """Answer a query. Only a foreign cursor is refused (InvalidParameter); no text is."""

    def suggest(self, text: str, *, language: str, kinds: tuple[str, ...] = (), limit: int = 8) -> list[Suggestion]:
        """Titles that begin with, or have a word that begins with, what was typed; newest first."""

    def refs(self, query: Query, limit: int = MATCH_LIMIT) -> list[str]:
        """The refs of all matches in the order of the ranking, at most `limit`."""

    def follow(self) -> int:
        """Take over all numbered changes; returns how many."""

    def status(self) -> Status: ...


def in_order(counts: Mapping[str, Mapping[str, int]], query: Query) -> dict[str, tuple[FacetValue, ...]]:
    """The counts of a query's groups, the most frequent value first; a chosen value stands there even without a match."""
    answer = {}
    for group in query.facets:
        chosen = query.groups.get(group, ())
        told = dict.fromkeys(chosen, 0) | dict(counts.get(group, {}))
        ranked = sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))
        answer[group] = tuple(FacetValue(value, n, value in chosen) for value, n in ranked)
    return answer


_ENGINES = {"embedded": "search.embedded.EmbeddedEngine"}


def get_engine() -> SearchEngine:
    """The engine that SEARCH_ENGINE names."""
    return _engine(settings.SEARCH_ENGINE, str(settings.SEARCH_FILE))


@lru_cache(maxsize=8)
def _engine(name: str, path: str) -> SearchEngine:
    if name not in _ENGINES:
        raise ImproperlyConfigured(f"SEARCH_ENGINE={name!r}: chọn một trong {', '.join(_ENGINES)}.")
    engine: SearchEngine = import_string(_ENGINES[name])(path)
    return engine


def ids_matching(text: str, kind: str, language: str | None) -> list[str]:
    """The refs of all entries of a kind that match a text, best first, for a list that filters in its own tables.

    At most MATCH_LIMIT: a list of that length is not complete, and the caller has to say so.
    """
    return get_engine().refs(Query(text=text, kinds=(kind,), language=language))
