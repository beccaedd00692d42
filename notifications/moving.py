"""A person has another address: what has not reached them at the old one goes to the new one."""

import uuid
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from notifications import clock
from notifications.catalogue import CATALOGUE
from notifications.delivery import RETURNED
from notifications.models import Message

STILL_NEWS: Final = timedelta(days=30)
"""What a dead address refused longer ago stays given up: the inbox has told it."""
BOUND: Final = frozenset(entry.code for entry in CATALOGUE.values() if entry.bound)


@transaction.atomic
def follow(user_id: int, email: str) -> int:
    """The person has confirmed `email`: their letters that have not left go there. Returns how many; again, it is none.

    Letters meant for the old address itself stay (`Entry.bound`). What was given up because that address takes no mail
    is tried again at the new one. Each is another letter from now on (`uid`), so that a report of the old address that
    comes late proves nothing against the new one.
    """
    now, address = clock.now(), email.lower()
    refused = Q(given_up_at__gt=now - STILL_NEWS, last_error__endswith=RETURNED)
    stranded = (
        Message.objects.select_for_update()
        .filter(Q(given_up_at=None) | refused, user=user_id, sent_at=None)
        .exclude(code__in=BOUND)
        .exclude(email=address)
    )
    rows = {(row.code, row.key): row for row in stranded.order_by("-pk")}
    told = Message.objects.filter(user=user_id, email=address, code__in={code for code, _key in rows})
    for occasion in told.values_list("code", "key"):
        rows.pop(occasion, None)
    for row in rows.values():
        row.uid, row.email, row.attempts, row.last_error = uuid.uuid4(), address, 0, ""
        row.given_up_at, row.next_try_at = None, max(now, row.due_at)
    Message.objects.bulk_update(
        rows.values(), ["uid", "email", "attempts", "last_error", "given_up_at", "next_try_at"], batch_size=200
    )
    return len(rows)
