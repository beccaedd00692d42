from datetime import date

from django.db import migrations

LIMITS = [
    ("validity", 3, "wd", "nd268:51.1", True),
    ("decision", 10, "d", "nd268:52.3", False),
]


def enter(apps, schema_editor):
    limits = apps.get_model("dossiers", "TimeLimit").objects
    for step, amount, unit, citation, by_analogy in LIMITS:
        limits.get_or_create(
            procedure="st_change",
            step=step,
            effective_from=date(2025, 10, 14),
            defaults={"amount": amount, "unit": unit, "citation": citation, "by_analogy": by_analogy},
        )


class Migration(migrations.Migration):
    dependencies = [("certificates", "0002_certificatechange"), ("dossiers", "0008_timelimit_by_analogy")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
