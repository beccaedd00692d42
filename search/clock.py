"""What time it is for the search. The wiring puts the portal's own clock here, so that a frozen day is frozen here too."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone


def _wall_clock() -> datetime:
    return timezone.localtime()


now: Callable[[], datetime] = _wall_clock
