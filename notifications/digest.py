"""The morning letter: what a person wants gathered, once a day at a local hour, each piece in exactly one letter."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.urls import reverse_lazy

from notifications import clock, services
from notifications.models import InboxItem, Message, Way

HOUR: Final = time(7, 0)
CODE: Final = "digest"
MOST: Final = 40
"""Pieces shown in one letter; of more it says how many, all are in the inbox."""


def slot(now: datetime) -> datetime:
    """The last time that the letter was due: seven o'clock of today, or of yesterday."""
    local = clock.local(now)
    seven = local.replace(hour=HOUR.hour, minute=HOUR.minute, second=0, microsecond=0)
    return seven if seven <= local else seven - timedelta(days=1)


def gather(now: datetime) -> int:
    """Write the letters of the last slot that are not written yet; they leave with the mail. Returns how many.

    What came after the slot waits for the next one. Run twice, late or after a kill: a letter a day and person, and
    nothing in two of them.
    """
    due = slot(now)
    waiting = Message.objects.filter(way=Way.DIGEST, digest=None, created_at__lt=due)
    people = waiting.order_by("user").values_list("user", flat=True).distinct()
    return sum(_letter(user_id, due) for user_id in list(people))


@transaction.atomic
def _letter(user_id: int, due: datetime) -> int:
    rows = Message.objects.select_for_update().filter(way=Way.DIGEST, digest=None, user=user_id, created_at__lt=due)
    pieces = list(rows.order_by("created_at", "pk"))
    key = f"{user_id}/{due:%Y-%m-%d}"
    if not pieces or Message.objects.filter(code=CODE, key=key).exists():
        return 0
    to = reader(pieces[-1])
    context = {"items": told(pieces[:MOST]), "count": len(pieces), "url": reverse_lazy("inbox")}
    services.notify(CODE, [to], key, context)
    letter = Message.objects.get(code=CODE, key=key, email=to.email)
    Message.objects.filter(pk__in=[piece.pk for piece in pieces]).update(digest=letter)
    return 1


def reader(last: Message) -> services.Recipient:
    """The person at the address and in the language of today; of who can sign in no more, as the news was written."""
    person: Any = last.user
    if not person.is_active:
        return services.Recipient(last.email, person.pk, last.language)
    return services.Recipient(person.email, person.pk, person.language)


def told(pieces: list[Message]) -> list[dict[str, Any]]:
    """Title and sentence of each piece as the inbox has them."""
    wanted = {(piece.code, piece.key) for piece in pieces}
    items = InboxItem.objects.filter(user=pieces[0].user_id, code__in={code for code, _key in wanted})
    texts = {(item.code, item.key): item.text for item in items.filter(key__in={key for _code, key in wanted})}
    return [
        {"title": piece.subject, "text": " ".join(texts.get((piece.code, piece.key), "").split())} for piece in pieces
    ]
