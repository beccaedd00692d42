"""In which order tests begin, so that two processes of tests end together."""

import pytest

LONGEST = ("tests/start/", "tests/browser/test_whole_life.py")  # begun last, they would be waited for


def _place(item: pytest.Item) -> int:
    if item.nodeid.startswith(LONGEST):
        return 0
    # These do something while the other process makes the database.
    return 1 if item.get_closest_marker("no_database") else 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)
