"""Each test has a search file and a spool of its own: they would not roll back with the test's transaction."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_search_file(settings, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator:
    from search.empty_searches import tally

    # Only named here; they are made by the first search, and by nobody in a test that does not search.
    folder = Path(tmp_path_factory.getbasetemp()) / "search"
    own = abs(hash(request.node.nodeid))
    settings.SEARCH_FILE = folder / f"{own}.sqlite3"
    settings.SEARCH_SPOOL = folder / f"{own}-spool"
    yield
    tally.forget()
