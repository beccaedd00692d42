from django.db import migrations, models
from django.db.models import F


def from_the_last_error(apps, schema_editor):
    apps.get_model("search", "FollowerReport").objects.update(since=F("at"))


class Migration(migrations.Migration):
    dependencies = [("search", "0004_follower_report")]

    operations = [
        migrations.AddField(
            model_name="followerreport",
            name="since",
            field=models.DateTimeField(null=True, verbose_name="từ"),
        ),
        migrations.RunPython(from_the_last_error, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="followerreport",
            name="since",
            field=models.DateTimeField(verbose_name="từ"),
        ),
    ]
