"""The demo province, loaded once for all tests of this folder and rolled back after them."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from portal.demo.load import load
from search.numbering import start_new_epoch


@pytest.fixture(scope="package")
def said(django_db_setup: None, django_db_blocker) -> Iterator[list[str]]:
    """What the loader said; the database holds the demo while the tests of this folder run."""
    lines: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        start_new_epoch()  # the search engine's file does not roll back with the tests before
        load(lines.append)
        yield lines
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _loaded(said: list[str]) -> None:
    pass
