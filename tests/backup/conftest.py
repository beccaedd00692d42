"""A backup is made and brought back on a database where everything is committed, with folders of its own."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.accounts.factories import UserFactory

FORK = multiprocessing.get_context("fork")


@pytest.fixture(autouse=True)
def installation(settings: Any, tmp_path: Path) -> Path:
    """The state folder of an installation; archives go beside it."""
    var = tmp_path / "var"
    var.mkdir()
    settings.VAR_DIR = var
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = var / "files", var / "media"
    settings.SEARCH_FILE, settings.SEARCH_SPOOL = var / "search.sqlite3", var / "empty-searches"
    return var


@pytest.fixture
def people(transactional_db: None) -> None:
    call_command("sync_roles", verbosity=0)


Work = Callable[[Connection, int], None]


@contextmanager
def beside(*works: Work) -> Iterator[list[tuple[Any, Connection]]]:
    """Processes of their own, each with its connection to the database and a pipe to the test; they are ended with the block."""
    connection.close()
    pipes = [FORK.Pipe() for _ in works]
    started = [
        FORK.Process(target=_run, args=(work, theirs, number))
        for number, (work, (_, theirs)) in enumerate(zip(works, pipes, strict=True), 1)
    ]
    for process in started:
        process.start()
    try:
        yield [(process, ours) for process, (ours, _) in zip(started, pipes, strict=True)]
    finally:
        for process in started:
            process.kill()
            process.join()


def _run(work: Work, pipe: Connection, number: int) -> None:
    connection.close()
    UserFactory.reset_sequence(100_000 * number, force=True)
    try:
        work(pipe, number)
        os._exit(0)
    except BaseException as failure:
        pipe.send(repr(failure))
        os._exit(1)
