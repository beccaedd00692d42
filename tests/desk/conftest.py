from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.accounts.factories import UserFactory, sign_in

QUEUE = "/quan-tri/ho-so/"


@pytest.fixture
def roles(db) -> None:
    call_command("sync_roles", verbosity=0)


@pytest.fixture
def officer(roles) -> Any:
    return UserFactory(officer=True, full_name="Vàng A Sử")


@pytest.fixture
def officer2(roles) -> Any:
    return UserFactory(officer=True, full_name="Trần Thị Hạnh")


@pytest.fixture
def leader(roles) -> Any:
    return UserFactory(leader=True, full_name="Nguyễn Văn Lộc")


@pytest.fixture
def signed_in() -> Callable[[Any], Client]:
    return lambda user: sign_in(Client(), user)


@pytest.fixture
def desk(officer, signed_in) -> Client:
    """The desk of `officer`."""
    return signed_in(officer)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path) -> None:
    settings.PRIVATE_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT = tmp_path / "media"
