"""Several app processes on one machine share one file: what one publishes, the others find on their next request."""

import multiprocessing
import os
from multiprocessing.connection import Connection

import pytest
from django.db import connection

from search.engine import Query, get_engine
from search.entries import put, withdraw
from search.numbering import start_new_epoch
from tests.search.factories import entry

PROCESSES = 4


def _serve(orders: Connection) -> None:
    """One app process: it publishes, withdraws and searches as it is told, with connections of its own."""
    connection.close()
    engine = get_engine()
    while True:
        order, ref = orders.recv()
        if order == "publish":
            put(entry("Sâm Núi Mây", ref=ref))
            orders.send(None)
        elif order == "withdraw":
            withdraw("startup", ref)
            orders.send(None)
        elif order == "search":
            orders.send(sorted(hit.ref for hit in engine.search(Query("sam nui may", language="vi", size=100)).hits))
        else:
            os._exit(0)


@pytest.mark.django_db(transaction=True)
def test_what_one_process_publishes_the_others_find_on_their_next_request(settings, tmp_path):
    settings.SEARCH_FILE = tmp_path / "shared.sqlite3"
    start_new_epoch()
    connection.close()
    fork = multiprocessing.get_context("fork")
    pipes = [fork.Pipe() for _ in range(PROCESSES)]
    apps = [fork.Process(target=_serve, args=(theirs,)) for _, theirs in pipes]
    for app in apps:
        app.start()

    def ask(app: int, order: str, ref: str = "") -> list[str]:
        pipes[app][0].send((order, ref))
        return pipes[app][0].recv()

    standing: list[str] = []
    for turn in range(40):
        author = turn % PROCESSES
        if turn % 5 == 4:
            ask(author, "withdraw", standing.pop(0))
        else:
            ask(author, "publish", f"r{turn:02d}")
            standing.append(f"r{turn:02d}")
        for reader in range(PROCESSES):
            assert ask(reader, "search") == standing, (turn, reader)
    # A copy that is built anew and put in place is taken up by all of them.
    get_engine().rebuild()
    connection.close()
    for reader in range(PROCESSES):
        assert ask(reader, "search") == standing
    ask(0, "publish", "r99")
    assert all(ask(reader, "search") == [*standing, "r99"] for reader in range(PROCESSES))
    for (ours, _), app in zip(pipes, apps, strict=True):
        ours.send(("end", ""))
        app.join()
        assert app.exitcode == 0
