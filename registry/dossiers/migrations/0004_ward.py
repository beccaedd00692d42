import django.db.models.deletion
from django.db import migrations, models


def place(apps, schema_editor):
    """Dossiers of before get their ward from the answers they hold."""
    dossiers = apps.get_model("dossiers", "Dossier")
    units = dict(apps.get_model("core", "AdministrativeUnit").objects.filter(edition="new").values_list("code", "pk"))
    for pk, answers in dossiers.objects.values_list("pk", "answers").iterator(chunk_size=500):
        unit = units.get(str(answers.get("ward") or ""))
        if unit is not None:
            dossiers.objects.filter(pk=pk).update(ward_id=unit)


class Migration(migrations.Migration):
    dependencies = [("core", "0004_write_once"), ("dossiers", "0003_write_once")]
    operations = [
        migrations.AddField(
            model_name="dossier",
            name="ward",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.administrativeunit",
                verbose_name="xã, phường",
            ),
        ),
        migrations.RunPython(place, migrations.RunPython.noop),
    ]
