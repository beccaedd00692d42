"""What may happen to a certificate after it was issued (Art. 53), as data.

Withdrawal (*thu hồi*) is announced to the enterprise before it is decided (53(2)); cancellation (*hủy bỏ hiệu lực*, 53(3)) has
other grounds and makes it pay everything back. Neither ever happens by itself.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from registry.certificates import deciding, paper, showing_size
from registry.certificates.models import CODE
from registry.core.lifecycle import Action, Lifecycle, State, register
from registry.dossiers.lifecycle import officer

VALID: Final = State(
    "valid", _("Còn hiệu lực"), "Còn hiệu lực", _("Sở xem lại điều kiện ba năm một lần."), "ok", "circle-check"
)
NOTIFIED: Final = State(
    "notified",
    _("Còn hiệu lực"),
    "Đã báo sẽ thu hồi",
    _("Giấy còn hiệu lực cho đến khi có quyết định."),
    "warn",
    "triangle-alert",
)
WITHDRAWN: Final = State("withdrawn", _("Đã thu hồi"), "Đã thu hồi", _("Giấy không còn hiệu lực."), "bad", "x", True)
CANCELLED: Final = State(
    "cancelled", _("Đã hủy bỏ hiệu lực"), "Đã hủy bỏ hiệu lực", _("Giấy không còn hiệu lực."), "bad", "ban", True
)

STANDING: Final = frozenset({VALID.code, NOTIFIED.code})


def _paper(code: str, label: str, done: Any, guard: Any, change: Any) -> Action:
    """An act on the electronic certificate of a certificate that holds; its state stays."""
    return Action(code, STANDING, None, officer, label, done, lambda: "nd268:47.2", (guard,), change)


def _renewal(code: str, label: str, done: Any) -> Action:
    """What a decision on a dossier under Art. 52 does (`registry.certificates.changing`); never an act by itself."""
    return Action(
        code,
        STANDING,
        None,
        officer,
        label,
        done,
        ground=lambda: "nd268:52.3",
        guards=(deciding.by_decision,),
        change=deciding.renew,
    )


RENEWALS: Final = (
    _renewal("change", "Cấp thay đổi nội dung", _("Đã cấp thay đổi nội dung")),
    _renewal("reissue", "Cấp lại", _("Đã cấp lại")),
)

PAPER: Final = (
    _paper("make_paper", "Làm bản điện tử", _("Đã làm bản điện tử để ký"), paper.can_be_made, paper.make),
    _paper("sign_here", "Ký bằng khóa của cổng", _("Đã ký bản điện tử"), paper.waits, paper.sign_here),
    _paper("take_signed", "Nhận bản đã ký", _("Đã nhận bản điện tử đã ký"), paper.waits, paper.take_signed),
)

LIFECYCLE: Final = register(
    Lifecycle(
        CODE,
        {state.code: state for state in (VALID, NOTIFIED, WITHDRAWN, CANCELLED)},
        {
            "maintain": Action(
                "maintain",
                frozenset({VALID.code, NOTIFIED.code}),
                VALID.code,
                officer,
                "Duy trì hiệu lực",
                _("Duy trì hiệu lực sau khi kiểm tra"),
                ground=lambda: "nd268:53.1",
                guards=(deciding.stands,),
                change=deciding.maintain,
            ),
            "notify": Action(
                "notify",
                frozenset({VALID.code}),
                NOTIFIED.code,
                officer,
                "Thông báo sẽ thu hồi",
                _("Đã thông báo cho doanh nghiệp trước khi thu hồi"),
                ground=lambda: "nd268:53.2",
                guards=(deciding.stands,),
                change=deciding.notify,
                needs_note=True,
            ),
            "withdraw": Action(
                "withdraw",
                frozenset({NOTIFIED.code}),
                WITHDRAWN.code,
                officer,
                "Thu hồi",
                _("Đã thu hồi"),
                ground=lambda: "nd268:53.2",
                guards=(deciding.stands, deciding.after_notice),
                change=deciding.withdraw,
                needs_note=True,
            ),
            "cancel": Action(
                "cancel",
                frozenset({VALID.code, NOTIFIED.code}),
                CANCELLED.code,
                officer,
                "Hủy bỏ hiệu lực",
                _("Đã hủy bỏ hiệu lực"),
                ground=lambda: "nd268:53.3",
                guards=(deciding.stands,),
                change=deciding.cancel,
                needs_note=True,
            ),
            **{action.code: action for action in (*RENEWALS, *PAPER)},
            **showing_size.acts(frozenset({VALID.code, NOTIFIED.code, WITHDRAWN.code, CANCELLED.code})),
        },
        stale=_("Giấy này vừa được người khác cập nhật. Xem lại rồi làm tiếp."),
        elsewhere=_("Giấy này đang ở tình trạng khác, không làm được thao tác này."),
    )
)
