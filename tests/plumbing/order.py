"""In which order tests begin, so that two processes of tests end together."""

import pytest

# Begun last, the longest would be waited for; and a world that a whole folder shares would be built again by who takes over half of it.
FIRST = (
    "tests/start/",
    "tests/browser/test_whole_life.py",
    "tests/demo/",
    "tests/search/test_elasticsearch.py",
    "tests/house/test_leaks.py",
)


def _place(item: pytest.Item) -> int:
    if item.nodeid.startswith(FIRST):
        return 0
    # These do something while the other process makes the database.
    return 1 if item.get_closest_marker("no_database") else 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)
