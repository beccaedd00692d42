"""Addresses from which mail comes back: marked by evidence, cleared when their owner confirms them anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.message import Message as Mail
from typing import Final
from uuid import UUID

from django.db import transaction

from notifications import clock
from notifications.models import BouncedAddress, Message

FAILED: Final = "failed"


def is_marked(email: str) -> bool:
    return BouncedAddress.objects.filter(email=email.lower(), cleared_at=None).exists()


def mark_of(email: str) -> BouncedAddress | None:
    return BouncedAddress.objects.filter(email=email.lower(), cleared_at=None).first()


@transaction.atomic
def mark(email: str, reason: str, *, at: datetime) -> bool:
    """Mail sent `at` came back. Returns whether the address is newly marked; what is older than a clearing marks nothing."""
    words = " ".join(reason.split())[:300]
    row, fresh = BouncedAddress.objects.get_or_create(email=email.lower(), defaults={"reason": words, "since": at})
    if fresh:
        return True
    if row.cleared_at is None or at <= row.cleared_at:
        return False
    return bool(
        BouncedAddress.objects.filter(pk=row.pk, cleared_at=row.cleared_at).update(
            reason=words, since=at, cleared_at=None
        )
    )


def clear(email: str) -> bool:
    """The owner has read mail there: letters go again."""
    marked = BouncedAddress.objects.filter(email=email.lower(), cleared_at=None)
    return bool(marked.update(cleared_at=clock.now()))


# --- delivery status notifications (RFC 3464)


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient whom a letter did not reach, for good. `uid` is the letter's."""

    uid: UUID
    reason: str


def failures(report: Mail) -> Iterator[Failure]:
    """What a notification says of our letters. One that does not carry our Message-ID says nothing: anybody can write it."""
    uid = uid_of(report)
    if uid is None:
        return
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status" or not isinstance(part.get_payload(), list):
            continue
        for fields in part.get_payload()[1:]:
            status = str(fields.get("Status", "")).strip()
            if str(fields.get("Action", "")).strip().lower() == FAILED and status.startswith("5"):
                told = str(fields.get("Diagnostic-Code", "")).partition(";")[2] or status
                yield Failure(uid, " ".join(told.split()))


def uid_of(report: Mail) -> UUID | None:
    """The uid of the letter that came back, from its returned headers."""
    for part in report.walk():
        kind, payload = part.get_content_type(), part.get_payload()
        headers = None
        if kind == "message/rfc822" and isinstance(payload, list) and payload:
            headers = str(payload[0].get("Message-ID", ""))
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            headers = message_id_in(part)
        if headers:
            try:
                return UUID(headers.strip().strip("<>").partition("@")[0])
            except ValueError:
                continue
    return None


def message_id_in(part: Mail) -> str:
    payload = part.get_payload(decode=True)
    text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    lines = (line.partition(":") for line in text.replace("\r\n ", " ").replace("\n ", " ").splitlines())
    return next((value for name, _colon, value in lines if name.strip().lower() == "message-id"), "")


def take_in(report: EmailMessage | Mail) -> int:
    """Mark what one notification proves. Returns how many addresses are newly marked; again, it is none."""
    marked = 0
    for failure in failures(report):
        letter = Message.objects.filter(uid=failure.uid).only("email", "sent_at", "created_at").first()
        if letter is not None:
            marked += mark(letter.email, failure.reason, at=letter.sent_at or letter.created_at)
    return marked
