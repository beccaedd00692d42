"""The forms of the account pages: allauth's, in our words. What they check and do stays theirs."""

from collections.abc import Callable
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.adapter import tell
from accounts.models import User
from accounts.person import FullNameField

EMAIL = _("Địa chỉ thư điện tử")
EMAIL_MISSING = _("Nhập địa chỉ thư điện tử, ví dụ ten@vidu.vn")
EMAIL_WRONG = _("Địa chỉ thư điện tử phải có dạng ten@vidu.vn")
PASSWORD = _("Mật khẩu")
PASSWORD_HELP = _("Ít nhất 10 ký tự. Một câu dài dễ nhớ tốt hơn một từ khó.")
NEW_PASSWORD = _("Mật khẩu mới")
AGAIN = _("Nhập lại mật khẩu mới")
CODE = _("Mã sáu số")
CODE_MISSING = _("Nhập mã sáu số trong ứng dụng, ví dụ 123456")


def say(form: forms.BaseForm, name: str, label: Any, help_text: Any = "", missing: Any = "", **attrs: str) -> None:
    """Give a field of allauth our words; a placeholder is no label, so it goes."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    if missing:
        field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def say_email(form: forms.BaseForm, name: str, help_text: Any = "", **attrs: str) -> None:
    say(form, name, EMAIL, help_text, EMAIL_MISSING, inputmode="email", **attrs)
    field = form.fields[name]
    for validator in field.validators:
        if getattr(validator, "code", "") == "invalid":
            field.error_messages["invalid"] = EMAIL_WRONG


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_email(self, "login", autocomplete="username")
        say(self, "password", PASSWORD, missing=_("Nhập mật khẩu"))


class SignUpForm(account.SignupForm):
    field_order = ["full_name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_email(self, "email", _("Chúng tôi gửi một liên kết đến đây để xác nhận."))
        say(self, "password1", PASSWORD, PASSWORD_HELP, _("Chọn một mật khẩu"))

    def try_save(self, request: HttpRequest) -> Any:
        """The account whole or not at all. Of two clicks at once the second finds one that the check had not seen."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class NewAddressForm(account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_email(self, "email", _("Địa chỉ cũ vẫn dùng cho đến khi bạn xác nhận địa chỉ mới."))

    def save(self, request: HttpRequest) -> Any:
        """Both addresses are told, whether the new one is free or not: the page must not say who has an account."""
        asked = super().save(request)
        tell("account_email_asked", self.user, new_email=self.cleaned_data["email"])
        return asked


class NewPasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "oldpassword", _("Mật khẩu đang dùng"), missing=_("Nhập mật khẩu đang dùng"))
        say(self, "password1", NEW_PASSWORD, PASSWORD_HELP, _("Chọn một mật khẩu"))
        say(self, "password2", AGAIN, missing=_("Nhập lại mật khẩu mới một lần nữa"))


class FirstPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password1", NEW_PASSWORD, PASSWORD_HELP, _("Chọn một mật khẩu"))
        say(self, "password2", AGAIN, missing=_("Nhập lại mật khẩu mới một lần nữa"))


class ForgottenForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_email(self, "email", _("Địa chỉ bạn dùng để đăng nhập."))


class ResetForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password1", NEW_PASSWORD, PASSWORD_HELP, _("Chọn một mật khẩu"))
        say(self, "password2", AGAIN, missing=_("Nhập lại mật khẩu mới một lần nữa"))


class ProveAgainForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password", PASSWORD, missing=_("Nhập mật khẩu"))


def has_app(form: Any) -> bool:
    return bool(is_mfa_enabled(form.user, [Authenticator.Type.TOTP]))


def say_code(form: Any) -> None:
    """Six digits of the app; where there is no app but a passkey, a code means one of the recovery codes."""
    if has_app(form):
        say(form, "code", CODE, _("Mất điện thoại thì nhập một mã dự phòng."), CODE_MISSING)
    else:
        say(form, "code", _("Mã dự phòng"), _("Mỗi mã dùng một lần."), _("Nhập một mã dự phòng"))


def checked_code(form: Any, check: Callable[[], str]) -> str:
    """What allauth checks; who has no app is not sent to look into one."""
    try:
        return check()
    except ValidationError as wrong:
        if wrong.code != "incorrect_code" or has_app(form):
            raise
        sentence = _("Mã chưa đúng hoặc đã dùng rồi. Nhập một mã dự phòng chưa dùng.")
        raise ValidationError(sentence, code="incorrect_code") from None


class CodeForm(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_code(self)

    def clean_code(self) -> str:
        return checked_code(self, super().clean_code)


class CodeAgainForm(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_code(self)

    def clean_code(self) -> str:
        return checked_code(self, super().clean_code)


class FirstCodeForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(
            self,
            "code",
            CODE,
            _("Ứng dụng đang hiện mã này; nó đổi sau mỗi 30 giây."),
            CODE_MISSING,
            inputmode="numeric",
        )


class ProfileForm(forms.ModelForm):
    full_name = FullNameField()

    class Meta:
        model = User
        fields = ("full_name", "language")
        labels = {"language": _("Ngôn ngữ nhận thư")}
        widgets = {"language": forms.RadioSelect}


class ClosingForm(forms.Form):
    understood = forms.BooleanField(
        label=_("Tôi đã đọc và muốn đóng tài khoản"),
        error_messages={"required": _("Đánh dấu ô này nếu bạn muốn đóng tài khoản.")},
    )
