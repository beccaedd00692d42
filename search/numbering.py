"""Late numbering: committed changes get their place in line, one numberer at a time.

A writer leaves `seq` empty, because a number taken before the commit can become visible after a higher one, and a follower that
already passed would never see it. Numbers given after the commit come in the order in which changes became visible, so
`seq > cursor` skips nothing. Call these after a commit, never inside the transaction of a change.
"""

from uuid import uuid4

from django.db import connection, transaction

from search import clock
from search.models import Clock, SearchEntry


def number(limit: int = 1000) -> int:
    """Give numbers to changes that have none; returns to how many. Waits for another numberer, never for a writer."""
    if not SearchEntry.objects.filter(seq=None).exists():
        return 0
    with transaction.atomic():
        # The clock row, not max(seq) + 1: the row that holds the maximum loses its number with its next change.
        last, _ = Clock.objects.select_for_update().get_or_create(pk=1)
        waiting = SearchEntry.objects.filter(seq=None).order_by("pk")
        waiting = waiting.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        line = list(waiting.only("pk")[:limit])
        for place, entry in enumerate(line, last.seq + 1):
            entry.seq = place
        if line:
            SearchEntry.objects.bulk_update(line, ["seq"], batch_size=100)
            Clock.objects.filter(pk=1).update(seq=last.seq + len(line))
    return len(line)


def number_all() -> None:
    while number():
        pass


def start_new_epoch() -> None:
    """Make every follower build its copy anew: after a restore, or to repair one."""
    with transaction.atomic():
        Clock.objects.select_for_update().get_or_create(pk=1)
        Clock.objects.filter(pk=1).update(epoch=uuid4())


def head() -> tuple[str, int]:
    """Which history the main database is in, and its last number."""
    for epoch, seq in Clock.objects.filter(pk=1).values_list("epoch", "seq"):
        return f"{epoch}{_cluster()}", seq
    return "", 0


_clusters: dict[str, str] = {}


def _cluster() -> str:
    """On PostgreSQL, what tells a database from its copy restored elsewhere; read once in a process."""
    if connection.vendor != "postgresql":
        return ""
    name = str(connection.settings_dict["NAME"])
    if name not in _clusters:
        with connection.cursor() as db:
            db.execute(
                "SELECT (SELECT system_identifier FROM pg_control_system()), oid FROM pg_database"
                " WHERE datname = current_database()"
            )
            _clusters[name] = ":" + ":".join(str(part) for part in db.fetchone())
    return _clusters[name]


def pending() -> tuple[int, float]:
    """How many committed changes have no number yet, and for how many seconds the oldest has waited."""
    waiting = SearchEntry.objects.filter(seq=None)
    oldest = waiting.order_by("changed_at").values_list("changed_at", flat=True).first()
    return waiting.count(), (clock.now() - oldest).total_seconds() if oldest else 0.0
