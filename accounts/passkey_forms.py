"""What a browser posts of a passkey. It is anybody's JSON: what does not read as a passkey is answered with a sentence.

Every passkey of the portal stands on the device that keeps it and asks its owner there (finger, face, PIN): it is two factors in
one, so it signs in alone, and it is a second factor beside the password.
"""

import json
import struct
import unicodedata
from typing import Any, Final

from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import ValidationError
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from accounts.backends import stays_out

LONGEST: Final = 20_000
"""Characters of a credential; a real one has one to eight thousand."""

UNREADABLE: Final = (
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
"""What the libraries raise on JSON that is no passkey. (ValidationError is none of them.)"""

NOT_TAKEN: Final = _("Khóa truy cập này chưa dùng được. Thử lại, hoặc dùng khóa khác.")
NAME: Final = _("Tên của khóa")
NAME_HELP: Final = _("Để bạn nhận ra nó, ví dụ Điện thoại của Mẩu.")


class CredentialField(forms.JSONField):
    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, error_messages={"required": NOT_TAKEN, "invalid": NOT_TAKEN})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST:
            raise ValidationError(NOT_TAKEN)
        try:
            return super().to_python(value)
        except RecursionError:
            raise ValidationError(NOT_TAKEN) from None


class KeyNameField(forms.CharField):
    """A name on one line, in composed Unicode."""

    def __init__(self, *, required: bool) -> None:
        super().__init__(
            label=NAME,
            help_text=NAME_HELP,
            max_length=60,
            required=required,
            error_messages={"required": _("Nhập tên của khóa, ví dụ Điện thoại của Mẩu.")},
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())


class AddPasskeyForm(webauthn._BaseAddWebAuthnForm):
    name = KeyNameField(required=False)
    credential = CredentialField()

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
            if "credential" in cleaned:
                cleaned["credential"] = kept(cleaned["credential"])
        except ValidationError as refused:
            raise ValidationError(NOT_TAKEN) from refused
        except UNREADABLE as broken:
            raise ValidationError(NOT_TAKEN) from broken
        return cleaned


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    name = KeyNameField(required=True)


class ProvenByPasskey:
    """Mixed into allauth's forms that check a signature."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError as refused:
            if getattr(refused, "code", "") == "too_many_login_attempts":
                raise
            raise ValidationError(NOT_TAKEN) from refused
        except UNREADABLE as broken:
            raise ValidationError(NOT_TAKEN) from broken


class SecondFactorPasskeyForm(ProvenByPasskey, webauthn.AuthenticateWebAuthnForm):
    credential = CredentialField()


class SignInPasskeyForm(ProvenByPasskey, webauthn.LoginWebAuthnForm):
    credential = CredentialField()

    def clean_credential(self) -> Any:
        authenticator = super().clean_credential()
        if stays_out(authenticator.user):
            raise ValidationError(NOT_TAKEN)
        return authenticator


class ProveAgainPasskeyForm(ProvenByPasskey, webauthn.ReauthenticateWebAuthnForm):
    credential = CredentialField()


def kept(credential: dict[str, Any]) -> dict[str, Any]:
    """Of what the browser sent only what is needed to check a signature later."""
    read = auth.parse_registration_response(credential)
    name = urlsafe_base64_encode(read.raw_id)
    return {
        "id": name,
        "rawId": name,
        "type": "public-key",
        "response": {
            "attestationObject": urlsafe_base64_encode(bytes(read.response.attestation_object)),
            "clientDataJSON": urlsafe_base64_encode(bytes(read.response.client_data)),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }


def for_script(options: dict[str, Any]) -> str:
    """What the browser is asked, for a data attribute: no script stands in the page."""
    return json.dumps(options, separators=(",", ":"))
