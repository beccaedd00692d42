"""The engine for scale: a server of Elasticsearch 8 that follows `search_entry`. The same plan, tiers and answers as the embedded one."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search import abbreviations, clock, correction, cursors
from search import hits as texts
from search.elastic import follower, match
from search.elastic.document import CURSOR
from search.elastic.index import Indices, present
from search.engine import (
    MATCH_LIMIT,
    Aside,
    Counts,
    Differences,
    Progress,
    Query,
    Results,
    Status,
    Suggestion,
    Unavailable,
    in_order,
)
from search.models import SearchEntry
from search.numbering import pending
from search.plan import Plan, make_plan
from search.prepared import entry_of

VISITOR_WAITS_SECONDS = 0.5
WORKER_WAITS_SECONDS = 30
STATUS_WAITS_SECONDS = 3  # somebody looks at it: a frozen server is told of soon
MOST_VALUES = 2000  # of one facet group
SILENT_SECONDS = 10  # an index that is behind and was not written for so long has lost its worker
PAGE_OF_CHECK = 5000

Ranked = tuple[int | str, int]  # tier (or name key), ord
Body = dict[str, Any]  # of one search


@dataclass(frozen=True)
class _Search:
    """One query against the index that answers."""

    client: Elasticsearch
    index: str
    query: Query
    plan: Plan
    at: datetime

    def _matching(self, asked: match.Matches, narrowed: Sequence[match.Matches] = ()) -> Body:
        # One bool written at once: a chain of `Search.filter` copies the whole request at each step.
        opened = match.open_at(round(self.at.timestamp() * 1000))
        return {"query": {"bool": {"filter": [asked, opened, *narrowed]}}, "track_total_hits": False}

    def counting(self) -> Body:
        """Total, matches in the language whatever else is chosen, and the values of each group without its own choice.

        Every match is looked at, so each is asked as little as can be: the language narrows the search itself where nobody counts
        languages, and groups without a choice share the reading of what meets all choices.
        """
        groups, facets = self.query.groups, self.query.facets
        shared = match.filters({"language": groups["language"]}) if self._language_shared else []
        chosen = self._chosen
        free = {f"of_{group}": _values(group) for group in facets if group not in chosen}
        aggregations: dict[str, Any] = {"found": _only(match.filters(chosen), free)} if chosen else free
        for group in facets:
            if group in chosen:
                aggregations[f"without_{group}"] = _only(
                    match.filters(chosen, leave_out=group), {f"of_{group}": _values(group)}
                )
        if "language" in chosen:
            aggregations["spoken"] = _only(match.filters({"language": chosen["language"]}), {})
        body = {**self._matching(match.anywhere(self.plan), shared), "size": 0, "track_total_hits": True}
        return body | {"aggs": aggregations} if aggregations else body

    def a_few(self) -> Body:
        """Matches in the language, whatever else is chosen; counted as far as correction.FEW."""
        language = {"language": self.query.groups["language"]} if "language" in self.query.groups else {}
        body = self._matching(match.anywhere(self.plan), match.filters(language))
        return body | {"size": 0, "track_total_hits": correction.FEW}

    @property
    def _language_shared(self) -> bool:
        return "language" in self.query.groups and "language" not in self.query.facets

    @property
    def _chosen(self) -> dict[str, tuple[str, ...]]:
        """The choices by group that not every count shares."""
        return {g: values for g, values in self.query.groups.items() if g != "language" or not self._language_shared}

    def ranking(self, after: Ranked | None, size: int) -> list[tuple[int, Body]]:
        """A request for each tier that may be on the page, best first."""
        if self.query.sort == "name":
            body = self._listing(match.anywhere(self.plan), size, {"name_key": "asc"}, {"ord": "asc"})
            return [(5, body | {"search_after": list(after)} if after is not None else body)]
        tiers = match.tiers(self.plan)
        return self.by_tier([(5, match.anywhere(self.plan))] if self.query.sort == "newest" else tiers, after, size)

    def by_tier(
        self, tiers: list[tuple[int, match.Matches]], after: Ranked | None, size: int
    ) -> list[tuple[int, Body]]:
        requests = []
        for tier, asked in tiers:
            if after is not None and tier < int(after[0]):
                continue
            body = self._listing(asked, size, {"ord": "desc"})
            begun = after is not None and tier == after[0]
            requests.append((tier, body | {"search_after": [after[1]]} if after is not None and begun else body))
        return requests

    def _listing(self, asked: match.Matches, size: int, *order: dict[str, str]) -> Body:
        body = self._matching(asked, match.filters(self.query.groups))
        return body | {"size": size, "_source": False, "sort": list(order)}

    def ask(self, bodies: Sequence[Body]) -> list[dict[str, Any]]:
        """The answers to several requests of one state of the index. Raises Unavailable if it is not to be trusted."""
        cursor = {"query": {"ids": {"values": [CURSOR]}}, "_source": ["epoch", "seq", "at"]}
        lines: list[Body] = []
        for body in [cursor, *bodies]:
            lines += [{}, body]
        answers = self.client.msearch(index=self.index, searches=lines)["responses"]
        for answer in answers:
            if "error" in answer or answer["timed_out"] or answer["_shards"]["failed"]:
                raise Unavailable(f"máy chủ trả lời dở dang: {answer.get('error', {}).get('type', 'timeout')}")
        _refuse_other_history(answers[0]["hits"]["hits"])
        return list(answers[1:])

    def counts(self, answer: Mapping[str, Any]) -> Counts:
        """What the answer to `counting` says."""
        told, all_ = answer.get("aggregations", {}), answer["hits"]["total"]["value"]
        chosen = self._chosen
        found = told["found"] if chosen else told
        within = {group: told[f"without_{group}"] if group in chosen else found for group in self.query.facets}
        return Counts(
            total=found["doc_count"] if chosen else all_,
            spoken=told["spoken"]["doc_count"] if "language" in chosen else all_,
            groups={
                group: {bucket["key"]: bucket["doc_count"] for bucket in of[f"of_{group}"]["buckets"]}
                for group, of in within.items()
            },
            without={group: of["doc_count"] for group, of in within.items() if group in self.query.groups},
        )

    def count(self) -> Counts:
        return self.counts(self.ask([self.counting()])[0])


class ElasticEngine:
    name = "elasticsearch"

    def __init__(
        self, url: str, prefix: str, corrections: correction.Source, patience: float = VISITOR_WAITS_SECONDS
    ) -> None:
        """`patience`: seconds that a visitor waits. A worker waits longer, and tries again."""
        self.url = url
        self.prefix = prefix
        self.patience = patience
        self.corrections = corrections
        self._clients: tuple[int, Elasticsearch, Elasticsearch] | None = None

    def _own(self) -> tuple[int, Elasticsearch, Elasticsearch]:
        """This process's clients: a connection carried over a fork would mix the answers of two."""
        if self._clients is None or self._clients[0] != os.getpid():
            visitor = Elasticsearch(self.url, request_timeout=self.patience, max_retries=0)
            worker = Elasticsearch(self.url, request_timeout=WORKER_WAITS_SECONDS, max_retries=2, retry_on_timeout=True)
            self._clients = (os.getpid(), visitor, worker)
        return self._clients

    @property
    def visitor(self) -> Elasticsearch:
        return self._own()[1]

    @property
    def worker(self) -> Elasticsearch:
        return self._own()[2]

    @property
    def indices(self) -> Indices:
        return Indices(self.worker, self.prefix)

    def search(self, query: Query) -> Results:
        started = time.perf_counter()
        position = cursors.read(query)
        after = position[:2] if position else None
        with _errors_named():
            search = self._search(query)
            if search.plan.empty:
                return Results(0, (), dict.fromkeys(query.facets, ()), "", "", self.name, _ms(started))
            search, counts, ranked = self._answer(search, after)
            meant = self._did_you_mean(search, counts.spoken) if not position else ""
        page, before = ranked[: query.size], position[2] if position else 0
        more = len(ranked) > query.size
        return Results(
            count=counts.total,
            hits=texts.hits(
                [(entry_of(at), rank if isinstance(rank, int) else 5) for rank, at in page], search.plan, search.at
            ),
            facets=in_order(counts.groups, query),
            next_cursor=cursors.write(query, (*page[-1], before + len(page))) if more else "",
            did_you_mean=meant,
            engine=self.name,
            took_ms=_ms(started),
            before=before,
            truncated=search.plan.truncated,
            without=counts.without,
            plan=search.plan,
        )

    def refs(self, query: Query, limit: int = MATCH_LIMIT) -> list[str]:
        with _errors_named():
            search = self._search(query)
            if search.plan.empty:
                return []
            if search.plan.can_open and not search.count().spoken:
                search = replace(search, plan=search.plan.opened())
            requests = search.ranking(None, limit)
            ranked = _merged(requests, search.ask([body for _, body in requests]), limit)
        ids = [entry_of(place) for _, place in ranked]
        known = dict(SearchEntry.objects.filter(pk__in=ids, deleted=False).values_list("pk", "ref"))
        return list(dict.fromkeys(known[pk] for pk in ids if pk in known))

    def suggest(self, text: str, *, language: str, kinds: tuple[str, ...] = (), limit: int = 8) -> list[Suggestion]:
        plan = make_plan(text, language, abbreviations.current())
        if not plan.groups:
            return []
        plan = plan.opened() if plan.can_open else plan
        with _errors_named():
            search = self._search(Query(text, kinds, language), plan)
            requests = search.by_tier(match.suggestion_tiers(plan), None, limit)
            ranked = _merged(requests, search.ask([body for _, body in requests]), limit)
        return texts.suggestions([entry_of(place) for _, place in ranked], plan, search.at)

    def follow(self) -> int:
        with _errors_named():
            return follower.follow(self.indices)

    def rebuild(self, progress: Progress = lambda done, all_: None) -> int:
        with _errors_named():
            return follower.rebuild(self.indices, progress) + follower.follow(self.indices)

    def status(self) -> Status:
        epoch, top = present()
        waiting, seconds = pending()
        client = self.worker.options(request_timeout=STATUS_WAITS_SECONDS, max_retries=0)
        indices = Indices(client, self.prefix)
        try:
            with _errors_named():
                name = indices.current()
                at = indices.cursor(name) if name else None
                held = at.seq if at and at.epoch == epoch else 0
                entries = client.count(index=name, query={"term": {"live": True}})["count"] if name else 0
                asides = _asides(client, name) if name else ()
        except Unavailable as error:
            return Status(self.name, epoch, 0, top, top, waiting, seconds, 0, (), str(error), answers=False)
        return Status(self.name, epoch, held, top, top - held, waiting, seconds, entries, asides)

    def check(self) -> Differences:
        with _errors_named():
            follower.follow(self.indices)
            name = self.indices.current() or ""
            self.worker.indices.refresh(index=name)
            return Differences.between(dict(self._held(name)))

    def forget(self, entries: Sequence[int]) -> None:
        """Remove documents that no entry stands behind."""
        with _errors_named():
            name = self.indices.current()
            for entry in entries:
                self.worker.options(ignore_status=404).delete(index=name or "", id=str(entry))

    def _held(self, name: str) -> Iterator[tuple[int, int]]:
        """(entry, number) of all live or set-aside documents."""
        after: list[Any] | None = None
        standing = {"bool": {"should": [{"term": {"live": True}}, {"exists": {"field": "aside"}}]}}
        pit = self.worker.open_point_in_time(index=name, keep_alive="2m")["id"]
        try:
            while True:
                more: dict[str, Any] = {"search_after": after} if after else {}
                found = self.worker.search(
                    pit={"id": pit, "keep_alive": "2m"}, query=standing, size=PAGE_OF_CHECK, source=False, version=True,
                    sort=[{"_shard_doc": "asc"}], track_total_hits=False, **more,
                )["hits"]["hits"]  # fmt: skip
                if not found:
                    return
                yield from ((int(hit["_id"]), hit["_version"]) for hit in found)
                after = found[-1]["sort"]
        finally:
            self.worker.close_point_in_time(id=pit)

    def _search(self, query: Query, plan: Plan | None = None) -> _Search:
        plan = plan or make_plan(query.text, query.language, abbreviations.current())
        return _Search(self.visitor, self.indices.alias, query, plan, query.at or clock.now())

    def _answer(self, search: _Search, after: Ranked | None) -> tuple[_Search, Counts, list[Ranked]]:
        """The query as it is read here: if no entry holds its words, the last one is taken as the beginning of a word."""
        size = search.query.size + 1 if search.query.size else 0
        requests = search.ranking(after, size) if size else []
        first, *pages = search.ask([search.counting(), *(body for _, body in requests)])
        counts = search.counts(first)
        if search.plan.can_open and not counts.spoken:
            return self._answer(replace(search, plan=search.plan.opened()), after)
        return search, counts, _merged(requests, pages, size)

    def _did_you_mean(self, search: _Search, found: int) -> str:
        def counts(plans: Sequence[Plan]) -> list[int]:
            bodies = [replace(search, plan=plan).a_few() for plan in plans]
            return [answer["hits"]["total"]["value"] for answer in search.ask(bodies)] if bodies else []

        return correction.did_you_mean(search.plan, search.query.language, found, self.corrections, counts)


def _asides(client: Elasticsearch, index: str) -> tuple[Aside, ...]:
    found = client.search(index=index, query={"exists": {"field": "aside"}}, source={"includes": ["aside"]}, size=100)
    return texts.asides({int(hit["_id"]): hit["_source"]["aside"] for hit in found["hits"]["hits"]})


def _only(filters: list[match.Matches], within: Body) -> Body:
    told: Body = {"filter": {"bool": {"filter": filters}}}
    return told | {"aggs": within} if within else told


def _values(group: str) -> Body:
    return {"terms": {"field": f"facets.{group}", "size": MOST_VALUES}}


def _merged(requests: Sequence[tuple[int, Any]], answers: Sequence[Mapping[str, Any]], size: int) -> list[Ranked]:
    ranked: list[Ranked] = []
    for (tier, _), answer in zip(requests, answers, strict=True):
        for hit in answer["hits"]["hits"]:
            ranked.append((tier, hit["sort"][0]) if len(hit["sort"]) == 1 else (hit["sort"][0], hit["sort"][1]))
    return ranked[:size]


def _refuse_other_history(cursor: Sequence[Mapping[str, Any]]) -> None:
    """An index of another history, or one whose worker is gone while changes wait, does not answer."""
    if not cursor:
        raise Unavailable("chỉ mục chưa dựng xong")
    epoch, top = present()
    held = cursor[0]["_source"]
    if held["epoch"] != epoch:
        raise Unavailable("chỉ mục thuộc về dữ liệu khác; cần dựng lại")
    if held["seq"] < top and clock.now().timestamp() * 1000 - held["at"] > SILENT_SECONDS * 1000:
        raise Unavailable(f"chỉ mục chậm {top - held['seq']} thay đổi")


@contextmanager
def _errors_named() -> Iterator[None]:
    """The client's many errors as one of ours: the server is gone, refuses, or has no index."""
    try:
        yield
    except NotFoundError as error:
        raise Unavailable("chưa có chỉ mục trên máy chủ") from error
    except (ApiError, TransportError) as error:
        raise Unavailable(f"{type(error).__name__}: {str(error)[:200]}") from error


def _ms(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
