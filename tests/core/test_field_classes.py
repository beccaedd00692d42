from django.apps import apps
from django.db import models

from registry.core.classification import (
    INTERNAL,
    PUBLIC,
    RESTRICTED,
    field_class,
    fields_of_class,
    own_fields,
    undeclared,
)
from registry.core.models import DayOff, PrivateFile


def our_models():
    ours = [
        config for config in apps.get_app_configs() if config.name.startswith("registry.") or config.name == "accounts"
    ]
    return [model for config in ours for model in config.get_models(include_auto_created=False)]


def test_every_field_of_every_register_has_a_class():
    assert undeclared(our_models()) == []


def test_the_class_of_a_field():
    assert field_class(DayOff, "date") == PUBLIC
    assert field_class(PrivateFile(), "name") == RESTRICTED
    assert field_class(DayOff, "id") == field_class(DayOff, "pk") == INTERNAL
    assert fields_of_class(PrivateFile, RESTRICTED) == ["name", "owner"]


def test_a_field_that_nobody_declared_is_told():
    class Draft(models.Model):
        name = models.CharField(max_length=5)
        people = models.ManyToManyField("accounts.User", related_name="+")
        note = models.TextField()
        field_classes = {"name": "secret", "gone": PUBLIC}

        class Meta:
            app_label = "core"
            managed = False

    try:
        assert {field.name for field in own_fields(Draft)} == {"id", "name", "note", "people"}
        told = undeclared([Draft])
    finally:
        apps.all_models["core"].pop("draft")
        apps.all_models["core"].pop("draft_people")
        apps.clear_cache()
    assert len(told) == 4
    assert all(name in " ".join(told) for name in ("“secret”", "note", "people", "gone"))
