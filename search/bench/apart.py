"""A portal of its own for a measurement: another process, a temporary folder, indices under a prefix of their own."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from elasticsearch import Elasticsearch

from search.elastic import ElasticEngine
from search.elastic.index import Indices
from search.embedded import EmbeddedEngine
from search.engine import SearchEngine, followers


@contextlib.contextmanager
def apart(engine: str) -> Iterator[dict[str, str]]:
    """The environment of a process that shares nothing with this portal; what it leaves is removed at the end."""
    prefix = f"bench-{secrets.token_hex(4)}"
    with tempfile.TemporaryDirectory(prefix="search-bench-") as folder:
        environment = {
            **os.environ,
            "PORTAL_VAR": folder,
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'portal.sqlite3'}",
            "SEARCH_ENGINE": engine,
            "DEMO": "0",
            "PORTAL_DEBUG": "0",
            "PORTAL_LOG_LEVEL": "WARNING",
            "PORTAL_PAGE_CACHE": "0",
        }
        if engine == "elasticsearch":
            environment["ELASTICSEARCH_PREFIX"] = prefix
        try:
            yield environment
        finally:
            if engine == "elasticsearch":
                with Elasticsearch(settings.ELASTICSEARCH_URL, request_timeout=30) as client:
                    Indices(client, prefix).remove_all()


def measured_engine() -> SearchEngine:
    """The engine that SEARCH_ENGINE names, without the one that would stand in for it, and waited for as long as it takes."""
    embedded = followers()[0]
    if settings.SEARCH_ENGINE == "embedded":
        return embedded
    assert isinstance(embedded, EmbeddedEngine)
    return ElasticEngine(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX, embedded, patience=60)


def is_apart() -> bool:
    """Whether this process is such a portal."""
    return Path(settings.VAR_DIR).name.startswith("search-bench-")
