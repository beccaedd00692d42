"""The two guards at the door: no view without a declared audience, no back office without a second factor."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.access import PUBLIC, declared, declared_for_package, refuse
from accounts.roles import is_staff

log = logging.getLogger("accounts.access")

BACK_OFFICE = "/quan-tri/"
BACK_OFFICE_OPEN = ("/quan-tri/login/", "/quan-tri/logout/")

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class AccessGuard:
    """Default deny: a view that nobody decided about answers 403 to everybody."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        said = declared(view)
        who = declared_for_package(request.path_info, view)
        if said is not None:  # the view enforces it; what stands below a declared address answers to that as well
            return None if who is None or PUBLIC in said else refuse(request, who)
        if who is None:
            log.error("no access declared", extra={"view": f"{view.__module__}.{getattr(view, '__qualname__', view)}"})
            raise PermissionDenied
        return refuse(request, who)


class SecondFactor:
    """People of the department enter the back office only in a session proved with a second factor: a code or a passkey.

    A passkey that signed in alone counts too: the device has asked its owner (accounts.passkey_forms).

    The demo (DEMO=1) does without: its accounts and their password are printed for everybody to try.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.DEMO and self.guards(request.path_info) and is_staff(request.user):
            if not is_mfa_enabled(request.user):
                return redirect("mfa_index")
            records = get_authentication_records(request, request.user)
            if not any(record["method"] == "mfa" for record in records):
                back = urlencode({"next": request.get_full_path()})
                code = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
                return redirect(f"{reverse('mfa_reauthenticate' if code else 'mfa_reauthenticate_webauthn')}?{back}")
        return self.get_response(request)

    @staticmethod
    def guards(path: str) -> bool:
        return path.startswith(BACK_OFFICE) and not path.startswith(BACK_OFFICE_OPEN)
