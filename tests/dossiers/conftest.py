import pytest
from django.core.cache import cache
from django.core.management import call_command

from tests.accounts.factories import UserFactory
from tests.dossiers.visitors import Visitor, visitor


@pytest.fixture
def founder() -> Visitor:
    return visitor(UserFactory(full_name="Lò Thị Mẫu"))


@pytest.fixture
def stranger() -> Visitor:
    return visitor(UserFactory(full_name="Người Lạ"))


@pytest.fixture
def no_limit_left_over() -> None:
    cache.clear()


@pytest.fixture
def roles(db: None) -> None:
    call_command("sync_roles", verbosity=0)
