from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client

from registry.startups.models import Startup
from tests.accounts.factories import UserFactory, sign_in
from tests.dossiers.factories import dossier


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path) -> None:
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"


@pytest.fixture
def roles(db) -> None:
    call_command("sync_roles", verbosity=0)


@pytest.fixture
def client_of(roles) -> Callable[[str], Client]:
    """`client_of("officer")`: somebody of that role, signed in."""
    return lambda role: sign_in(Client(), UserFactory(**{role: True}))


@pytest.fixture
def startup(roles) -> Startup:
    return Startup.objects.get(dossier=dossier(published=True))
