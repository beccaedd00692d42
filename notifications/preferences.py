"""How a person wants to be told: by group of messages, at once, gathered in the morning, or in the inbox only."""

from collections.abc import Collection, Mapping
from typing import Final

from django.core import signing
from django.urls import reverse
from django.utils import translation

from notifications import clock
from notifications.catalogue import GROUPS, Entry
from notifications.models import Preference, Way

SALT: Final = "notifications.stop"
DIGEST: Final = "digest"
"""The digest itself: to stop it is to have all that it gathers in the inbox only."""
SETTLED: Final = frozenset(group.code for group in GROUPS if not group.fixed)


def ways_of(user_ids: Collection[int], what: Entry) -> Mapping[int, Way]:
    """What these people chose for such a message; who chose nothing is missing. A fixed one asks nobody."""
    if not what.digestible or not user_ids:
        return {}
    rows = Preference.objects.filter(user__in=user_ids, group=what.group)
    return {user_id: Way(way) for user_id, way in rows.values_list("user_id", "way")}


def chosen(user_id: int) -> dict[str, Way]:
    """The way of every group that can be settled."""
    rows = dict(Preference.objects.filter(user=user_id).values_list("group", "way"))
    return {group: Way(rows.get(group, Way.NOW)) for group in sorted(SETTLED)}


def choose(user_id: int, ways: Mapping[str, Way]) -> None:
    """Settle some groups. Raises LookupError for a group that is fixed or unknown."""
    if unknown := ways.keys() - SETTLED:
        raise LookupError(", ".join(sorted(unknown)))
    for group, way in ways.items():
        Preference.objects.update_or_create(
            user_id=user_id, group=group, defaults={"way": way, "changed_at": clock.now()}
        )


def stop(user_id: int, group: str) -> None:
    """No letters of this group any more; the inbox keeps telling. Twice is once."""
    if group == DIGEST:
        gathered = Preference.objects.filter(user=user_id, way=Way.DIGEST)
        gathered.update(way=Way.INBOX, changed_at=clock.now())
        return
    choose(user_id, {group: Way.INBOX})


def stop_path(what: Entry, user_id: int | None, language: str) -> str:
    """The address that switches such letters off for one person, without a session; "" for what cannot be."""
    if user_id is None or not (what.digestible or what.group == DIGEST):
        return ""
    with translation.override(language):
        return reverse("stop_letters", args=[signing.dumps([user_id, what.group], salt=SALT)])


def read_stop(token: str) -> tuple[int, str] | None:
    """(person, group) of such an address, or None for one that is not ours. It has no end: old letters are read late."""
    try:
        user_id, group = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (user_id, group) if group in SETTLED | {DIGEST} else None
