"""What every search engine of the portal can do, whichever it is, and how to get the one in use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from search.models import SearchEntry
from search.plan import Plan

Progress = Callable[[int, int], object]  # done, of how many
Sort = Literal["relevance", "newest", "name"]
MATCH_LIMIT = 5000  # `ids_matching` stops here; a list this long is not complete


class InvalidParameter(ValueError):
    """A parameter that was refused, and the sentence that says why."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.message = message


class Unavailable(RuntimeError):
    """The engine cannot answer or follow now. The message is for staff."""


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
class Counts:
    """`total` matches meet every choice, `spoken` the language alone; `groups`: value → count by group.

    `without`: how many meet every choice but that of one group.
    """

    total: int
    spoken: int
    groups: dict[str, dict[str, int]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """`count` is exact. `before` says how many hits came on earlier pages. `truncated`: only the first words were used.

    `without` says for each counted group with a choice how many there would be if that choice alone were dropped.
    `plan` is the query as it was read in the end.
    """

    count: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    next_cursor: str
    did_you_mean: str
    engine: str
    took_ms: float
    before: int = 0
    truncated: bool = False
    without: Mapping[str, int] = field(default_factory=dict)
    plan: Plan = Plan()


@dataclass(frozen=True)
class Suggestion:
    """An entry whose title or number begins with what was typed; `number` is the one that does, as it is written."""

    kind: str
    ref: str
    language: str
    url: str
    title: str
    title_marked: SafeString
    number: str = ""


@dataclass(frozen=True)
class Aside:
    """An entry that an engine cannot hold, and why; it is tried again with its next change."""

    kind: str
    ref: str
    language: str
    reason: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Differences:
    """Ids of entries that an engine lacks, holds without reason, or holds as they were. All empty: the two sides are equal."""

    missing: tuple[int, ...]
    extra: tuple[int, ...]
    stale: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.stale)

    @classmethod
    def between(cls, held: Mapping[int, int]) -> "Differences":
        """`held`: number by entry, of an engine that has just followed."""
        table = dict(SearchEntry.objects.filter(deleted=False, seq__isnull=False).values_list("pk", "seq"))
        return cls(
            missing=tuple(sorted(table.keys() - held.keys())),
            extra=tuple(sorted(held.keys() - table.keys())),
            stale=tuple(sorted(pk for pk, seq in held.items() if table.get(pk, seq) != seq)),
        )


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
    set_aside: tuple[Aside, ...] = ()
    last_error: str = ""
    answers: bool = True


class SearchEngine(Protocol):
    name: str

    def search(self, query: Query) -> Results:
        """Answer a query. Only a foreign cursor is refused (InvalidParameter); no text is."""

    def suggest(self, text: str, *, language: str, kinds: tuple[str, ...] = (), limit: int = 8) -> list[Suggestion]:
        """What was typed is the beginning 1. of a number of the entry, 2. of its title, 3. or its words stand in the title and the
        last of them goes on. In this order, newest first inside each.
        """

    def refs(self, query: Query, limit: int = MATCH_LIMIT) -> list[str]:
        """The refs of all matches in the order of the ranking, at most `limit`."""

    def follow(self) -> int:
        """Take over all numbered changes; returns how many."""

    def rebuild(self, progress: Progress = ...) -> int:
        """Build a new copy and let it answer; the old one answers until then. Returns how many entries were read."""

    def check(self) -> Differences:
        """Follow, then compare ids and numbers with the table."""

    def forget(self, entries: Sequence[int]) -> None:
        """Take out of the copy what no entry stands behind."""

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


ENGINES = ("embedded", "elasticsearch")


def get_engine() -> SearchEngine:
    """The engine that answers: the one that SEARCH_ENGINE names, the embedded one standing in for a server that does not."""
    return _engines()[0]


def followers() -> tuple[SearchEngine, ...]:
    """Every engine that keeps a copy here; the first is at hand in every process, the others are a worker's business."""
    return _engines()[1]


def _engines() -> tuple[SearchEngine, tuple[SearchEngine, ...]]:
    server = (settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX)
    return _made(settings.SEARCH_ENGINE, str(settings.SEARCH_FILE), *server)


@lru_cache(maxsize=8)
def _made(name: str, path: str, url: str, prefix: str) -> tuple[SearchEngine, tuple[SearchEngine, ...]]:
    embedded: SearchEngine = import_string("search.embedded.EmbeddedEngine")(path)
    if name == "embedded":
        return embedded, (embedded,)
    server: SearchEngine = import_string("search.elastic.ElasticEngine")(url, prefix, embedded)
    return import_string("search.stand_in.StandIn")(server, embedded), (embedded, server)


def ids_matching(text: str, kind: str, language: str | None) -> list[str]:
    """The refs of all entries of a kind that match a text, best first, for a list that filters in its own tables.

    At most MATCH_LIMIT: a list of that length is not complete, and the caller has to say so.
    """
    return get_engine().refs(Query(text=text, kinds=(kind,), language=language))
