from django.db import migrations

from registry.core.triggers import release, write_once

TABLES = ("appraisals_council", "appraisals_declaration", "appraisals_sheet", "appraisals_minutes")


class Migration(migrations.Migration):
    dependencies = [("appraisals", "0001_initial")]
    operations = [migrations.RunPython(write_once(*TABLES), release(*TABLES))]
