"""Every model field is public, internal or restricted, and the model says which.

A model declares `field_classes = {"name": PUBLIC, "id_number": RESTRICTED, …}` with one entry for each of its own
concrete fields, foreign keys and many-to-many fields included. Only the primary key may be left out: it is internal
until the model says otherwise. Exports, the API, search and pages ask `field_class` before they show a value.

The classes are plain strings, so that an app which may not import this module (accounts) can declare them too.
"""

from collections.abc import Iterable
from typing import Final

from django.db.models import Field, ForeignObjectRel, Model

PUBLIC: Final = "public"
INTERNAL: Final = "internal"
RESTRICTED: Final = "restricted"
CLASSES: Final = (PUBLIC, INTERNAL, RESTRICTED)


class Undeclared(LookupError):
    """A field whose class nobody decided."""


def own_fields(model: type[Model]) -> list[Field]:
    """The columns and many-to-many fields of a model, in their order; reverse relations are not fields of it."""
    forward = [f for f in model._meta.get_fields() if not isinstance(f, ForeignObjectRel) and isinstance(f, Field)]
    return [f for f in forward if f.concrete]


def field_class(model: type[Model] | Model, field: str) -> str:
    """The class of one field. Raises Undeclared where the model says nothing or something unknown."""
    declared: dict[str, str] = getattr(model, "field_classes", {})
    if field in declared:
        value = declared[field]
        if value not in CLASSES:
            raise Undeclared(f"{model._meta.label}.{field}: “{value}” is no field class")
        return value
    if field == "pk" or field == model._meta.pk.name and model._meta.pk.auto_created:
        return INTERNAL
    raise Undeclared(f"{model._meta.label}.{field} has no field class")


def fields_of_class(model: type[Model], *classes: str) -> list[str]:
    """The names of the model's fields that belong to one of the classes, in the order of the model."""
    return [f.name for f in own_fields(model) if field_class(model, f.name) in classes]


def undeclared(models: Iterable[type[Model]]) -> list[str]:
    """What is missing or superfluous in the declarations of these models, one sentence each."""
    complaints = []
    for model in models:
        names = [f.name for f in own_fields(model)]
        for name in names:
            try:
                field_class(model, name)
            except Undeclared as complaint:
                complaints.append(str(complaint))
        for name in getattr(model, "field_classes", {}):
            if name not in names:
                complaints.append(f"{model._meta.label} declares a class for {name}, which it does not have")
    return complaints
