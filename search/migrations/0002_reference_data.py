import csv
from pathlib import Path
from uuid import uuid4

from django.db import migrations

ABBREVIATIONS = Path(__file__).parent.parent / "data" / "abbreviations.csv"


def load(apps, schema_editor):
    apps.get_model("search", "Clock").objects.get_or_create(pk=1, defaults={"epoch": uuid4()})
    Abbreviation = apps.get_model("search", "Abbreviation")
    with ABBREVIATIONS.open(encoding="utf-8", newline="") as lines:
        rows = [Abbreviation(**row) for row in csv.DictReader(lines)]
    Abbreviation.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
