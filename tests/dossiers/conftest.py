import pytest

from tests.accounts.factories import UserFactory
from tests.dossiers.visitors import Visitor, visitor


@pytest.fixture
def founder() -> Visitor:
    return visitor(UserFactory(full_name="Lò Thị Mẫu"))


@pytest.fixture
def stranger() -> Visitor:
    return visitor(UserFactory(full_name="Người Lạ"))
