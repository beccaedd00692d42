"""A search file of its own for each test, and a fresh epoch: the file does not roll back with the test's transaction."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils.translation import gettext_lazy

from search import abbreviations, kinds
from search.embedded import EmbeddedEngine
from search.engine import get_engine
from search.entries import Entry, catch_up, put
from search.numbering import start_new_epoch


@pytest.fixture
def engine(db: None, settings, tmp_path: Path) -> Iterator[EmbeddedEngine]:
    """The embedded engine on an empty file."""
    settings.SEARCH_FILE = tmp_path / "search.sqlite3"
    start_new_epoch()
    abbreviations.forget()
    engine = get_engine()
    assert isinstance(engine, EmbeddedEngine)
    yield engine
    engine.file.close()


@pytest.fixture(autouse=True)
def some_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register_kind("startup", gettext_lazy("Khởi nghiệp"), "rocket")
    kinds.register_kind("news", gettext_lazy("Tin tức"), "newspaper")
    kinds.register_kind("document", "Văn bản", "scale")


@pytest.fixture
def publish(engine: EmbeddedEngine) -> Callable[..., None]:
    """Put entries as if their transaction had committed."""

    def published(*entries: Entry) -> None:
        for entry in entries:
            put(entry)
        catch_up()

    return published
