"""Reports of errors live in `registry.reports`, which has taken the rows over."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("startups", "0004_confirmations"), ("reports", "0002_reports_of_startups")]

    operations = [migrations.DeleteModel(name="ErrorReport")]
