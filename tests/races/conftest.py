"""Races: threads against a database that is a file (SQLite) or a server (PostgreSQL); everything is committed."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.accounts.factories import sign_in

Try = Callable[[], Any]


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def roles(transactional_db: None) -> None:
    call_command("sync_roles", verbosity=0)


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """The answers of all of them, started together, each on a connection of its own. What one raises fails the test."""

    def run(*tries: Try) -> list[Any]:
        barrier = Barrier(len(tries))
        answers: list[Any] = [None] * len(tries)
        raised: list[BaseException] = []

        def go(place: int) -> None:
            try:
                barrier.wait(10)
                answers[place] = tries[place]()
            except BaseException as one:
                raised.append(one)
            finally:
                connection.close()

        threads = [Thread(target=go, args=(place,)) for place in range(len(tries))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        if raised:
            raise raised[0]
        return answers

    return run


@pytest.fixture
def client_of(roles: None) -> Callable[[Any], Client]:
    """The browser of somebody who has been here before, so that they race for the record alone."""

    def opened(user: Any) -> Client:
        client = sign_in(Client(), user)
        client.get("/tai-khoan/")
        return client

    return opened
