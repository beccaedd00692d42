"""The indices of the portal on a server: one that answers, behind an alias, and now and then a new one that takes its place.

Every index has a write alias of its own and is written through that alone: a write to an index that a rebuild has removed is then
refused, where the server would otherwise make a new one with a guessed mapping. Each keeps its own cursor, as a document.
"""

import fcntl
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from elasticsearch import Elasticsearch, NotFoundError

from search import clock
from search.elastic.document import CURSOR, VERSION, Held
from search.engine import Unavailable
from search.numbering import head

LEFT_SECONDS: Final = 1.0  # to searches that are still reading an index that has been replaced
REPLACED: Final = "chỉ mục vừa được thay; lượt sau theo chỉ mục mới"


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

    @contextmanager
    def building(self, wait: bool) -> Iterator[bool]:
        """Whether we are the only ones of this installation to build an index, while it lasts."""
        with Path(f"{settings.SEARCH_FILE}.{self.alias}.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def current(self) -> str | None:
        """The index that answers; None before the first build."""
        try:
            return next(iter(self.client.indices.get_alias(name=self.alias)), None)
        except NotFoundError:
            return None

    def create(self) -> str:
        """A new index, not yet answering, and not refreshed while it is loaded."""
        name = f"{self.alias}-{clock.now():%Y%m%d%H%M%S}-{secrets.token_hex(2)}"
        index = Held._index.clone(name=name)
        index.settings(refresh_interval=-1)
        index.aliases(**{writer(name): {}})
        index.create(using=self.client)
        return name

    def put_in_place(self, name: str) -> None:
        """Let a loaded index answer from now on, in one call: no search meets a missing alias. The others go a little later."""
        self.client.indices.put_settings(index=name, settings={"index.refresh_interval": "1s"})
        self.client.indices.refresh(index=name)
        others = [other for other in self.all() if other != name]
        leave = [{"remove": {"index": other, "alias": self.alias, "must_exist": False}} for other in others]
        self.client.indices.update_aliases(actions=[*leave, {"add": {"index": name, "alias": self.alias}}])
        time.sleep(LEFT_SECONDS)
        for other in others:
            self.client.indices.delete(index=other, ignore_unavailable=True)

    def all(self) -> list[str]:
        return sorted(self.client.indices.get(index=f"{self.alias}-*", expand_wildcards="open"))

    def remove_all(self) -> None:
        for name in self.all():
            self.client.indices.delete(index=name, ignore_unavailable=True)

    def cursor(self, name: str) -> Cursor:
        """As it was last written, searchable or not. Raises Unavailable if the index has been replaced meanwhile."""
        answer = self.client.options(ignore_status=404).get(
            index=name, id=CURSOR, source_includes=["epoch", "seq", "at"]
        )
        if "error" in answer:
            raise Unavailable(REPLACED)
        return Cursor(**answer["_source"]) if answer["found"] else Cursor("", 0, 0)

    def keep_cursor(self, name: str, epoch: str, seq: int) -> None:
        """It only rises; another follower may have come further."""
        line = {"live": False, "epoch": epoch, "seq": seq, "at": round(clock.now().timestamp() * 1000)}
        self.client.options(ignore_status=409).index(
            index=writer(name), id=CURSOR, document=line, version=seq, version_type="external_gte", require_alias=True
        )


def writer(name: str) -> str:
    return f"{name}-writer"
