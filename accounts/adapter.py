"""Where allauth meets the portal: our words, our letters, our addresses after signing in."""

import hashlib
import uuid
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from accounts import mail
from accounts.devices import device
from accounts.models import User
from accounts.roles import is_staff
from accounts.secrets import opened, sealed

LETTERS: Final = {
    "account/email/email_confirmation_signup": "account_confirm_signup",
    "account/email/email_confirmation": "account_confirm_email",
    "account/email/account_already_exists": "account_exists",
    "account/email/unknown_account": "account_unknown",
    "account/email/password_reset_key": "account_reset_password",
    "account/email/password_reset": "account_password_changed",
    "account/email/password_changed": "account_password_changed",
    "account/email/password_set": "account_password_changed",
    "account/email/email_changed": "account_email_changed",
    "account/email/email_deleted": "account_email_kept",
    "mfa/email/totp_activated": "account_second_factor_on",
    "mfa/email/totp_deactivated": "account_second_factor_off",
    "mfa/email/recovery_codes_generated": "account_recovery_codes",
    "mfa/email/webauthn_added": "account_passkey_added",
    "mfa/email/webauthn_removed": "account_passkey_removed",
}
"""allauth's names for its letters, and ours (notifications/catalogue.py)."""

NEXT_DOOR: Final = {
    "account_password_changed": "account_reset_password",
    "account_email_asked": "account_email",
    "account_email_changed": "account_not_me",
    "account_email_kept": "account_email",
    "account_email_now": "account_sessions",
    "account_data_taken": "account_sessions",
    "account_second_factor_on": "mfa_view_recovery_codes",
    "account_second_factor_off": "mfa_index",
    "account_recovery_codes": "mfa_index",
    "account_recovery_code_used": "mfa_index",
    "account_passkey_added": "mfa_index",
    "account_passkey_removed": "mfa_index",
}
"""Where a letter that only informs leads to."""


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng dùng. Liên hệ Sở để mở lại."),
        "duplicate_email": _("Bạn đang dùng chính địa chỉ này. Nhập một địa chỉ khác."),
        "email_password_mismatch": _("Địa chỉ thư hoặc mật khẩu chưa đúng. Nhập lại, hoặc đặt lại mật khẩu."),
        "enter_current_password": _("Mật khẩu đang dùng chưa đúng. Nhập lại."),
        "incorrect_password": _("Mật khẩu chưa đúng. Nhập lại."),
        "invalid_password_reset": _("Liên kết đặt lại mật khẩu không còn dùng được. Xin một liên kết mới."),
        "too_many_login_attempts": _("Đã thử sai quá nhiều lần. Chờ năm phút rồi thử lại, hoặc đặt lại mật khẩu."),
        "rate_limited": _("Bạn gửi quá nhiều lần. Chờ vài phút rồi thử lại."),
        "same_as_current": _("Giá trị mới phải khác giá trị đang dùng."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mail.post(letter_of(template_prefix, email, context))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("wagtailadmin_home") if is_staff(request.user) else resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        language = get_language()
        return "/" if language in (None, settings.LANGUAGE_CODE) else f"/{language}/"

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        known = current.request.user.is_authenticated
        return self.get_login_redirect_url(current.request) if known else reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_home")

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """The address counts from now on; one that has become somebody else's meanwhile is refused, not broken upon."""
        try:
            with transaction.atomic():
                User.objects.select_for_update().get(pk=email_address.user_id)
                return bool(super().confirm_email(request, email_address))
        except IntegrityError:
            context = {"email": email_address.email}
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt", context)
            return False

    def is_safe_url(self, url: str) -> bool:
        """Only within the host that was asked; a list of other allowed hosts is no reason to send people there."""
        request = current.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Mã chưa đúng hoặc đã hết giờ. Nhập mã đang hiện trong ứng dụng."),
        "unverified_email": _("Xác nhận địa chỉ thư điện tử trước khi bật xác thực hai bước."),
    }

    def encrypt(self, text: str) -> str:
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the portal's public name, whatever name a request came by."""
        return {"id": urlsplit(settings.BASE_URL).hostname or "", "name": str(settings.WAGTAIL_SITE_NAME)}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return device(current.request.headers.get("User-Agent", ""))


def letter_of(template_prefix: str, email: str, context: dict[str, Any]) -> mail.Letter:
    code = LETTERS[template_prefix]
    user = context.get("user") or User.objects.filter(email=email.lower()).first()
    language = user.language if user else (get_language() or settings.LANGUAGE_CODE)
    with override(language):
        links = links_of(code, context)
    link = links.get("url", "")
    valid_for = None
    if code.startswith("account_confirm"):
        valid_for = timedelta(days=account_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS)
    elif code == "account_reset_password":
        valid_for = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return mail.Letter(
        code=code,
        email=email,
        occasion=hashlib.sha256(link.encode()).hexdigest()[:24] if valid_for else uuid.uuid4().hex,
        language=language,
        user_id=user.pk if user else None,
        name=user.full_name if user else "",
        links=links,
        facts={"new_email": context["to_email"]} if "to_email" in context else {},
        valid_for=valid_for,
    )


def tell(code: str, user: User, *, to: str = "", **facts: str) -> None:
    """A letter that allauth does not know of, to the person (`to`: another address of theirs)."""
    with override(user.language):
        links = links_of(code, {})
    mail.post(
        mail.Letter(code, to or user.email, uuid.uuid4().hex, user.language, user.pk, user.full_name, links, facts)
    )


def links_of(code: str, context: dict[str, Any]) -> dict[str, str]:
    """The addresses the letter needs."""
    if "activate_url" in context:
        return {"url": context["activate_url"]}
    if "password_reset_url" in context and code == "account_reset_password":
        return {"url": context["password_reset_url"]}
    return {
        "url": absolute(reverse(NEXT_DOOR.get(code, "account_home"))),
        "sign_in_url": absolute(reverse("account_login")),
        "reset_url": absolute(reverse("account_reset_password")),
        "not_me_url": absolute(reverse("account_not_me")),
        "signup_url": absolute(reverse("account_signup")),
    }


def absolute(path: str) -> str:
    """On the host that was asked; a letter written after the request (on commit) takes the portal's own address."""
    return current.request.build_absolute_uri(path) if current.request else f"{settings.BASE_URL}{path}"
