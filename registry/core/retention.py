"""What of the logs of readings is removed once it has been kept long enough."""

from datetime import datetime

from registry.core.models import FileRead, ReadLog


def remove_read_logs(before: datetime, limit: int) -> int:
    """Who of the staff read restricted fields."""
    chosen = list(ReadLog.objects.filter(at__lt=before).order_by("pk").values_list("pk", flat=True)[:limit])
    return ReadLog.objects.filter(pk__in=chosen).delete()[0]


def remove_file_reads(before: datetime, limit: int) -> int:
    """Who opened a private file."""
    chosen = list(FileRead.objects.filter(at__lt=before).order_by("pk").values_list("pk", flat=True)[:limit])
    return FileRead.objects.filter(pk__in=chosen).delete()[0]
