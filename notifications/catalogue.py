"""Every message the portal sends, as data: to whom, by which way, and what its text needs to know.

The words stand in `templates/notifications/<code>.<vi|en>.txt`: the subject in the first line, an empty line, then
paragraphs. A paragraph `[Words](address)` is the act of the message and becomes a button. Every message says under
"Việc tiếp theo:" ("What happens next:") who does what, by when.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Channel(StrEnum):
    EMAIL = "email"
    INBOX = "inbox"


EMAIL: Final = frozenset({Channel.EMAIL})
BOTH: Final = frozenset({Channel.EMAIL, Channel.INBOX})


@dataclass(frozen=True, slots=True)
class Entry:
    """`needs`: names its text uses. `keep`: those that stay in the row. `secret`: carries a key, so the body is
    emptied once it is sent. `legal`: cannot be switched off and is tried without end. `digestible`: may wait and be
    gathered with others."""

    code: str
    audience: str
    channels: frozenset[Channel]
    needs: frozenset[str]
    keep: frozenset[str] = frozenset()
    legal: bool = False
    digestible: bool = False
    secret: bool = False


def _account(code: str, audience: str, *needs: str, secret: bool = False) -> Entry:
    return Entry(code, audience, EMAIL, frozenset(needs), legal=True, secret=secret)


def _dossier(code: str, audience: str, *needs: str, legal: bool = False, digestible: bool = False) -> Entry:
    needs_all = frozenset({"reference", "title", "url", *needs})
    return Entry(code, audience, BOTH, needs_all, frozenset({"reference"}), legal=legal, digestible=digestible)


ENTRIES: Final = (
    _account("account_confirm_signup", "người vừa đăng ký", "url", "expires_at", secret=True),
    _account("account_confirm_email", "người đổi địa chỉ hoặc xin lại thư xác nhận", "url", "expires_at", secret=True),
    _account("account_exists", "người đăng ký lại bằng địa chỉ đã có", "sign_in_url", "reset_url"),
    _account("account_unknown", "địa chỉ chưa có tài khoản", "signup_url"),
    _account("account_reset_password", "người quên mật khẩu", "url", "expires_at", secret=True),
    _account("account_password_changed", "chủ tài khoản", "url", "at"),
    _account("account_email_asked", "địa chỉ đang dùng của chủ tài khoản", "url", "at", "new_email", "not_me_url"),
    _account("account_email_kept", "chủ tài khoản", "url", "at"),
    _account("account_email_changed", "địa chỉ cũ của chủ tài khoản", "url", "at", "new_email"),
    _account("account_email_now", "địa chỉ mới của chủ tài khoản", "url", "at"),
    _account("account_second_factor_on", "chủ tài khoản", "url", "at"),
    _account("account_second_factor_off", "chủ tài khoản", "url", "at"),
    _account("account_recovery_codes", "chủ tài khoản", "url", "at"),
    _account("account_closed", "người vừa đóng tài khoản", "signup_url", "at"),
    _account("account_data_taken", "chủ tài khoản", "url", "at", "not_me_url"),
    _account("account_recovery_code_used", "chủ tài khoản", "url", "at", "left"),
    _account("account_passkey_added", "chủ tài khoản", "url", "at", "reset_url"),
    _account("account_passkey_removed", "chủ tài khoản", "url", "at", "reset_url"),
    Entry(
        "member_invited",
        "người được mời",
        EMAIL,
        frozenset({"organisation", "inviter", "role", "url", "expires_at"}),
        frozenset({"organisation"}),
        secret=True,
    ),
    Entry(
        "join_requested",
        "người chủ quản của tổ chức",
        BOTH,
        frozenset({"organisation", "asker", "email", "url"}),
        frozenset({"organisation"}),
    ),
    Entry(
        "join_answered",
        "người xin tham gia tổ chức",
        BOTH,
        frozenset({"organisation", "accepted", "url"}),
        frozenset({"organisation"}),
    ),
    Entry(
        "report_answered",
        "người báo lỗi để lại địa chỉ",
        EMAIL,
        frozenset({"title", "url", "outcome", "answer", "sent_at"}),
        frozenset({"title"}),
    ),
    _dossier("dossier_submitted", "người nộp hồ sơ", "due", legal=True),
    _dossier("helped_sent_back", "người nhập hộ"),
    _dossier("dossier_arrived", "chuyên viên thụ lý", "due", "applicant", digestible=True),
    _dossier("supplement_requested", "người nộp hồ sơ", "count", "amount", "unit", legal=True),
    _dossier("supplement_received", "chuyên viên thụ lý", "due"),
    _dossier("startup_published", "người nộp hồ sơ", "public_url", "published_on", legal=True),
    _dossier("startup_refused", "người nộp hồ sơ", "decided_on", legal=True),
    _dossier("startup_unlisted", "người nộp hồ sơ", "decided_on", legal=True),
    Entry(
        "confirmation_due",
        "người sửa được hồ sơ của dự án trong danh bạ",
        BOTH,
        frozenset({"reference", "title", "confirmed_on", "due_on", "left", "url", "confirm_url"}),
        frozenset({"reference"}),
        digestible=True,
        secret=True,
    ),
    _dossier("proposal_sent", "người đề xuất thay đổi", "due", legal=True),
    _dossier("proposal_arrived", "chuyên viên thụ lý", "due", "applicant", digestible=True),
    _dossier("proposal_decided", "người đề xuất thay đổi", "outcome", "decided_on", "accepted", "refused", legal=True),
    _dossier("proposal_due_soon", "chuyên viên thụ lý", "due", digestible=True),
    _dossier("proposal_overdue", "chuyên viên thụ lý và lãnh đạo", "due", digestible=True),
    _dossier("dossier_due_soon", "chuyên viên thụ lý", "due", digestible=True),
    _dossier("dossier_overdue", "chuyên viên thụ lý và lãnh đạo", "due", digestible=True),
)

CATALOGUE: Final = {entry.code: entry for entry in ENTRIES}


def entry(code: str) -> Entry:
    if code not in CATALOGUE:
        raise LookupError(f"no message {code!r} in notifications/catalogue.py")
    return CATALOGUE[code]
