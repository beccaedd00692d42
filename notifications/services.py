"""Telling people. `notify` belongs to the transaction of the change; sending happens after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from notifications import clock, delivery, origin
from notifications.catalogue import Channel, Entry, entry
from notifications.models import InboxItem, Message, Preference, Way
from notifications.preferences import stop_path, ways_of
from notifications.rendering import Rendered, plain, render

GIVEN_UP_AFTER: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told. Without `user_id` there is no inbox, only the e-mail."""

    email: str
    user_id: int | None = None
    language: str = "vi"
    name: str = ""


def notify(
    code: str,
    recipients: Iterable[Recipient],
    key: str,
    context: dict[str, Any],
    due_at: datetime | None = None,
) -> int:
    """Write the message `code` for every recipient; it leaves after commit, or from `due_at` on.

    `key` names the occasion ("KN-2026-00001/1"): asking again for the same occasion changes nothing. Values may be lazy
    (`reverse_lazy`, `gettext_lazy`): each recipient gets them in their language. Addresses may be paths of this portal.
    Returns how many e-mails and inbox items were asked for. Raises LookupError when the context lacks what the text needs.
    """
    what = entry(code)
    missing = sorted(what.needs - context.keys())
    if missing:
        raise LookupError(f"{code} needs {', '.join(missing)}")
    messages: list[Message] = []
    items: list[InboxItem] = []
    people = list(recipients)
    ways = ways_of([to.user_id for to in people if to.user_id], what)
    for to in people:
        words = render(code, to.language, {**context, "name": to.name}, stop_path(what, to.user_id, to.language))
        if Channel.EMAIL in what.channels:
            way = ways.get(to.user_id or 0, Way.NOW)
            messages.append(message(what, to, key, context, words, due_at, way))
        if Channel.INBOX in what.channels and to.user_id is not None:
            items.append(inbox_item(what, to.user_id, to.language, key, words))
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    InboxItem.objects.bulk_create(items, ignore_conflicts=True)
    if messages:
        transaction.on_commit(lambda: delivery.send_now(code, key), robust=True)
    return len(messages) + len(items)


def call_off(code: str, key_prefix: str) -> int:
    """What was to be told has become pointless: messages of these occasions that have not left are not sent any more."""
    waiting = Message.objects.filter(code=code, key__startswith=key_prefix, sent_at=None, given_up_at=None)
    return waiting.update(given_up_at=clock.now())


def message(
    what: Entry,
    to: Recipient,
    key: str,
    context: dict[str, Any],
    words: Rendered,
    due_at: datetime | None,
    way: Way = Way.NOW,
) -> Message:
    """The row. What does not leave as a letter of its own keeps no key, and, in the inbox only, is given up at once."""
    now = clock.now()
    due = due_at or now
    hidden = what.secret and way != Way.NOW
    return Message(
        code=what.code,
        key=key,
        user_id=to.user_id,
        email=to.email.lower(),
        language=to.language,
        subject=words.subject[:200],
        body_text="" if hidden else words.text,
        body_html="" if hidden else words.html,
        way=way,
        given_up_at=now if way == Way.INBOX else None,
        context={name: plain(context[name]) for name in sorted(what.keep)},
        legal=what.legal,
        request_id=origin.request_id(),
        created_at=now,
        due_at=due,
        next_try_at=due,
    )


def inbox_item(what: Entry, user_id: int, language: str, key: str, words: Rendered) -> InboxItem:
    return InboxItem(
        user_id=user_id,
        code=what.code,
        key=key,
        language=language,
        title=words.subject[:200],
        text=words.summary,
        url=words.url,
        created_at=clock.now(),
    )


def mark_read(user_id: int, item_id: int | None = None) -> int:
    """The person has seen one item of their inbox, or all of them. Returns how many were still unread."""
    items = InboxItem.objects.filter(user_id=user_id, read_at=None)
    if item_id is not None:
        items = items.filter(pk=item_id)
    return items.update(read_at=clock.now())


def forget(user_id: int, email: str, nowhere: str) -> None:
    """The person has closed their account: their inbox and what they chose go, and of their letters only what, when and whether it left stays.

    Letters that are still on their way keep the address until they have arrived; `forget_sent` follows them.
    """
    InboxItem.objects.filter(user_id=user_id).delete()
    Preference.objects.filter(user_id=user_id).delete()
    _blank(Message.objects.filter(Q(user_id=user_id) | Q(email=email.lower())), nowhere)


def forget_sent(user_ids: Iterable[int], nowhere: str, now: datetime) -> int:
    """The same for what has left since, of the accounts that are closed. What does not leave within a week is given up."""
    theirs = Message.objects.filter(user_id__in=user_ids).exclude(email__endswith=f"@{nowhere}")
    theirs.filter(sent_at=None, given_up_at=None, created_at__lt=now - GIVEN_UP_AFTER).update(given_up_at=now)
    return _blank(theirs, nowhere)


def _blank(messages: QuerySet[Message], nowhere: str) -> int:
    address = Concat(Value("thu-"), Cast("pk", CharField()), Value(f"@{nowhere}"), output_field=CharField())
    return messages.exclude(sent_at=None, given_up_at=None).update(
        email=address, subject="", body_text="", body_html="", context={}, last_error=""
    )


deliver_due = delivery.deliver_due
