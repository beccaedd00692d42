"""Time in tests: only through the portal's own clock."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

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
