from datetime import date

from django.db import migrations

LIMITS = [
    ("validity", 3, "wd", "nd268:51.1"),
    ("decision", 15, "d", "nd268:51.2"),
]


def enter(apps, schema_editor):
    limits = apps.get_model("dossiers", "TimeLimit").objects
    for step, amount, unit, citation in LIMITS:
        limits.get_or_create(
            procedure="st_certification",
            step=step,
            effective_from=date(2025, 10, 14),
            defaults={"amount": amount, "unit": unit, "citation": citation},
        )


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_write_once")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
