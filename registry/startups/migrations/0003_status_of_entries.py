"""Startups that were indexed before carry their status as a facet, too."""

from django.db import migrations


def add_status(apps, schema_editor):
    for entry in apps.get_model("search", "SearchEntry").objects.filter(kind="startup", deleted=False).iterator():
        entry.facets = {**entry.facets, "status": ["listed"]}
        entry.normaliser, entry.seq = 0, None  # to be prepared and numbered anew
        entry.save(update_fields=["facets", "normaliser", "seq"])


class Migration(migrations.Migration):
    dependencies = [("startups", "0002_time_limit"), ("search", "0003_sections_and_prepared_line")]

    operations = [migrations.RunPython(add_status, migrations.RunPython.noop)]
