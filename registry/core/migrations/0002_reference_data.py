"""Units, industries and authorities. Rows that are there already stay as staff have corrected them."""

from django.db import migrations

from registry.core.reference_files import authorities, industries, unit_changes, units


def load(apps, schema_editor):
    Unit = apps.get_model("core", "AdministrativeUnit")
    Change = apps.get_model("core", "AdministrativeUnitChange")
    Industry = apps.get_model("core", "Industry")
    Authority = apps.get_model("core", "Authority")
    Unit.objects.bulk_create([Unit(**row) for row in units()], ignore_conflicts=True)
    key = {(edition, code): pk for pk, edition, code in Unit.objects.values_list("pk", "edition", "code")}
    Change.objects.bulk_create(
        [
            Change(old_id=key["old", old], new_id=key["new", new])
            for old, new in unit_changes().items()
        ],
        ignore_conflicts=True,
    )
    Industry.objects.bulk_create(
        [Industry(**row) for row in industries()], batch_size=500, ignore_conflicts=True
    )
    Authority.objects.bulk_create([Authority(**row) for row in authorities()], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
