from datetime import date

from django.db import migrations

READING = "Cách đọc của Sở: khoản 2 Điều 66 ghi 15 ngày cho “Giấy công nhận”, áp dụng cho cả Giấy chứng nhận."


def enter(apps, schema_editor):
    apps.get_model("dossiers", "TimeLimit").objects.get_or_create(
        procedure="st_certificate",
        step="ministry_notice",
        effective_from=date(2025, 10, 14),
        defaults={"amount": 15, "unit": "d", "citation": "nd268:66.2", "source": READING},
    )


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial"), ("dossiers", "0007_closed_by_procedure")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
