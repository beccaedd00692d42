"""By which decree the incentives of each version run: so far by that of its certificate (Art. 68(1) of Decree 268/2025)."""

from typing import Any

from django.db import migrations, models


def of_old_certificates(apps: Any, schema_editor: Any) -> None:
    apps.get_model("certificates", "CertificateVersion").objects.filter(certificate__regime="nd13").update(incentives="nd13")


class Migration(migrations.Migration):
    dependencies = [("certificates", "0004_shown_size")]

    operations = [
        migrations.AddField(
            "certificateversion",
            "incentives",
            models.CharField(
                choices=[("nd268", "Nghị định 268/2025/NĐ-CP"), ("nd13", "Nghị định 13/2019/NĐ-CP")],
                default="nd268",
                max_length=8,
                verbose_name="ưu đãi theo",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(of_old_certificates, migrations.RunPython.noop),
    ]
