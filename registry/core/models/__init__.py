"""What the core records. Each subject has a module of its own; everybody imports from here."""

from registry.core.models.files import FileRead, PrivateFile
from registry.core.models.history import Decision, Event, ReadLog
from registry.core.models.numbers import Counter, IssuedNumber
from registry.core.models.reference import (
    AdministrativeUnit,
    AdministrativeUnitChange,
    Authority,
    DayOff,
    Industry,
)

__all__ = [
    "AdministrativeUnit",
    "AdministrativeUnitChange",
    "Authority",
    "Counter",
    "DayOff",
    "Decision",
    "Event",
    "FileRead",
    "Industry",
    "IssuedNumber",
    "PrivateFile",
    "ReadLog",
]
