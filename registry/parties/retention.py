"""What of the organisations' doors is removed once it has been kept long enough."""

from datetime import datetime

from registry.parties.models import Invitation


def remove_invitations(before: datetime, limit: int) -> int:
    """Invitations that ran out without being accepted: nothing rests on them, and they hold somebody's address."""
    over = Invitation.objects.filter(accepted_at=None, expires_at__lt=before)
    chosen = list(over.order_by("pk").values_list("pk", flat=True)[:limit])
    return Invitation.objects.filter(pk__in=chosen).delete()[0]
