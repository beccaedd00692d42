"""The papers as data: canonical JSON with the field names of `content`, `form` beside them."""

from collections.abc import Collection
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final

from registry.core.classification import CLASSES
from registry.core.decisions import canonical
from registry.st_enterprises.papers.content import (
    Application,
    Assessment,
    BusinessPlan,
    Certificate,
    ChangeRequest,
    Paper,
    YearReport,
)
from registry.st_enterprises.papers.field_classes import field_class

FORMS: Final[dict[type, str]] = {
    Application: "V.1",
    BusinessPlan: "V.2",
    Assessment: "V.3",
    Certificate: "V.4",
    ChangeRequest: "V.5",
    YearReport: "V.6",
}


def data(paper: Paper, classes: Collection[str] = CLASSES) -> str:
    """The fields of these classes as canonical JSON: whole đồng, days as ISO, codes of enumerations, sets sorted, null for unknown."""
    return canonical({"form": FORMS[type(paper)], **_of(paper, classes)})


def _of(content: Any, classes: Collection[str]) -> dict[str, Any]:
    return {
        field.name: _plain(getattr(content, field.name), classes)
        for field in fields(content)
        if field_class(content, field.name) in classes
    }


def _plain(value: Any, classes: Collection[str]) -> Any:
    if is_dataclass(value):
        return _of(value, classes)
    if isinstance(value, tuple):
        return [_plain(one, classes) for one in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value
