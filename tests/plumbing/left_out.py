"""What a run leaves out, it says: which kind of test, how many, and what they would need."""

import pytest
from django.db import connection

NEEDS = {
    "browser": "a Chromium on this machine",
    "postgres": "a PostgreSQL server (DATABASE_URL)",
    "sqlite": "SQLite as the main database",
}
_left_out: dict[str, int] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    other = "postgres" if connection.vendor == "sqlite" else "sqlite"
    wrong = [item for item in items if item.get_closest_marker(other)]
    if wrong:
        items[:] = [item for item in items if not item.get_closest_marker(other)]
        config.hook.pytest_deselected(items=wrong)


def pytest_deselected(items: list[pytest.Item]) -> None:
    for item in items:
        for marker in NEEDS:
            if item.get_closest_marker(marker):
                _left_out[marker] = _left_out.get(marker, 0) + 1


def pytest_terminal_summary(terminalreporter) -> None:
    for marker, number in sorted(_left_out.items()):
        terminalreporter.write_line(
            f"Left out: {number} tests marked '{marker}': they need {NEEDS[marker]}. `make test-all` runs them."
        )
