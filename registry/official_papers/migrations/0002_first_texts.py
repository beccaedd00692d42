from datetime import date

from django.db import migrations

from registry.core.triggers import release, write_once
from registry.official_papers.first_texts import first_texts

TABLES = ("official_papers_papertemplate", "official_papers_officialpaper")
LAW_FROM = date(2025, 10, 14)
"""Decree 268/2025 (Art. 69): what cites it is not used before."""
PORTAL_FROM = date(2025, 1, 1)


def enter(apps, schema_editor):
    template = apps.get_model("official_papers", "PaperTemplate")
    template.objects.bulk_create(
        template(version=1, effective_from=LAW_FROM if row["procedure"] else PORTAL_FROM, **row)
        for row in first_texts()
    )


class Migration(migrations.Migration):
    dependencies = [("official_papers", "0001_initial")]
    operations = [
        migrations.RunPython(enter, migrations.RunPython.noop),
        migrations.RunPython(write_once(*TABLES), release(*TABLES)),
    ]
