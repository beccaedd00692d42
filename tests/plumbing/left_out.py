"""What a run leaves out, it says: which kind of test, how many, and what they would need."""

from collections import Counter

import pytest
from django.conf import settings
from django.db import connection

from tests.plumbing import elasticsearch

NEEDS = {
    "browser": "a Chromium on this machine",
    "elasticsearch": "an Elasticsearch server (make elasticsearch, ELASTICSEARCH_URL)",
    "nginx": "an nginx on this machine",
    "no_database": "no database, so that the run on SQLite is enough",
    "postgres": "a PostgreSQL server (DATABASE_URL)",
    "seeds": "the department's own texts, which are not ours to publish, in ../shared/seeds beside the checkout",
    "sqlite": "SQLite as the main database",
    "start": "a port and some minutes",
}
DATABASE_FIXTURES = frozenset(
    {"django_db_setup", "live_server"}
)  # the first stands behind `db` and behind worlds of our own
left_out: Counter[str] = Counter()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nothing-skipped", action="store_true", help="a skipped test fails the run")


def asks_database(item: pytest.Item) -> bool:
    """Whether a test may ask the main database at all: pytest-django refuses every other one that tries."""
    return item.get_closest_marker("django_db") is not None or not DATABASE_FIXTURES.isdisjoint(
        getattr(item, "fixturenames", ())
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if not asks_database(item):
            item.add_marker("no_database")
    missing = {"postgres" if connection.vendor == "sqlite" else "sqlite"}
    if not (settings.BASE_DIR.parent / "shared" / "seeds").is_dir():
        missing.add("seeds")
    if not elasticsearch.answers():
        missing.add("elasticsearch")
    impossible = [item for item in items if any(item.get_closest_marker(marker) for marker in missing)]
    if impossible:
        items[:] = [item for item in items if item not in impossible]
        config.hook.pytest_deselected(items=impossible)


def pytest_deselected(items: list[pytest.Item]) -> None:
    left_out.update(marker for item in items for marker in NEEDS if item.get_closest_marker(marker))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    """Every worker of xdist collects the same tests: one of them speaks for all."""
    left_out.update(
        {marker: n - left_out[marker] for marker, n in getattr(node, "workeroutput", {}).get("left_out", {}).items()}
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(left_out)
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.option.nothing_skipped and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    for marker, number in sorted(left_out.items()):
        terminalreporter.write_line(f"Left out: {number} tests marked '{marker}': they need {NEEDS[marker]}.")
    if config.option.nothing_skipped and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("Skipped tests, where nothing may be skipped: the run fails.")
