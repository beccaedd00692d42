"""A machine of its own for each test: its key file stands in the test's folder."""

from pathlib import Path

import pytest

from registry.st_enterprises.proofs.keys import SigningKey, signing_key


@pytest.fixture(autouse=True)
def machine(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    return settings.VAR_DIR


@pytest.fixture
def key(db) -> SigningKey:
    return signing_key()
