"""What the portal logs, as it writes it."""

import io
import logging
from collections.abc import Iterator

import pytest

from portal.logging import JsonFormatter


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged from INFO on, one JSON object a line."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
