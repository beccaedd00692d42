from datetime import date

from django.db import migrations

from registry.official_papers.first_texts import first_texts

LAW_FROM = date(2025, 10, 14)


def enter(apps, schema_editor):
    """Where the portal stands already, the first texts that came later: the refusal of a dossier under Art. 52."""
    template = apps.get_model("official_papers", "PaperTemplate")
    for row in first_texts():
        if not template.objects.filter(kind=row["kind"], procedure=row["procedure"]).exists():
            template.objects.create(version=1, effective_from=LAW_FROM, **row)


class Migration(migrations.Migration):
    dependencies = [("official_papers", "0005_texts_of_changes")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
