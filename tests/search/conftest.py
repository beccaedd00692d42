"""Engines for tests: each with a copy of its own, and a fresh epoch, for a copy does not roll back with the test's transaction.

Tests that take `engine` and `publish` hold for every engine: with a server at ELASTICSEARCH_URL they run on both.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils.translation import gettext_lazy

from search import abbreviations, kinds
from search.elastic import ElasticEngine
from search.embedded import EmbeddedEngine
from search.engine import SearchEngine, get_engine
from search.entries import Entry, catch_up, put
from search.numbering import start_new_epoch
from tests.plumbing.elasticsearch import address


@pytest.fixture
def embedded(db: None, settings, tmp_path: Path) -> Iterator[EmbeddedEngine]:
    """The embedded engine on an empty file."""
    settings.SEARCH_FILE = tmp_path / "search.sqlite3"
    start_new_epoch()
    abbreviations.forget()
    engine = get_engine()
    assert isinstance(engine, EmbeddedEngine)
    yield engine
    engine.file.close()


@pytest.fixture
def elastic(embedded: EmbeddedEngine) -> Iterator[ElasticEngine]:
    """A real server, indices of this test's own."""
    engine = ElasticEngine(address(), f"test-{uuid4().hex[:12]}", embedded, patience=30)
    engine.follow()
    yield engine
    engine.indices.remove_all()
    engine.visitor.close()
    engine.worker.close()


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest) -> SearchEngine:
    return request.getfixturevalue("embedded" if request.param == "embedded" else "elastic")


@pytest.fixture(autouse=True)
def some_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register_kind("startup", gettext_lazy("Khởi nghiệp"), "rocket")
    kinds.register_kind("news", gettext_lazy("Tin tức"), "newspaper")
    kinds.register_kind("document", "Văn bản", "scale")


@pytest.fixture
def publish(request: pytest.FixtureRequest, embedded: EmbeddedEngine) -> Callable[..., None]:
    """Put entries as if their transaction had committed, and let the engine of the test follow."""

    def published(*entries: Entry) -> None:
        for entry in entries:
            put(entry)
        catch_up()
        if "engine" in request.fixturenames:
            request.getfixturevalue("engine").follow()

    return published
