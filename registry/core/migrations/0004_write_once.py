from django.db import migrations

from registry.core.triggers import release, write_once

TABLES = ("core_event", "core_decision",)


class Migration(migrations.Migration):
    dependencies = [("core", "0003_history")]
    operations = [migrations.RunPython(write_once(*TABLES), release(*TABLES))]
