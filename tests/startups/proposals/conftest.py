"""A published startup, its founder, an officer at the desk."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from registry.startups.models import Startup
from tests.accounts.factories import UserFactory, sign_in
from tests.dossiers.factories import dossier
from tests.startups.factories import owner_of


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"


@pytest.fixture
def startup() -> Startup:
    return dossier(published=True, name_vi="Sâm Núi Mờ", short_name="").startup


@pytest.fixture
def officer(db: None) -> Any:
    call_command("sync_roles", verbosity=0)
    return UserFactory(officer=True, full_name="Trần Thị Hạnh")


@pytest.fixture
def founder(startup: Startup) -> Client:
    return sign_in(Client(), owner_of(startup))


@pytest.fixture
def desk(officer: Any) -> Client:
    return sign_in(Client(), officer)
