"""Late numbering: committed changes get their place in line, one numberer at a time.

A writer leaves `seq` empty, because a number taken before the commit can become visible after a higher one, and a follower that
already passed would never see it. Numbers given after the commit come in the order in which changes became visible, so
`seq > cursor` skips nothing. Call these after a commit, never inside the transaction of a change.
"""

from uuid import uuid4

from django.db import connection, transaction

from search.models import Clock, SearchEntry


def number(limit: int = 1000) -> int:
    """Give numbers to changes that have none; returns to how many. Waits for another numberer, never for a writer."""
    if not SearchEntry.objects.filter(seq=None).exists():
        return 0
    with transaction.atomic():
        # The clock row, not max(seq) + 1: the row that holds the maximum loses its number with its next change.
        clock, _ = Clock.objects.select_for_update().get_or_create(pk=1)
        pending = SearchEntry.objects.filter(seq=None).order_by("pk")
        pending = pending.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        line = list(pending.only("pk")[:limit])
        for place, entry in enumerate(line, clock.seq + 1):
            entry.seq = place
        if line:
            SearchEntry.objects.bulk_update(line, ["seq"], batch_size=100)
            Clock.objects.filter(pk=1).update(seq=clock.seq + len(line))
    return len(line)


def start_new_epoch() -> None:
    """Make every follower build its copy anew: after a restore, or to repair one."""
    with transaction.atomic():
        Clock.objects.select_for_update().get_or_create(pk=1)
        Clock.objects.filter(pk=1).update(epoch=uuid4())
