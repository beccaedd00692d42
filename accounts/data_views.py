"""A person's own copy of their data, and the closing of their account: both only for who has just proved who they are."""

import logging
from collections.abc import Callable, Iterator
from functools import wraps
from os import SEEK_END
from typing import IO

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import closing, personal_data
from accounts.access import access
from accounts.adapter import tell
from accounts.forms import ClosingForm
from accounts.models import User
from accounts.panels import Panel
from accounts.roles import is_staff
from registry.core import clock

log = logging.getLogger("accounts.data")
TICKET = "accounts.closing"
CHUNK = 1 << 16
View = Callable[..., HttpResponseBase]


def proved_again(view: View) -> View:
    """Only within five minutes of the password, code or passkey; else it is asked for, and the page comes back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if is_reauthentication_required(request, app="allauth.account"):
            ways = get_adapter().get_reauthentication_methods(request.user)
            return redirect(f"{ways[0]['url']}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return guarded


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
@proved_again
def own_data(request: HttpRequest) -> HttpResponseBase:
    """GET says what the copy holds; POST makes it, sends it and keeps nothing of it."""
    if request.method != "POST":
        parts = [
            (part.title, sum(len(rows) for rows in part.rows.values()), len(part.files))
            for part in personal_data.parts_of(request.user).values()
        ]
        return render(request, "account/data.html", {"parts": parts})
    refused = ratelimit.consume_or_429(request, action="own_data", user=request.user)
    if refused:
        return refused
    archive = personal_data.build(request.user)
    tell("account_data_taken", request.user)
    name = f"{personal_data.ZIP_NAME}-{clock.today():%Y%m%d}.zip"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(archive.seek(0, SEEK_END)),
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
    }
    response = StreamingHttpResponse(sent(archive), content_type="application/zip", headers=headers)
    log.info("own data taken", extra={"user": request.user.pk})
    return response


def sent(archive: IO[bytes]) -> Iterator[bytes]:
    """The copy piece by piece; when the last has left, nothing of it is left here."""
    with archive:
        archive.seek(0)
        while chunk := archive.read(CHUNK):
            yield chunk


@access("public")
@require_http_methods(["GET", "HEAD", "POST"])
def close_account(request: HttpRequest) -> HttpResponseBase:
    """Public only so that a second click, which comes when nobody is signed in any more, is told the truth."""
    if request.user.is_authenticated:
        return closing_page(request)
    if request.method == "POST" and is_closed(request.POST.get("ticket", "")):
        return redirect("account_closed")
    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


@proved_again
def closing_page(request: HttpRequest) -> HttpResponseBase:
    user = request.user
    form = ClosingForm(request.POST if request.method == "POST" else None)
    found = [] if is_staff(user) else closing.obstacles(user)
    if request.method == "POST" and form.is_valid() and not found:
        try:
            closing.close(user.pk or 0)
        except closing.StandsInTheWay as stopped:
            found = stopped.obstacles
        except closing.StaffStays:
            raise PermissionDenied from None
        else:
            logout(request)
            return redirect("account_closed")
    context = {
        "form": form,
        "obstacles": found,
        "is_staff": is_staff(user),
        "neutral": closing.neutral_name(user.pk or 0),
        "ticket": signing.dumps(user.pk, salt=TICKET),
    }
    return render(request, "account/close.html", context)


def is_closed(ticket: str) -> bool:
    try:
        pk = signing.loads(ticket, salt=TICKET, max_age=3600)
    except signing.BadSignature:
        return False
    return User.objects.filter(pk=pk, closed_at__isnull=False).exists()


@access("public")
@require_safe
def closed(request: HttpRequest) -> HttpResponseBase:
    return render(request, "account/closed.html")


def data_panel(request: HttpRequest) -> Panel:
    return Panel("account/panels/data.html", _("Dữ liệu của bạn"), aside=True)
