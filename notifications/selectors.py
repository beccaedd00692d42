"""Reading messages: a person's inbox, and the outbox for operators and the demo."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from notifications.models import InboxItem, Message


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message as `manage.py outbox --json` tells it."""

    code: str
    recipient: str
    key: str
    due: datetime
    sent: datetime | None


def inbox(user_id: int) -> QuerySet[InboxItem]:
    """The person's items, newest first."""
    return InboxItem.objects.filter(user_id=user_id)


def unread_count(user_id: int) -> int:
    return InboxItem.objects.filter(user_id=user_id, read_at=None).count()


def messages_to(email: str = "") -> QuerySet[Message]:
    """Messages, newest first; all of them where no address is given."""
    found = Message.objects.order_by("-created_at", "-pk")
    return found.filter(email=email.strip().lower()) if email else found


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is due and has not left: how many, since when the oldest; and how many nobody will try again."""

    count: int
    oldest: datetime | None
    given_up: int


def waiting_mail(now: datetime) -> Waiting:
    due = Message.objects.filter(sent_at=None, given_up_at=None, due_at__lte=now)
    found = due.aggregate(count=Count("pk"), oldest=Min("due_at"))
    return Waiting(found["count"], found["oldest"], Message.objects.exclude(given_up_at=None).count())


def addresses_told(code: str, key: str) -> frozenset[str]:
    """To which addresses a message of this occasion was written, sent or not."""
    return frozenset(Message.objects.filter(code=code, key=key).values_list("email", flat=True))


def outbox() -> list[OutboxRow]:
    rows = Message.objects.order_by("pk").values_list("code", "email", "key", "due_at", "sent_at")
    return [OutboxRow(*row) for row in rows]
