"""What of the reports of errors is removed once it has been kept long enough."""

from datetime import datetime

from registry.startups.models import ErrorReport


def forget_reporters(before: datetime, limit: int) -> int:
    """The address of somebody whose report was dealt with long ago; what they reported stays."""
    over = ErrorReport.objects.filter(handled_at__lt=before).exclude(email="")
    chosen = list(over.order_by("pk").values_list("pk", flat=True)[:limit])
    return ErrorReport.objects.filter(pk__in=chosen).update(email="")
