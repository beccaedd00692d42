"""What may happen to an appraisal, as data (Art. 51(3), 53(4)). It is advice: it decides nothing about the application."""

from typing import Any, Final

from registry.appraisals import changing
from registry.appraisals.models import CODE
from registry.appraisals.people import assessor_or_officer
from registry.core.lifecycle import Action, Lifecycle, State, register
from registry.dossiers.lifecycle import officer

OPEN: Final = State("open", "Đang thẩm định", "Đang thẩm định", "Nhận phiếu rồi ghi kết quả.", "info", "clock")
CONCLUDED: Final = State(
    "concluded", "Đã có kết quả", "Đã có kết quả", "Kết quả để người quyết định xem.", "ok", "check"
)
REPLACED: Final = State("replaced", "Đã đổi cách", "Đã đổi cách thẩm định", "Không còn tính.", "", "ban", True)


def _act(code: str, label: str, done: str, guards: tuple[Any, ...], change: Any, who: Any = officer) -> Action:
    return Action(
        code, frozenset({OPEN.code}), None, who, label, done, guards=(changing.running, *guards), change=change
    )


LIFECYCLE: Final = register(
    Lifecycle(
        CODE,
        {state.code: state for state in (OPEN, CONCLUDED, REPLACED)},
        {
            "set_up": _act(
                "set_up",
                "Ghi quyết định thành lập",
                "Đã ghi quyết định thành lập hội đồng",
                (changing.council_stands,),
                changing.set_up,
            ),
            "add": _act("add", "Thêm người", "Đã thêm người đánh giá", (changing.person_stands,), changing.add),
            "replace": _act(
                "replace",
                "Thay người",
                "Đã thay người đánh giá",
                (changing.sits, changing.person_stands),
                changing.replace,
            ),
            "invite": _act(
                "invite", "Đưa liên kết", "Đã làm liên kết cho người đánh giá", (changing.sits,), changing.invite
            ),
            "declare": _act(
                "declare",
                "Ghi bản khai",
                "Đã ghi bản khai xung đột lợi ích",
                (changing.sits, changing.declaration_stands),
                changing.declare,
                assessor_or_officer,
            ),
            "hand_in": _act(
                "hand_in",
                "Nộp phiếu",
                "Đã nộp phiếu đánh giá",
                (changing.sits, changing.sheet_stands),
                changing.hand_in,
                assessor_or_officer,
            ),
            "conclude": Action(
                "conclude",
                frozenset({OPEN.code}),
                CONCLUDED.code,
                officer,
                "Ghi kết quả",
                "Đã ghi kết quả thẩm định",
                guards=(changing.running, changing.can_end),
                change=changing.conclude,
            ),
            "reopen": Action(
                "reopen",
                frozenset({CONCLUDED.code}),
                OPEN.code,
                officer,
                "Mở lại",
                "Đã mở lại",
                guards=(changing.running,),
                needs_note=True,
            ),
            "supersede": Action(
                "supersede",
                frozenset({OPEN.code, CONCLUDED.code}),
                REPLACED.code,
                officer,
                "Đổi cách thẩm định",
                "Đã đổi cách thẩm định",
            ),
        },
    )
)
