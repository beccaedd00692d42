from django.db import migrations

from registry.core.triggers import release, write_once

TABLES = ("dossiers_submission",)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_initial")]
    operations = [migrations.RunPython(write_once(*TABLES), release(*TABLES))]
