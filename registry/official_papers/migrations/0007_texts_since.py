from datetime import date

from django.db import migrations

from registry.core import clock
from registry.official_papers.first_texts import first_texts

LAW_FROM = date(2025, 10, 14)


def enter(apps, schema_editor):
    """Where the portal stands already: the texts that came later, and of those that staff never wrote what is said otherwise by now."""
    template = apps.get_model("official_papers", "PaperTemplate")
    for row in first_texts():
        last = template.objects.filter(kind=row["kind"], procedure=row["procedure"]).order_by("version").last()
        if last is None:
            template.objects.create(version=1, effective_from=LAW_FROM, **row)
        elif last.author_id is None and any(getattr(last, name) != text for name, text in row.items()):
            version, note = last.version + 1, "Cổng cập nhật lời mẫu"
            template.objects.create(version=version, effective_from=clock.today(), note=note, **row)


class Migration(migrations.Migration):
    dependencies = [("official_papers", "0006_refusal_of_changes")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
