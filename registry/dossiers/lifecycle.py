"""States and acts that every dossier shares. A register builds its own `Lifecycle` from these and adds its decisions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import roles
from registry.core.lifecycle import Action, NotAllowed, State
from registry.dossiers import submitting, supplementing
from registry.dossiers.helped.people import HELPER, Founder, helps_now, is_held_back
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


def writer(actor: Any, dossier: Any) -> str:
    """Who may type in it and put files in: the party's people, and who helps them, until it waits for the founder's word.

    The founder who confirms may write too, but only what is theirs alone to say (`services.save_step`).
    """
    if isinstance(actor, Founder):
        return actor.role_in(dossier)
    if helps_now(actor, dossier):
        if is_held_back(dossier):
            raise NotAllowed(_("Hồ sơ đang chờ chủ dự án xác nhận. Lấy lại hồ sơ rồi sửa."))
        return HELPER
    return applicant(actor, dossier)


def sender(actor: Any, dossier: Any) -> str:
    """Who may send it: the party's people, or the founder by the key they were given. Never the one who only helped."""
    if isinstance(actor, Founder):
        return actor.role_in(dossier)
    if helps_now(actor, dossier):
        raise NotAllowed(_("Người nhập hộ không gửi được hồ sơ. Đưa cho chủ dự án xác nhận."))
    return applicant(actor, dossier)


def dropper(actor: Any, dossier: Any) -> str:
    """Who may withdraw it: the party's people; who helps may drop a draft that has not been sent."""
    if dossier.state == DRAFT.code and helps_now(actor, dossier):
        return HELPER
    return applicant(actor, dossier)


def helper(actor: Any, dossier: Any) -> str:
    """Who helps with it now."""
    if not helps_now(actor, dossier):
        raise NotAllowed(_("Bạn không nhập hộ hồ sơ này."))
    return HELPER


def founder(actor: Any, dossier: Any) -> str:
    """The founder without an account, by the key they were given."""
    if not isinstance(actor, Founder):
        raise NotAllowed(_("Chỉ chủ dự án trả lại được hồ sơ."))
    return actor.role_in(dossier)


def taker(actor: Any, dossier: Any) -> str:
    """One of the party's people, who takes into their own hands what somebody has helped with."""
    if not dossier.helps.filter(until=None).exists():
        raise NotAllowed(_("Không ai đang nhập hộ hồ sơ này."))
    return applicant(actor, dossier)


def officer(actor: Any, dossier: Any) -> str:
    """A case officer or a leader, and never for an organisation of their own or on what they wrote themselves."""
    held = roles.roles_of(actor) & {roles.CASE_OFFICER, roles.LEADER}
    if not held:
        raise NotAllowed(_("Chỉ chuyên viên thụ lý hoặc lãnh đạo Sở làm được việc này."))
    if actor.pk in dossier.member_ids:
        raise NotAllowed(_("Bạn là thành viên của tổ chức nộp hồ sơ nên không được xử lý hồ sơ này."))
    if actor.pk in dossier.helper_ids:
        raise NotAllowed(_("Bạn đã nhập hộ hồ sơ này nên không được xử lý nó. Một chuyên viên khác sẽ làm."))
    return roles.LEADER if roles.LEADER in held else roles.CASE_OFFICER


def common_actions(received: State = SUBMITTED, later: tuple[State, ...] = ()) -> dict[str, Action]:
    """submit, resubmit, withdraw by the applicant; assign, request_supplement by the department.

    `received` is the state of what has arrived, the only one in which a supplement is asked for; `later` are those in
    which the department goes on with it.
    Where somebody helps a founder without an account: hand_over, send_back, take_over (`registry.dossiers.helped`).
    """
    on_desk = frozenset(state.code for state in (received, *later))
    actions = (
        Action(
            "submit",
            frozenset({DRAFT.code}),
            received.code,
            sender,
            _("Gửi hồ sơ"),
            _("Đã gửi hồ sơ"),
            guards=(submitting.complete,),
            change=submitting.send,
        ),
        Action(
            "resubmit",
            frozenset({SUPPLEMENT.code}),
            received.code,
            sender,
            _("Gửi bổ sung"),
            _("Đã gửi bổ sung"),
            guards=(submitting.complete,),
            change=submitting.send_again,
        ),
        Action(
            "withdraw",
            frozenset({DRAFT.code, SUPPLEMENT.code}) | on_desk,
            WITHDRAWN.code,
            dropper,
            _("Rút hồ sơ"),
            _("Đã rút hồ sơ"),
            change=submitting.close,
        ),
        Action(
            "hand_over",
            frozenset({DRAFT.code, SUPPLEMENT.code}),
            None,
            helper,
            _("Đưa cho chủ dự án xác nhận"),
            _("Đã đưa cho chủ dự án xác nhận"),
            guards=(submitting.filled,),
        ),
        Action(
            "send_back",
            frozenset({DRAFT.code, SUPPLEMENT.code}),
            None,
            founder,
            _("Nhắn chỗ chưa đúng"),
            _("Chủ dự án nhắn sửa lại"),
            needs_note=True,
        ),
        Action(
            "take_over",
            frozenset({DRAFT.code, SUPPLEMENT.code}),
            None,
            taker,
            _("Tự làm tiếp"),
            _("Chủ dự án nhận lại, tự làm tiếp"),
        ),
        Action(
            "assign",
            frozenset({SUPPLEMENT.code}) | on_desk,
            None,
            officer,
            "Phân công",
            _("Đã giao người thụ lý"),
            guards=(supplementing.assignable,),
            change=supplementing.assign,
        ),
        Action(
            "request_supplement",
            frozenset({received.code}),
            SUPPLEMENT.code,
            officer,
            "Yêu cầu bổ sung",
            _("Sở yêu cầu bổ sung"),
            guards=(supplementing.remarks_stand,),
            change=supplementing.ask,
        ),
    )
    return {action.code: action for action in actions}
