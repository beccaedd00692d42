"""A product that was added while its holder has the incentives of the documents before has no day of Art. 56(2): Art. 68(1)."""

from typing import Any

from django.db import migrations, models


def of_products_added_under_the_old_ones(apps: Any, schema_editor: Any) -> None:
    versions = apps.get_model("certificates", "CertificateVersion")
    products = apps.get_model("certificates", "CertifiedProduct")
    for added in versions.objects.filter(incentives="nd13", turn__gt=0):
        products.objects.filter(
            version__certificate=added.certificate_id, version__turn__gte=added.turn, incentive_from=added.effective_from
        ).exclude(incentive_from=added.certificate.first_issued_on).update(incentive_from=None)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0005_incentives")]

    operations = [
        migrations.AlterField(
            "certifiedproduct", "incentive_from", models.DateField(blank=True, null=True, verbose_name="tính ưu đãi từ")
        ),
        migrations.RunPython(of_products_added_under_the_old_ones, migrations.RunPython.noop),
    ]
