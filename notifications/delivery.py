"""From the outbox into the world: each message once, and again only when it did not leave.

A sender claims a message by moving its `next_try_at` on, with the value it read as condition: of two senders one wins,
on any database and without a lock held while the mail server is slow. A sender that dies holding a claim loses it after
CLAIM; the message then goes out again under the same Message-ID, so that the receiving side can see it is the same.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, QuerySet

from notifications import bounces, clock
from notifications.catalogue import CATALOGUE
from notifications.models import Message, Way
from notifications.preferences import stop_path
from notifications.rendering import absolute

log = logging.getLogger("notifications")

CLAIM: Final = timedelta(minutes=10)
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
GIVE_UP_AFTER: Final = 20
BATCH: Final = 200
RETURNED: Final = "địa chỉ trả thư"
"""How `last_error` ends of a letter that was given up because its address takes none."""


def waiting(now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(sent_at=None, given_up_at=None, way=Way.NOW, due_at__lte=now, next_try_at__lte=now)


def deliver_due(now: datetime | None = None, limit: int = BATCH) -> int:
    """Send what is due. Returns how many left; those that fail come back later, each after a longer pause."""
    moment = now or clock.now()
    return sum(send(message, moment) for message in waiting(moment).order_by("next_try_at", "pk")[:limit])


def send_now(code: str, key: str) -> None:
    """Right after commit: what was just written for this occasion."""
    moment = clock.now()
    for message in waiting(moment).filter(code=code, key=key):
        send(message, moment)


def send(message: Message, now: datetime) -> bool:
    if not claim(message, now):
        return False
    if not message.legal and bounces.is_marked(message.email):
        give_up(message, now, RETURNED)
        return False
    try:
        mail(message).send()
    except SMTPRecipientsRefused as refusal:
        settle_refusal(message, now, refusal)
        return False
    except Exception as error:  # whatever the backend raises, the message must come back
        log.warning("mail not sent", extra={**told(message), "error": type(error).__name__})
        put_back(message, now, error)
        return False
    settle(message, now)
    log.info("mail sent", extra=told(message))
    return True


def told(message: Message) -> dict[str, object]:
    """What the log says of a message: which one, and the request that asked for it, whoever sends it now."""
    asked = {"request_id": message.request_id} if message.request_id else {}
    return {"code": message.code, "uid": str(message.uid), "tries": message.attempts + 1, **asked}


def claim(message: Message, now: datetime) -> bool:
    """True for exactly one of those who ask at the same time."""
    mine = same(message).filter(sent_at=None, given_up_at=None, next_try_at=message.next_try_at)
    return mine.update(next_try_at=now + CLAIM, attempts=F("attempts") + 1) == 1


def same(message: Message) -> QuerySet[Message]:
    """The row as long as it is for this address: what became of it at a former one is not told of it any more."""
    return Message.objects.filter(pk=message.pk, email=message.email)


def settle(message: Message, now: datetime) -> None:
    changes: dict[str, object] = {"sent_at": now, "given_up_at": None, "last_error": ""}
    if CATALOGUE[message.code].secret and not settings.DEMO:
        changes |= {"body_text": "", "body_html": ""}
    same(message).update(**changes)


def give_up(message: Message, now: datetime, why: str) -> None:
    same(message).update(given_up_at=now, last_error=why)


def settle_refusal(message: Message, now: datetime, refusal: SMTPRecipientsRefused) -> None:
    """The server takes nothing for this address. For good (5xx): it is marked, and only what the law asks for is tried on."""
    code, words = next(iter(refusal.recipients.values()), (0, b""))
    log.warning("address refused", extra={"code": message.code, "uid": str(message.uid), "smtp": code})
    if code // 100 != 5:
        put_back(message, now, refusal)
        return
    bounces.mark(message.email, f"{code} {words.decode('utf-8', 'replace')}", at=now)
    if message.legal:
        put_back(message, now, refusal)
    else:
        give_up(message, now, f"{code}: {RETURNED}")


def put_back(message: Message, now: datetime, error: Exception) -> None:
    tried = message.attempts + 1
    changes: dict[str, object] = {
        "next_try_at": now + PAUSES[min(tried, len(PAUSES)) - 1],
        "last_error": f"{type(error).__name__}: {error}"[:300],
    }
    if tried >= GIVE_UP_AFTER and not message.legal:
        changes["given_up_at"] = now
    same(message).update(**changes)


def mail(message: Message) -> EmailMultiAlternatives:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    stop = stop_path(CATALOGUE[message.code], message.user_id, message.language)
    unsubscribe = {
        "List-Unsubscribe": f"<{absolute(stop)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
    }
    letter = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body_text,
        to=[message.email],
        headers={
            "Message-ID": f"<{message.uid}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
            **(unsubscribe if stop else {}),
        },
    )
    letter.attach_alternative(message.body_html, "text/html")
    return letter
