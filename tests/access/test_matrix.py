"""Every address × every persona: decided, written down, and so.

A new address makes `test_every_address_has_a_row` fail; it prints rows to paste, with what is answered now. Read them
before you paste them: the matrix says what is right, not what happens to be.
"""

import logging
from collections import Counter
from copy import copy

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.access.matrix import COLUMNS, FILE, rows
from tests.access.url_map import addresses
from tests.access.world import PERSONAS, World, build
from tests.accounts.factories import sign_in


@pytest.fixture
def world(db, settings, tmp_path, caplog) -> World:
    caplog.set_level(logging.CRITICAL)  # a thousand refusals are not news here
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"
    return build()


def client_of(world: World, persona: str) -> Client:
    client = Client(raise_request_exception=True)
    return client if persona == "anonymous" else sign_in(client, world.people[persona])


def again(client: Client) -> Client:
    """Another browser with the same cookies: an answer may have taken them away."""
    same = Client(raise_request_exception=True)
    same.cookies = copy(client.cookies)
    return same


def answer(client: Client, method: str, url: str) -> int:
    """The status, with everything the request wrote undone."""
    with transaction.atomic():
        response = client.generic(method, url)
        transaction.set_rollback(True)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_gets_what_the_matrix_says(world: World, persona: str) -> None:
    """On PostgreSQL, where SQLite was asked all of it, each persona asks a third, the next one the next."""
    wrong = []
    client = client_of(world, persona)
    few = 1 if connection.vendor == "sqlite" else 3
    for row in rows()[PERSONAS.index(persona) % few :: few]:
        url = row.url.format(**world.words)
        got = answer(again(client), row.method, url)
        if got != row.statuses[persona]:
            wrong.append(f"{row.method} {url}: {got} instead of {row.statuses[persona]}   ({row.pattern})")
    assert not wrong, f"as {persona}:\n" + "\n".join(wrong)


def test_every_address_has_a_row(world: World) -> None:
    written = {row.pattern for row in rows()}
    known = {address.row for address in addresses()}
    missing = sorted(known - written)
    lines = [line_to_paste(world, pattern) for pattern in missing]
    assert not missing, f"{len(missing)} addresses without a row. Paste into {FILE.name} what is right:\n" + "\n".join(
        lines
    )


def test_no_row_speaks_of_an_address_that_is_gone() -> None:
    gone = sorted({row.pattern for row in rows()} - {address.row for address in addresses()})
    assert not gone, "rows without an address:\n" + "\n".join(gone)


def test_no_row_is_written_twice() -> None:
    twice = [key for key, times in Counter((row.pattern, row.method, row.url) for row in rows()).items() if times > 1]
    assert not twice


def test_the_columns_are_the_personas() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines()[0] == ",".join(COLUMNS)


def line_to_paste(world: World, pattern: str) -> str:
    url = "/" + pattern.removesuffix("*")
    if any(sign in url for sign in "<(^$"):
        return f"{pattern},GET,FILL IN,{',' * (len(PERSONAS) - 1)}"
    got = []
    for persona in PERSONAS:
        try:
            got.append(str(answer(client_of(world, persona), "GET", url)))
        except Exception as failure:  # shown in the row, so that all rows come out
            got.append(type(failure).__name__)
    return f"{pattern},GET,,{','.join(got)}" if "*" not in pattern else f"{pattern},GET,{url},{','.join(got)}"
