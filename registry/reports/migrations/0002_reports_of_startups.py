"""What visitors reported of startups moves here, from the table that the startup register kept for it."""

from django.db import migrations


def move(apps, schema_editor):
    report, profile = apps.get_model("reports", "Report"), apps.get_model("startups", "Profile")
    for old in apps.get_model("startups", "ErrorReport").objects.select_related("startup").order_by("pk").iterator():
        page = profile.objects.filter(startup=old.startup, recorded_at__lte=old.sent_at).order_by("recorded_at").last()
        page = page or profile.objects.filter(startup=old.startup).order_by("recorded_at").first()
        public_id = old.startup.public_id
        report.objects.create(
            state="answered" if old.handled_at else "new",
            kind="startup",
            about=f"startups.startup:{old.startup_id}",
            title=page.name_vi if page else public_id,
            address=f"/khoi-nghiep/{page.slug}-{public_id}/" if page else f"/khoi-nghiep/{public_id}/",
            language="vi",
            text=old.text,
            email=old.email,
            sent_at=old.sent_at,
            answered_at=old.handled_at,
            answered_by_id=old.handled_by_id if old.handled_at else None,
        )


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("startups", "0003_status_of_entries")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
