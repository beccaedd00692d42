"""Whole-house tests: real requests through the whole map, with files of their own and a search that is up to date."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from search import abbreviations
from search.engine import get_engine
from search.following import catch_up
from search.numbering import start_new_epoch
from tests.accounts.factories import sign_in


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def roles(db: None) -> None:
    call_command("sync_roles", verbosity=0)


@pytest.fixture
def searchable(db: None, settings, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Call it when everything is published: the search file then knows it."""
    settings.SEARCH_FILE = tmp_path / "search.sqlite3"
    start_new_epoch()
    abbreviations.forget()
    yield catch_up
    get_engine().file.close()


@pytest.fixture
def client_of() -> Callable[[Any], Client]:
    """The browser of somebody; None is a stranger without an account."""
    return lambda user: sign_in(Client(), user) if user is not None else Client()
