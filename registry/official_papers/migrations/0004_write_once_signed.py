from django.db import migrations

from registry.core.triggers import release, write_once

TABLES = ("official_papers_signedcopy",)


class Migration(migrations.Migration):
    dependencies = [("official_papers", "0003_signedcopy")]
    operations = [migrations.RunPython(write_once(*TABLES), release(*TABLES))]
