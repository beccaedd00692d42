"""What happens to a notice of the department and to the yearly report of an enterprise, as data."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts import roles
from registry.core.lifecycle import Action, Lifecycle, NotAllowed, State, register
from registry.dossiers.lifecycle import officer as handler
from registry.duties import doing
from registry.duties.models import NOTICE, REPORT
from registry.parties.selectors import EDITING_ROLES, role_of


def officer(actor: Any, record: Any) -> str:
    """A case officer, never for an enterprise of their own. Leaders read."""
    role = handler(actor, record)
    if roles.CASE_OFFICER not in roles.roles_of(actor):
        raise NotAllowed("Lãnh đạo xem được việc này; chuyên viên thụ lý ghi.")
    return role


def keeper(actor: Any, record: Any) -> str:
    """Owners and editors of the enterprise keep the receipt; a case officer does so for one that has nobody here."""
    role = role_of(actor, record.party)
    if role in EDITING_ROLES:
        return role
    if role:
        raise NotAllowed(_("Bạn là người xem; chủ quản hoặc người biên tập của tổ chức mới ghi được."))
    if roles.roles_of(actor):
        return officer(actor, record)
    raise NotAllowed(_("Bạn không có quyền ghi cho doanh nghiệp này."))


OPEN: Final = State("open", "Chưa làm", "Chưa làm", "Chuyên viên làm rồi ghi bằng chứng.", "warn", "clock")
DONE: Final = State("done", "Đã làm", "Đã làm", "Không phải làm gì nữa.", "ok", "circle-check", True)
DRAFT: Final = State(
    "draft",
    _("Chưa có biên nhận"),
    "Chưa có biên nhận",
    _("Báo cáo trên nền tảng của Bộ rồi ghi biên nhận vào đây."),
    "warn",
    "pencil-line",
)
REPORTED: Final = State(
    "reported", _("Đã báo cáo"), "Đã báo cáo", _("Không phải làm gì nữa."), "ok", "circle-check", True
)

NOTICE_LIFECYCLE: Final = register(
    Lifecycle(
        NOTICE,
        {state.code: state for state in (OPEN, DONE)},
        {
            "fulfil": Action(
                "fulfil",
                frozenset({OPEN.code}),
                DONE.code,
                officer,
                "Ghi đã làm",
                "Đã làm",
                guards=(doing.evidence_stands,),
                change=doing.fulfil,
            ),
            "reopen": Action(
                "reopen",
                frozenset({DONE.code}),
                OPEN.code,
                officer,
                "Ghi nhầm, mở lại",
                "Mở lại vì ghi nhầm",
                change=doing.reopen,
                needs_note=True,
            ),
        },
    )
)

REPORT_LIFECYCLE: Final = register(
    Lifecycle(
        REPORT,
        {state.code: state for state in (DRAFT, REPORTED)},
        {
            "receive": Action(
                "receive",
                frozenset({DRAFT.code}),
                REPORTED.code,
                keeper,
                _("Ghi biên nhận"),
                _("Đã ghi biên nhận của nền tảng"),
                ground=lambda: "nd268:54.2",
                guards=(doing.receipt_stands,),
                change=doing.receive,
            ),
            "take_back": Action(
                "take_back",
                frozenset({REPORTED.code}),
                DRAFT.code,
                officer,
                "Biên nhận ghi nhầm, bỏ ra",
                "Bỏ biên nhận ghi nhầm",
                ground=lambda: "nd268:54.2",
                change=doing.take_back,
                needs_note=True,
            ),
        },
    )
)
