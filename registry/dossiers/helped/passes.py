"""Keys to one dossier: make one, take it up, find it again in the session, end it. Every check is in the query."""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from registry.core import clock
from registry.core.lifecycle import Conflict
from registry.dossiers.helped.keys import hash_of, hashes_of, new_key
from registry.dossiers.helped.models import Pass, Purpose
from registry.dossiers.models import Dossier

CODE_MINUTES: Final = 15
"""How long the code for another device waits to be taken up."""
DEVICE_HOURS: Final = 4
"""How long that device may then go on."""
FOLLOW_DAYS: Final = 365
"""How long a sheet that was used still shows how far the dossier has come."""
IN_SESSION: Final = "pass"


def confirm_days() -> int:
    days: int = settings.CONFIRM_LINK_DAYS
    return days


def live() -> QuerySet[Pass]:
    found = Pass.objects.filter(ended_at=None, expires_at__gt=clock.now())
    return found.select_related("dossier", "dossier__party", "issued_by")


def waiting(dossier: Dossier) -> Pass | None:
    """The key by which the founder may confirm now; while there is one, nobody else writes in the dossier."""
    return live().filter(dossier=dossier, purpose=Purpose.CONFIRM, used_at=None).first()


def device_of(dossier: Dossier, user: Any) -> Pass | None:
    """The key with which another device of this person goes on, or may."""
    return live().filter(dossier=dossier, purpose=Purpose.DEVICE, issued_by=user).first()


def issue(dossier: Dossier, purpose: Purpose, *, actor: Any, step: str = "") -> str:
    """A new key, which is returned and kept nowhere. It takes the place of the one before: that one opens nothing more."""
    now = clock.now()
    lasts = timedelta(days=confirm_days()) if purpose is Purpose.CONFIRM else timedelta(minutes=CODE_MINUTES)
    key = new_key()
    with transaction.atomic():
        Dossier.objects.select_for_update().get(pk=dossier.pk)  # two at once: the later one replaces the other
        before = Pass.objects.filter(dossier=dossier, purpose=purpose, ended_at=None)
        if purpose is Purpose.DEVICE:
            before = before.filter(issued_by=actor)
        before.update(ended_at=now)
        Pass.objects.create(
            dossier=dossier,
            purpose=purpose,
            secret=hash_of(key),
            step=step,
            issued_by=actor,
            issued_at=now,
            expires_at=now + lasts,
        )
    return key


def end(rows: QuerySet[Pass]) -> int:
    return rows.filter(ended_at=None).update(ended_at=clock.now())


def take_up(key: str) -> Pass:
    """The pass that a key opens. A device's key opens once; a founder's as often as they look. Raises Conflict."""
    found = live().filter(secret__in=hashes_of(key)).first() if key else None
    now = clock.now()
    if found is not None and found.is_device:
        first = Pass.objects.filter(pk=found.pk, opened_at=None, ended_at=None)
        found = found if first.update(opened_at=now, expires_at=now + timedelta(hours=DEVICE_HOURS)) else None
    elif found is not None:
        Pass.objects.filter(pk=found.pk, opened_at=None).update(opened_at=now)
    if found is None:
        raise Conflict(_("Mã này chưa đúng, đã dùng, đã hết hạn hoặc đã bị thay bằng mã mới."))
    return found


def remember(request: HttpRequest, found: Pass) -> None:
    """From now on the session stands for the key, which leaves the address. A stranger's session ends with the work."""
    request.session.cycle_key()
    request.session[IN_SESSION] = found.pk
    if not request.user.is_authenticated:
        request.session.set_expiry(timedelta(hours=DEVICE_HOURS))


def forget(request: HttpRequest) -> None:
    request.session.pop(IN_SESSION, None)


def held(request: HttpRequest) -> Pass | None:
    """The pass that this browser has taken up, while it opens anything. A visitor without a session is not asked."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or IN_SESSION not in request.session:
        return None
    return live().filter(pk=request.session[IN_SESSION]).filter(Q(purpose=Purpose.CONFIRM) | ~Q(opened_at=None)).first()
