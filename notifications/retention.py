"""What of messages is removed once it has been kept long enough. Each takes the moment and at most how many; gives how many."""

from datetime import datetime

from django.db.models import Q

from notifications.models import InboxItem, Message


def forget_texts(before: datetime, limit: int) -> int:
    """The text of ordinary letters that left long ago; that they left, when and to whom stays. What the law demands is kept whole."""
    sent = Q(sent_at__lt=before) | Q(digest__sent_at__lt=before)
    left = Message.objects.filter(sent, legal=False).exclude(body_text="", body_html="")
    chosen = list(left.order_by("pk").values_list("pk", flat=True)[:limit])
    return Message.objects.filter(pk__in=chosen).update(body_text="", body_html="", context={})


def remove_messages(before: datetime, limit: int) -> int:
    """Ordinary letters, sent or given up; what was gathered goes with the letter it was gathered in."""
    return _remove(before, limit, legal=False)


def remove_legal_messages(before: datetime, limit: int) -> int:
    """Letters that the law demands: proof that somebody was told, so their own rule keeps them longer."""
    return _remove(before, limit, legal=True)


def remove_read_items(before: datetime, limit: int) -> int:
    """News in an account that its owner has read. Unread news stays."""
    chosen = list(InboxItem.objects.filter(read_at__lt=before).order_by("pk").values_list("pk", flat=True)[:limit])
    return InboxItem.objects.filter(pk__in=chosen).delete()[0]


def _remove(before: datetime, limit: int, *, legal: bool) -> int:
    own = Q(sent_at__lt=before) | Q(given_up_at__lt=before)
    gathered = Q(digest__sent_at__lt=before) | Q(digest__given_up_at__lt=before)
    over = Message.objects.filter(own | gathered, legal=legal)
    # In the order of their making: a piece is older than its digest, so none is left behind that names one.
    chosen = Message.objects.filter(pk__in=list(over.order_by("pk").values_list("pk", flat=True)[:limit]))
    return chosen.exclude(digest=None).delete()[0] + chosen.delete()[0]
