"""Reports of errors live in `registry.reports`, which has taken the rows over."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("startups", "0003_status_of_entries"), ("reports", "0002_reports_of_startups")]

    operations = [migrations.DeleteModel(name="ErrorReport")]
