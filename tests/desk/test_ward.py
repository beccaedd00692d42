"""Where a dossier stands: its ward follows the answers, and lists need not read these."""

from importlib import import_module

from django.apps import apps

from registry.dossiers.models import Dossier
from tests.dossiers.factories import dossier, fill


def test_the_ward_follows_the_answers(roles) -> None:
    made = dossier(ward="03408")
    assert made.ward.code == "03408"
    made = fill(made, made.created_by, ward="03424")
    assert Dossier.objects.get(pk=made.pk).ward.code == "03424"


def test_what_is_no_ward_of_today_places_it_nowhere(roles) -> None:
    assert dossier(empty=True).ward is None
    assert dossier(ward="99999").ward is None
    assert dossier(ward=["03408"]).ward is None


def test_dossiers_of_before_are_placed(roles) -> None:
    made, empty = dossier(ward="03408"), dossier(empty=True)
    Dossier.objects.update(ward=None)
    import_module("registry.dossiers.migrations.0004_ward").place(apps, None)
    assert Dossier.objects.get(pk=made.pk).ward.code == "03408"
    assert Dossier.objects.get(pk=empty.pk).ward is None
