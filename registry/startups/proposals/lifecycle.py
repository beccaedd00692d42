"""Proposing a change of a published startup: states and acts as data. Its limit is a service promise (`TimeLimit`)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.core.lifecycle import Action, Lifecycle, NotAllowed, State, register
from registry.dossiers import lifecycle as shared
from registry.parties.selectors import EDITING_ROLES, role_of
from registry.startups.deciding import ground, stands
from registry.startups.proposals import deciding
from registry.startups.proposals.models import CODE

DRAFT = State("draft", _("Bản nháp"), "Bản nháp", _("Sửa xong thì gửi. Bản nháp chưa đến Sở."), "", "pencil-line")
OPEN = State("open", _("Sở đang xem"), "Chờ quyết định", _("Sở trả lời bạn theo từng mục."), "info", "clock")
ACCEPTED = State("accepted", _("Đã nhận"), "Đã nhận", _("Trang công khai đã thay đổi."), "ok", "circle-check", True)
PARTLY = State(
    "partly_accepted",
    _("Đã nhận một phần"),
    "Đã nhận một phần",
    _("Trang công khai có những mục đã nhận; mục không nhận có lý do."),
    "warn",
    "circle-check",
    True,
)
REJECTED = State(
    "rejected", _("Không được nhận"), "Không nhận", _("Xem lý do. Bạn có thể đề xuất lại."), "bad", "x", True
)
WITHDRAWN = State(
    "withdrawn", _("Bạn đã rút"), "Người đề xuất đã rút", _("Bạn có thể đề xuất lại."), "", "undo-2", True
)
LAPSED = State("lapsed", _("Không còn hiệu lực"), "Hết hiệu lực", _("Dự án đã rời danh bạ."), "", "x", True)


def proposer(actor: Any, proposal: Any) -> str:
    """Owners and editors of the party propose; viewers read."""
    role = role_of(actor, proposal.party)
    if role not in EDITING_ROLES:
        raise NotAllowed(_("Bạn không có quyền đề xuất thay đổi cho dự án này."))
    return role


def system(actor: Any, proposal: Any) -> str:
    """The portal itself, when there is no page any more."""
    if actor is not None:
        raise NotAllowed(_("Việc này cổng tự làm khi dự án rời danh bạ."))
    return "system"


def _decision(code: str, target: State, label: str, done: Any, guard: Any, change: Any) -> Action:
    return Action(
        code,
        frozenset({OPEN.code}),
        target.code,
        shared.officer,
        label,
        done,
        ground=ground,
        guards=(deciding.listed, guard, deciding.judged, stands),
        change=change,
    )


ACTIONS = (
    Action(
        "send",
        frozenset({DRAFT.code}),
        OPEN.code,
        proposer,
        _("Gửi đề xuất"),
        _("Đã gửi đề xuất"),
        guards=(deciding.listed, deciding.fit_to_send),
        change=deciding.send,
    ),
    Action(
        "recall",
        frozenset({OPEN.code}),
        DRAFT.code,
        proposer,
        _("Lấy lại để sửa"),
        _("Đã lấy lại để sửa"),
        change=deciding.stop_clock,
    ),
    Action(
        "withdraw",
        frozenset({DRAFT.code, OPEN.code}),
        WITHDRAWN.code,
        proposer,
        _("Rút đề xuất"),
        _("Đã rút đề xuất"),
        change=deciding.stop_clock,
    ),
    Action(
        "take_back",
        frozenset({DRAFT.code}),
        ACCEPTED.code,
        proposer,
        _("Thôi hiện công khai"),
        _("Đã rút lại đồng ý công khai, có hiệu lực ngay"),
        guards=(deciding.listed, deciding.taken_back),
        change=deciding.take_back,
    ),
    _decision("accept", ACCEPTED, "Nhận cả đề xuất", _("Sở đã nhận đề xuất"), deciding.all_accepted, deciding.accept),
    _decision(
        "accept_some", PARTLY, "Nhận một phần", _("Sở đã nhận một phần"), deciding.some_accepted, deciding.accept
    ),
    _decision("reject", REJECTED, "Không nhận", _("Sở không nhận đề xuất"), deciding.none_accepted, deciding.reject),
    Action(
        "lapse",
        frozenset({DRAFT.code, OPEN.code}),
        LAPSED.code,
        system,
        "Hết hiệu lực",
        _("Dự án đã rời danh bạ"),
        change=deciding.stop_clock,
    ),
)

LIFECYCLE = register(
    Lifecycle(
        CODE,
        {one.code: one for one in (DRAFT, OPEN, ACCEPTED, PARTLY, REJECTED, WITHDRAWN, LAPSED)},
        {action.code: action for action in ACTIONS},
        stale=_("Đề xuất vừa được người khác xử lý. Xem lại rồi làm tiếp."),
        elsewhere=_("Đề xuất đang ở bước khác, không làm được thao tác này."),
    )
)
