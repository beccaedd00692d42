"""Time in tests, only through the portal's own clock; and the language in which each begins."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import translation

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def freeze() -> Iterator[Callable[[str], datetime]]:
    """`freeze("2026-10-05T09:12")` stops the clock there (Lai Châu time) until the test ends; called again, it moves."""
    from registry.core import clock

    with ExitStack() as stack:

        def at(moment: str) -> datetime:
            when = datetime.fromisoformat(moment)
            when = when if when.tzinfo else when.replace(tzinfo=HERE)
            stack.enter_context(clock.at(when))
            return when

        yield at


@pytest.fixture(autouse=True)
def _vietnamese() -> None:
    """Each test begins in the source language: a request leaves its own behind in the thread."""
    translation.activate(settings.LANGUAGE_CODE)
