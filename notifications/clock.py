"""What time it is for the messages. The portal's wiring puts its own clock here: `use(registry.core.clock.now)`."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

_source: Callable[[], datetime] = timezone.now


def use(source: Callable[[], datetime]) -> None:
    """Take the time from `source` (aware moments) from now on."""
    global _source
    _source = source


def now() -> datetime:
    return _source()


def local(moment: datetime) -> datetime:
    """The moment in the portal's zone."""
    return timezone.localtime(moment)
