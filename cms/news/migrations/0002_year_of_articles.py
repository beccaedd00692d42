"""Articles that were indexed before carry their year as a facet, too."""

from django.db import migrations


def add_years(apps, schema_editor):
    for entry in apps.get_model("search", "SearchEntry").objects.filter(kind="article", deleted=False).iterator():
        entry.facets = {**entry.facets, "year": [str(entry.date.year)]}
        entry.normaliser, entry.seq = 0, None  # to be prepared and numbered anew
        entry.save(update_fields=["facets", "normaliser", "seq"])


class Migration(migrations.Migration):
    dependencies = [("cms_news", "0001_initial"), ("search", "0003_sections_and_prepared_line")]

    operations = [migrations.RunPython(add_years, migrations.RunPython.noop)]
