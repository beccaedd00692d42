"""States and acts that every dossier shares. A register builds its own `Lifecycle` from these and adds its decisions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import roles
from registry.core.lifecycle import Action, NotAllowed, State
from registry.dossiers import submitting, supplementing
from registry.parties.selectors import EDITING_ROLES, role_of

DRAFT = State("draft", _("Bản nháp"), "Bản nháp", _("Điền tiếp rồi gửi. Bản nháp chưa đến Sở."), "", "pencil-line")
SUBMITTED = State("submitted", _("Sở đang xem"), "Đang thụ lý", _("Sở kiểm tra rồi trả lời bạn."), "info", "clock")
SUPPLEMENT = State(
    "supplement",
    _("Chờ bạn bổ sung"),
    "Chờ bổ sung",
    _("Sửa các mục được đánh dấu rồi gửi lại."),
    "warn",
    "triangle-alert",
)
REFUSED = State(
    "refused", _("Không được đăng"), "Đã từ chối", _("Xem lý do. Bạn có thể lập hồ sơ mới."), "bad", "x", True
)
WITHDRAWN = State("withdrawn", _("Bạn đã rút"), "Người nộp đã rút", _("Bạn có thể lập hồ sơ mới."), "", "undo-2", True)


def applicant(actor: Any, dossier: Any) -> str:
    """Owners and editors of the party act for it."""
    role = role_of(actor, dossier.party)
    if role not in EDITING_ROLES:
        raise NotAllowed(_("Bạn không có quyền sửa hồ sơ này."))
    return role


def officer(actor: Any, dossier: Any) -> str:
    """A case officer or a leader, and never for an organisation of their own."""
    held = roles.roles_of(actor) & {roles.CASE_OFFICER, roles.LEADER}
    if not held:
        raise NotAllowed(_("Chỉ chuyên viên thụ lý hoặc lãnh đạo Sở làm được việc này."))
    if role_of(actor, dossier.party):
        raise NotAllowed(_("Bạn là thành viên của tổ chức nộp hồ sơ nên không được xử lý hồ sơ này."))
    return roles.LEADER if roles.LEADER in held else roles.CASE_OFFICER


def common_actions() -> dict[str, Action]:
    """submit, resubmit, withdraw by the applicant; assign, request_supplement by the department."""
    actions = (
        Action(
            "submit",
            frozenset({DRAFT.code}),
            SUBMITTED.code,
            applicant,
            _("Gửi hồ sơ"),
            _("Đã gửi hồ sơ"),
            guards=(submitting.complete,),
            change=submitting.send,
        ),
        Action(
            "resubmit",
            frozenset({SUPPLEMENT.code}),
            SUBMITTED.code,
            applicant,
            _("Gửi bổ sung"),
            _("Đã gửi bổ sung"),
            guards=(submitting.complete,),
            change=submitting.send_again,
        ),
        Action(
            "withdraw",
            frozenset({DRAFT.code, SUBMITTED.code, SUPPLEMENT.code}),
            WITHDRAWN.code,
            applicant,
            _("Rút hồ sơ"),
            _("Đã rút hồ sơ"),
            change=submitting.close,
        ),
        Action(
            "assign",
            frozenset({SUBMITTED.code, SUPPLEMENT.code}),
            None,
            officer,
            "Phân công",
            _("Đã giao người thụ lý"),
            guards=(supplementing.assignable,),
            change=supplementing.assign,
        ),
        Action(
            "request_supplement",
            frozenset({SUBMITTED.code}),
            SUPPLEMENT.code,
            officer,
            "Yêu cầu bổ sung",
            _("Sở yêu cầu bổ sung"),
            guards=(supplementing.remarks_stand,),
            change=supplementing.ask,
        ),
    )
    return {action.code: action for action in actions}
