"""Every message the portal sends, as data: to whom, by which way, and what its text needs to know.

The words stand in `templates/notifications/<code>.<vi|en>.txt`: the subject in the first line, an empty line, then
paragraphs. A paragraph `[Words](address)` is the act of the message and becomes a button. Every message says under
"Việc tiếp theo:" ("What happens next:") who does what, by when.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Channel(StrEnum):
    EMAIL = "email"
    INBOX = "inbox"


EMAIL: Final = frozenset({Channel.EMAIL})
BOTH: Final = frozenset({Channel.EMAIL, Channel.INBOX})


@dataclass(frozen=True, slots=True)
class Group:
    """Messages that a person settles together. `fixed` says why there is nothing to settle; "" where there is.
    `for_staff`: only people of the department get them."""

    code: str
    title: str | Promise
    about: str | Promise
    fixed: str | Promise = ""
    for_staff: bool = False


GROUPS: Final = (
    Group(
        "account",
        _("Tài khoản và bảo mật"),
        _("Xác nhận địa chỉ, đổi mật khẩu, xác thực hai bước."),
        _("Luôn gửi ngay, để bạn biết khi có người đụng đến tài khoản."),
    ),
    Group(
        "procedure",
        _("Thủ tục và quyết định"),
        _("Sở nhận hồ sơ, yêu cầu bổ sung, đăng, từ chối, gỡ."),
        _("Luôn gửi ngay, vì thủ tục có thời hạn và bạn có quyền được báo kết quả."),
    ),
    Group("confirmation", _("Nhắc xác nhận hằng năm"), _("Bốn lần nhắc trước hạn xem lại trang của dự án.")),
    Group(
        "year_report",
        _("Nhắc báo cáo năm V.6"),
        _("Ba lần nhắc trước ngày 14 tháng 12, và một lần khi đã quá hạn."),
    ),
    Group("organisation", _("Tổ chức của bạn"), _("Có người xin tham gia, hoặc yêu cầu của bạn được trả lời.")),
    Group("goal", _("Mục tiêu của doanh nghiệp"), _("Luật, số liệu hay thời gian làm một câu trả lời thay đổi.")),
    Group(
        "report",
        _("Trả lời báo lỗi"),
        _("Câu trả lời của Sở cho lỗi bạn báo trên một trang."),
        _("Gửi một lần, đến địa chỉ bạn để lại khi báo."),
    ),
    Group("desk", _("Việc thụ lý"), _("Hồ sơ và đề xuất mới đến, người nộp đã bổ sung."), for_staff=True),
    Group("deadline", _("Hạn trả lời hồ sơ"), _("Hồ sơ, đề xuất sắp đến hạn hoặc quá hạn."), for_staff=True),
)
"""In the order in which a person reads them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`needs`: names its text uses. `keep`: those that stay in the row. `secret`: carries a key, so the body is
    emptied once it is sent. `legal`: cannot be switched off and is tried without end. `group`: with which others the
    person settles how it comes. `digestible`: may wait and be gathered with others, or stay in the inbox. `bound`: meant
    for the address it was written to, whatever the person's address is by now."""

    code: str
    audience: str
    channels: frozenset[Channel]
    needs: frozenset[str]
    group: str
    keep: frozenset[str] = frozenset()
    legal: bool = False
    digestible: bool = False
    secret: bool = False
    bound: bool = False


def _account(code: str, audience: str, *needs: str, secret: bool = False, bound: bool = False) -> Entry:
    return Entry(code, audience, EMAIL, frozenset(needs), "account", legal=True, secret=secret, bound=secret or bound)


def _dossier(code: str, audience: str, *needs: str, group: str = "procedure") -> Entry:
    """The law's own letters to applicants, or what the department tells its own people."""
    legal = group == "procedure"
    needs_all = frozenset({"reference", "title", "url", *needs})
    return Entry(code, audience, BOTH, needs_all, group, frozenset({"reference"}), legal=legal, digestible=not legal)


ENTRIES: Final = (
    _account("account_confirm_signup", "người vừa đăng ký", "url", "expires_at", secret=True),
    _account("account_confirm_email", "người đổi địa chỉ hoặc xin lại thư xác nhận", "url", "expires_at", secret=True),
    _account("account_exists", "người đăng ký lại bằng địa chỉ đã có", "sign_in_url", "reset_url", bound=True),
    _account("account_unknown", "địa chỉ chưa có tài khoản", "signup_url", bound=True),
    _account("account_reset_password", "người quên mật khẩu", "url", "expires_at", secret=True),
    _account("account_password_changed", "chủ tài khoản", "url", "at"),
    _account(
        "account_email_asked", "địa chỉ đang dùng của chủ tài khoản", "url", "at", "new_email", "not_me_url", bound=True
    ),
    _account("account_email_kept", "chủ tài khoản", "url", "at"),
    _account("account_email_changed", "địa chỉ cũ của chủ tài khoản", "url", "at", "new_email", bound=True),
    _account("account_email_now", "địa chỉ mới của chủ tài khoản", "url", "at", bound=True),
    _account("account_second_factor_on", "chủ tài khoản", "url", "at"),
    _account("account_second_factor_off", "chủ tài khoản", "url", "at"),
    _account("account_recovery_codes", "chủ tài khoản", "url", "at"),
    _account("account_closed", "người vừa đóng tài khoản", "signup_url", "at"),
    _account("account_data_taken", "chủ tài khoản", "url", "at", "not_me_url"),
    _account("account_recovery_code_used", "chủ tài khoản", "url", "at", "left"),
    _account("account_passkey_added", "chủ tài khoản", "url", "at", "reset_url"),
    _account("account_passkey_removed", "chủ tài khoản", "url", "at", "reset_url"),
    _account("address_check", "người có địa chỉ trả thư", "url", "expires_at", secret=True),
    Entry("digest", "người muốn nhận một thư mỗi sáng", EMAIL, frozenset({"items", "count", "url"}), "digest"),
    Entry(
        "member_invited",
        "người được mời",
        EMAIL,
        frozenset({"organisation", "inviter", "role", "url", "expires_at"}),
        "organisation",
        frozenset({"organisation"}),
        secret=True,
    ),
    Entry(
        "join_requested",
        "người chủ quản của tổ chức",
        BOTH,
        frozenset({"organisation", "asker", "email", "url"}),
        "organisation",
        frozenset({"organisation"}),
        digestible=True,
    ),
    Entry(
        "join_answered",
        "người xin tham gia tổ chức",
        BOTH,
        frozenset({"organisation", "accepted", "by_department", "url"}),
        "organisation",
        frozenset({"organisation"}),
        digestible=True,
    ),
    Entry(
        "report_answered",
        "người báo lỗi để lại địa chỉ",
        EMAIL,
        frozenset({"title", "url", "outcome", "answer", "sent_at"}),
        "report",
        frozenset({"title"}),
    ),
    _dossier("dossier_submitted", "người nộp hồ sơ", "due"),
    _dossier("helped_sent_back", "người nhập hộ"),
    _dossier("dossier_arrived", "chuyên viên thụ lý", "due", "applicant", group="desk"),
    _dossier("supplement_requested", "người nộp hồ sơ", "count", "amount", "unit", "analogy"),
    _dossier("supplement_received", "chuyên viên thụ lý", "due", group="desk"),
    _dossier("startup_published", "người nộp hồ sơ", "public_url", "published_on"),
    _dossier("startup_refused", "người nộp hồ sơ", "decided_on"),
    _dossier("startup_unlisted", "người nộp hồ sơ", "decided_on"),
    _dossier("certification_valid", "người nộp hồ sơ", "due"),
    _dossier("certification_granted", "người nộp hồ sơ", "decided_on"),
    _dossier("certification_refused", "người nộp hồ sơ", "decided_on"),
    _dossier("certificate_change_valid", "người nộp hồ sơ", "due"),
    _dossier("certificate_changed", "người nộp hồ sơ", "decided_on"),
    _dossier("certificate_reissued", "người nộp hồ sơ", "decided_on"),
    _dossier("certificate_change_refused", "người nộp hồ sơ", "decided_on"),
    Entry(
        "certificate_decided",
        "người của doanh nghiệp có giấy chứng nhận",
        BOTH,
        frozenset({"number", "title", "outcome", "decision", "decided_on", "ground", "reason", "url"}),
        "procedure",
        frozenset({"number", "outcome"}),
        legal=True,
    ),
    Entry(
        "confirmation_due",
        "người sửa được hồ sơ của dự án trong danh bạ",
        BOTH,
        frozenset({"reference", "title", "confirmed_on", "due_on", "left", "url", "confirm_url"}),
        "confirmation",
        frozenset({"reference"}),
        digestible=True,
        secret=True,
    ),
    Entry(
        "year_report_due",
        "người của doanh nghiệp có giấy chứng nhận",
        BOTH,
        frozenset({"number", "title", "year", "due_on", "left", "url"}),
        "year_report",
        frozenset({"number", "year"}),
        digestible=True,
    ),
    Entry(
        "duties_due",
        "chuyên viên thụ lý, quá hạn thì cả lãnh đạo",
        BOTH,
        frozenset({"number", "title", "duty", "ground", "due_on", "left", "url"}),
        "deadline",
        frozenset({"number", "duty"}),
        digestible=True,
    ),
    Entry(
        "goal_changed",
        "người của doanh nghiệp giữ mục tiêu",
        BOTH,
        frozenset({"organisation", "cause", "turns", "was", "now", "verdict_turned", "url"}),
        "goal",
        frozenset({"organisation"}),
        digestible=True,
    ),
    _dossier("proposal_sent", "người đề xuất thay đổi", "due"),
    _dossier("proposal_arrived", "chuyên viên thụ lý", "due", "applicant", group="desk"),
    _dossier("proposal_decided", "người đề xuất thay đổi", "outcome", "decided_on", "accepted", "refused"),
    _dossier("proposal_due_soon", "chuyên viên thụ lý", "due", group="deadline"),
    _dossier("proposal_overdue", "chuyên viên thụ lý và lãnh đạo", "due", group="deadline"),
    _dossier("dossier_due_soon", "chuyên viên thụ lý", "due", group="deadline"),
    _dossier("dossier_overdue", "chuyên viên thụ lý và lãnh đạo", "due", group="deadline"),
)

CATALOGUE: Final = {entry.code: entry for entry in ENTRIES}


def chosen_groups(for_staff: bool) -> list[Group]:
    """The groups that concern a person."""
    return [group for group in GROUPS if for_staff or not group.for_staff]


def entry(code: str) -> Entry:
    if code not in CATALOGUE:
        raise LookupError(f"no message {code!r} in notifications/catalogue.py")
    return CATALOGUE[code]
