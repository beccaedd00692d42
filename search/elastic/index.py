"""The indices of the portal on a server: one that answers, behind an alias, and now and then a new one that takes its place.

Every index has a write alias of its own and is written through that alone: a write to an index that a rebuild has removed is then
refused, where the server would otherwise make a new one with a guessed mapping. Each keeps its own cursor, as a document.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from elasticsearch import Elasticsearch, NotFoundError

from search import clock
from search.elastic.document import CURSOR, VERSION, Held
from search.numbering import head


@dataclass(frozen=True)
class Cursor:
    """How far an index has come in which history; `at` in milliseconds since 1970."""

    epoch: str
    seq: int
    at: int


def present() -> tuple[str, int]:
    """The history that an index must belong to, and its last number."""
    epoch, top = head()
    return f"{epoch}:{VERSION}", top


class Indices:
    """The names of one portal on a server that others may use too: all begin with its prefix."""

    def __init__(self, client: Elasticsearch, prefix: str) -> None:
        self.client = client
        self.alias = f"{prefix}-search"

    def current(self) -> str | None:
        """The index that answers; None before the first build."""
        try:
            return next(iter(self.client.indices.get_alias(name=self.alias)), None)
        except NotFoundError:
            return None

    def create(self) -> str:
        """A new index, not yet answering, and not refreshed while it is loaded."""
        name = f"{self.alias}-{datetime.now(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(2)}"
        index = Held._index.clone(name=name)
        index.settings(refresh_interval=-1)
        index.aliases(**{writer(name): {}})
        index.create(using=self.client)
        return name

    def put_in_place(self, name: str) -> None:
        """Let a loaded index answer from now on; the others go. One call: no search meets a missing alias."""
        self.client.indices.put_settings(index=name, settings={"index.refresh_interval": "1s"})
        self.client.indices.refresh(index=name)
        others = [other for other in self.all() if other != name]
        self.client.indices.update_aliases(
            actions=[
                {"add": {"index": name, "alias": self.alias}},
                *({"remove_index": {"index": other}} for other in others),
            ]
        )

    def all(self) -> list[str]:
        return sorted(self.client.indices.get(index=f"{self.alias}-*", expand_wildcards="open"))

    def remove_all(self) -> None:
        for name in self.all():
            self.client.indices.delete(index=name, ignore_unavailable=True)

    def cursor(self, name: str) -> Cursor:
        """As it was last written, searchable or not."""
        try:
            found = self.client.get(index=name, id=CURSOR)["_source"]
        except NotFoundError:
            return Cursor("", 0, 0)
        return Cursor(found["epoch"], found["seq"], found["at"])

    def keep_cursor(self, name: str, epoch: str, seq: int) -> None:
        """It only rises; another follower may have come further."""
        line = {"live": False, "epoch": epoch, "seq": seq, "at": round(clock.now().timestamp() * 1000)}
        self.client.options(ignore_status=409).index(
            index=writer(name), id=CURSOR, document=line, version=seq, version_type="external_gte", require_alias=True
        )


def writer(name: str) -> str:
    return f"{name}-writer"
