"""Each test has a search file of its own: the file would not roll back with the test's transaction."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_search_file(settings, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> None:
    # Only named here; it is made by the first search, and by nobody in a test that does not search.
    folder = Path(tmp_path_factory.getbasetemp()) / "search"
    settings.SEARCH_FILE = folder / f"{abs(hash(request.node.nodeid))}.sqlite3"
