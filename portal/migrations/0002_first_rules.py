from datetime import date

from django.db import migrations

RULES = [
    ("abandoned_draft", 12, "m"),
    ("removed_file", 90, "d"),
    ("letter_text", 6, "m"),
    ("letter", 2, "y"),
    ("legal_letter", 10, "y"),
    ("inbox", 2, "y"),
    ("invitation", 30, "d"),
    ("reporter", 90, "d"),
    ("imported_list", 7, "d"),
    ("read_log", 5, "y"),
    ("file_read", 5, "y"),
    ("retention_report", 3, "y"),
]
SOURCE = "Đề xuất ban đầu của hệ thống, chờ Sở quy định"


def write(apps, schema_editor):
    Rule = apps.get_model("portal", "RetentionRule")
    for code, amount, unit in RULES:
        Rule.objects.get_or_create(
            code=code, effective_from=date(2026, 1, 1), defaults={"amount": amount, "unit": unit, "source": SOURCE}
        )


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_retention")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
