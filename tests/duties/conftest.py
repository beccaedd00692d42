from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command

from registry.core import clock
from tests.accounts.factories import UserFactory


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with clock.at(datetime.fromisoformat("2026-11-27T09:00+07:00")):
        yield


@pytest.fixture(autouse=True)
def _files_apart(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path / "files"


@pytest.fixture
def officer(db: None) -> Any:
    call_command("sync_roles", verbosity=0)
    return UserFactory(officer=True)
