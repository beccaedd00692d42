"""Query budgets: `with query_budget(10): client.get("/")`. Over budget, each query is shown with who asked for it."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.db import connection
from django.template.base import Node

TRANSACTION_WORDS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT", "ROLLBACK")


@dataclass
class Queries:
    """What was asked, in order: (sql, the nearest template line, the nearest line of our Python)."""

    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.asked)

    @property
    def writes(self) -> list[str]:
        return [
            sql for sql, _, _ in self.asked if not sql.lstrip("( ").upper().startswith(("SELECT", "PRAGMA", "EXPLAIN"))
        ]

    def told(self) -> str:
        times = Counter(sql for sql, _, _ in self.asked)
        lines = []
        for number, (sql, template, python) in enumerate(self.asked, 1):
            again = f"  (the same text {times[sql]} times)" if times[sql] > 1 else ""
            lines.append(
                f"{number:3}. {sql[:300]}{again}\n       {template or 'no template'} · {python or 'no code of ours'}"
            )
        return "\n".join(lines)


def _who_asked() -> tuple[str, str]:
    base = str(settings.BASE_DIR)
    template = python = ""
    frame = sys._getframe(2)
    while frame is not None and not (template and python):
        file = frame.f_code.co_filename
        if not template and frame.f_code is Node.render_annotated.__code__:
            node = frame.f_locals["self"]
            if node.token is not None:
                template = f"{str(node.origin.name).removeprefix(base + '/')}:{node.token.lineno}"
        elif not python and file.startswith(base) and "/site-packages/" not in file and "/tests/" not in file:
            python = f"{file.removeprefix(base + '/')}:{frame.f_lineno}"
        frame = frame.f_back
    return template, python


@contextmanager
def recorded() -> Iterator[Queries]:
    queries = Queries()

    def note(execute, sql, params, many, context):
        if not sql.upper().startswith(TRANSACTION_WORDS):
            queries.asked.append((sql, *_who_asked()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield queries


@pytest.fixture
def recorded_queries() -> Callable[[], AbstractContextManager[Queries]]:
    """`with recorded_queries() as queries:` … `len(queries)`, `queries.writes`, `queries.told()`."""
    return recorded


@pytest.fixture
def query_budget() -> Callable[[int], AbstractContextManager[Queries]]:
    """`with query_budget(10):` fails when more than ten queries are asked inside (savepoints are not counted)."""

    @contextmanager
    def budget(most: int) -> Iterator[Queries]:
        with recorded() as queries:
            yield queries
        if len(queries) > most:
            pytest.fail(f"{len(queries)} queries, the budget is {most}:\n{queries.told()}", pytrace=False)

    return budget
