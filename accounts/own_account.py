"""The account's own part of a person's data (accounts.personal_data). No secret of a factor, no password, no session key."""

from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from accounts.devices import device
from accounts.personal_data import Coded, Part
from accounts.roles import LABELS

COVERS: Final = frozenset(
    {
        "account.EmailAddress.user",
        "mfa.Authenticator.user",
        "usersessions.UserSession.user",
        "wagtailusers.UserProfile.user",
    }
)

WORDS: Final = {
    "account": _("Tài khoản"),
    "addresses": _("Địa chỉ thư điện tử"),
    "factors": _("Cách xác thực"),
    "sessions": _("Nơi đang đăng nhập"),
    "preferences": _("Tùy chọn trong trang quản trị"),
    "full_name": _("Họ và tên"),
    "email": _("Thư điện tử"),
    "language": _("Ngôn ngữ nhận thư"),
    "joined": _("Lập tài khoản lúc"),
    "last_sign_in": _("Đăng nhập gần nhất"),
    "roles": _("Vai trò"),
    "confirmed": _("Đã xác nhận"),
    "in_use": _("Đang dùng"),
    "kind": _("Loại"),
    "name": _("Tên"),
    "added": _("Thêm lúc"),
    "last_used": _("Dùng lần cuối"),
    "device": _("Thiết bị"),
    "network": _("Địa chỉ mạng"),
    "since": _("Từ"),
    "seen": _("Thấy lần cuối"),
}


FACTORS: Final = {
    Authenticator.Type.TOTP: _("Ứng dụng xác thực"),
    Authenticator.Type.RECOVERY_CODES: _("Mã dự phòng"),
    Authenticator.Type.WEBAUTHN: _("Khóa truy cập"),
}


def language(code: str) -> str:
    """A language by its own name; one that the portal does not speak stays its code."""
    names = dict(settings.LANGUAGES)
    return Coded(code, names[code]) if code in names else code


def own_account(user: Any) -> Part:
    return Part(
        _("Tài khoản"),
        {
            "account": [
                {
                    "full_name": user.full_name,
                    "email": user.email,
                    "language": Coded(user.language, user.get_language_display()),
                    "joined": user.date_joined,
                    "last_sign_in": user.last_login,
                    "roles": ", ".join(sorted(LABELS[role] for role in user.roles)),
                }
            ],
            "addresses": [
                {"email": row.email, "confirmed": row.verified, "in_use": row.primary}
                for row in EmailAddress.objects.filter(user=user).order_by("pk")
            ],
            "factors": [
                {
                    "kind": Coded(row.type, FACTORS.get(row.type, row.type)),
                    "name": row.data.get("name", ""),
                    "added": row.created_at,
                    "last_used": row.last_used_at,
                }
                for row in Authenticator.objects.filter(user=user).order_by("pk")
            ],
            "sessions": [
                {
                    "device": device(row.user_agent),
                    "network": row.ip,
                    "since": row.created_at,
                    "seen": row.last_seen_at,
                }
                for row in UserSession.objects.filter(user=user).order_by("pk")
            ],
            "preferences": [
                {"language": language(row.preferred_language), "name": row.current_time_zone}
                for row in UserProfile.objects.filter(user=user)
            ],
        },
        WORDS,
    )
