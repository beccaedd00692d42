from datetime import date

from django.db import migrations


def enter(apps, schema_editor):
    apps.get_model("dossiers", "TimeLimit").objects.get_or_create(
        procedure="startup_registration",
        step="answer",
        effective_from=date(2025, 1, 1),
        defaults={
            "amount": 5,
            "unit": "wd",
            "source": "Cam kết phục vụ của Sở; không văn bản nào quy định thời hạn này.",
        },
    )


class Migration(migrations.Migration):
    dependencies = [("startups", "0001_initial"), ("dossiers", "0003_write_once")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
