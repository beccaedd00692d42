"""Where a person is signed in. allauth keeps a row beside each session of Django's (device, network, since); here it is read,
kept fresh, and ended. A session that is ended is gone from the database (SESSION_ENGINE): its next request is a stranger's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from accounts.devices import device, network
from registry.core import clock

SEEN: Final = "seen"
SEEN_AGAIN_AFTER: Final = timedelta(minutes=10)
"""How stale “last seen” may be; a write less for every page that is opened in between."""

GetResponse = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Place:
    """One session as its owner reads it."""

    pk: int
    device: str
    network: str
    since: datetime
    seen: datetime
    is_this: bool


class Presence:
    """Writes down, now and then, that a signed-in person was here. What strangers do leaves no trace.

    It looks only at sessions that the page itself has read, so that a public page stays the same for everybody.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        session = request.session
        if session.accessed and session.session_key and request.user.is_authenticated:
            now = clock.now()
            if session.get(SEEN, 0) + SEEN_AGAIN_AFTER.total_seconds() < now.timestamp():
                session[SEEN] = int(now.timestamp())
                note(request)
        return response


def note(request: HttpRequest) -> None:
    """That this session was used now, from where; a session that has no row yet gets one."""
    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:  # a server on a socket that names no client
        address = "::"
    length = UserSession._meta.get_field("user_agent").max_length
    now = clock.now()
    key = request.session.session_key
    told = {"ip": address, "user_agent": request.headers.get("User-Agent", "")[:length], "last_seen_at": now}
    if not UserSession.objects.filter(session_key=key, user=request.user).update(**told):
        UserSession.objects.get_or_create(
            session_key=key, defaults={**told, "user_id": request.user.pk, "created_at": now}
        )


def open_sessions(user: Any) -> QuerySet[UserSession]:
    """The person's rows whose session still lives."""
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    return UserSession.objects.filter(user=user, session_key__in=alive)


def places(user: Any, this_key: str | None) -> list[Place]:
    """Where the person is signed in: this session first, then by when it was last used."""
    rows = open_sessions(user).order_by("-last_seen_at", "-pk")
    found = [
        Place(
            row.pk,
            device(row.user_agent),
            network(row.ip),
            row.created_at,
            row.last_seen_at,
            row.session_key == this_key,
        )
        for row in rows
    ]
    return sorted(found, key=lambda place: not place.is_this)


def end(user: Any, pk: int) -> bool:
    """End one session of the person; False when there is none of that number any more."""
    return _end(open_sessions(user).filter(pk=pk)) > 0


def end_others(user: Any, this_key: str | None) -> int:
    """End every session of the person but this one (None: all of them); how many."""
    return _end(UserSession.objects.filter(user=user).exclude(session_key=this_key or ""))


def _end(rows: QuerySet[UserSession]) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def forget_ended() -> int:
    """Rows whose session is over, for `run_jobs`."""
    gone = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    return gone.delete()[0]


def on_signed_in(request: HttpRequest, **kwargs: Any) -> None:
    """allauth writes the row of a session that begins; “last seen” is now, and the next pages need write nothing."""
    request.session[SEEN] = int(clock.now().timestamp())


def on_password_changed(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """A new password ends every other session. Django refuses them by the password's hash; here they are gone as well."""
    end_others(user, request.session.session_key if request.user == user else None)


def on_signed_out(request: HttpRequest | None, **kwargs: Any) -> None:
    if request is not None and request.session.session_key:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
