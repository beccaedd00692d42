"""What the account does when allauth says that something happened. Called once when the apps are ready."""

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest
from django.utils.translation import ngettext

from accounts import sessions
from accounts.adapter import tell


def connect() -> None:
    for changed in (account.password_changed, account.password_set, account.password_reset):
        changed.connect(sessions.on_password_changed, dispatch_uid="end-other-sessions")
    user_logged_in.connect(sessions.on_signed_in, dispatch_uid="session-begins")
    user_logged_out.connect(sessions.on_signed_out, dispatch_uid="forget-session")
    account.password_reset.connect(drop_waiting_address, dispatch_uid="drop-waiting-address")
    account.email_changed.connect(on_address_changed, dispatch_uid="tell-new-address")
    mfa.authenticator_used.connect(on_factor_used, dispatch_uid="recovery-code-used")


def drop_waiting_address(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Who sets a forgotten password anew takes the account back: a change of address that waits was perhaps not theirs."""
    addresses = EmailAddress.objects.filter(user=user)
    if addresses.filter(verified=True).exists():
        addresses.filter(verified=False).delete()


def on_address_changed(user: Any, from_email_address: Any, to_email_address: Any, **kwargs: Any) -> None:
    """allauth writes to the old address; the new one learns what it is good for from now on."""
    if from_email_address:
        tell("account_email_now", user, to=to_email_address.email)


def on_factor_used(request: HttpRequest, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """A recovery code stands for a lost phone, or for a thief: the owner is told each time, with what is left."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        return
    authenticator.refresh_from_db(fields=["data"])
    left = len(authenticator.wrap().get_unused_codes())
    words = ngettext(
        "Bạn vừa dùng một mã dự phòng; còn %(n)s mã.", "Bạn vừa dùng một mã dự phòng; còn %(n)s mã.", left
    ) % {"n": left}
    messages.warning(request, words)
    tell("account_recovery_code_used", user, left=str(left))
