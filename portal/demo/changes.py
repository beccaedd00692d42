"""Proposals of change in the demo: some wait, some were accepted, one in part, one not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from portal.demo.moments import afternoon, evening, working_day
from portal.demo.replay import Story
from portal.demo.stories import Department
from registry.startups import selectors
from registry.startups.models import ChangeProposal, Startup
from registry.startups.proposals import services
from registry.startups.proposals.parts import parts, standing
from registry.startups.proposals.selectors import saw


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody proposed for the startup `name`, `days` working days ago; `refused` gives reasons by field."""

    name: str
    days: int
    values: Mapping[str, Any]
    reason: str = ""
    waits: bool = False
    refused: Mapping[str, str] = field(default_factory=dict)


CHANGES: Final = (
    Change(
        "Cá tầm suối Mẫu",
        120,
        {"pitch_vi": "Nuôi cá tầm bằng nước suối tuần hoàn, đo ô-xy từng bể, bán cá tươi trong ngày cho quán trong tỉnh."},
        "Từ tháng này hợp tác xã bán thẳng cho quán.",
    ),
    Change(
        "Gạo một cánh đồng",
        60,
        {"short_name": "Gạo Một Đồng", "website": "https://gao-so-mot-viet-nam.example"},
        "Khách quen gọi tên ngắn.",
        refused={"website": "Tên miền gây hiểu nhầm về xếp hạng. Gửi lại trang web khác thì Sở nhận."},
    ),
    Change(
        "Nứt vỏ mắc ca tại vườn",
        25,
        {"fields_of_technology": ["space"]},
        refused={"fields_of_technology": "Máy nứt vỏ không thuộc công nghệ vũ trụ. Giữ lĩnh vực đang ghi."},
    ),
    Change(
        "Vườn ươm sâm Mây",
        2,
        {
            "stage": "growth",
            "pitch_vi": "Cây giống sâm nuôi cấy mô, khỏe khi ra rừng, có lý lịch từng lô và bảo hành cây sống một năm.",
        },
        "Năm nay vườn giao cây cho ba huyện và bắt đầu bảo hành.",
        waits=True,
    ),
    Change("Vườn ươm sâm Mây", 1, {"stage": "trial", "show_phone": True}, waits=True),
    Change("Lá tắm Lá Rừng", 8, {"name_en": "Forest Leaf Bath Herbs"}, "Thêm tên tiếng Anh cho khách du lịch.", waits=True),
)  # fmt: skip


def stories(department: Department) -> list[Story]:
    """Those of startups for which nothing has been proposed yet."""
    here = set(ChangeProposal.objects.values_list("startup__profiles__name_vi", flat=True))
    return [story(change, department) for change in CHANGES if change.name not in here]


def of_name(name: str) -> Startup:
    return selectors.in_force().get(name_vi=name).startup


def story(change: Change, department: Department) -> Story:
    """Written and sent in the evening; where it does not wait, decided two working days later."""
    sent = working_day(department.today, back=change.days)
    key = f"{change.name} {change.days}"
    yield evening(f"{key} propose", sent)
    startup = of_name(change.name)
    proposal = proposed(startup, change)
    if change.waits:
        return
    yield afternoon(f"{key} decide", working_day(department.today, back=change.days - 2))
    services.decide(
        proposal,
        actor=department.officers[change.days % 2],
        refused=change.refused,
        confirmed={},
        stated={"signatory": department.leader.full_name},
        version=proposal.version,
    )


def proposed(startup: Startup, change: Change) -> ChangeProposal:
    owner = startup.dossier.created_by
    proposal = services.begin(startup, actor=owner)
    answers = standing(startup) | change.values
    for part in parts():
        if part.names & set(change.values):
            form = part.form({name: answers.get(name) for name in part.names})
            if not form.is_valid():
                raise ValueError(f"{change.name}: {form.errors.as_text()}")
            proposal = services.write(proposal, form, actor=owner, seen=proposal.edits)
    return services.send(
        proposal,
        actor=owner,
        reason=change.reason,
        saw=saw(proposal),
        seen=proposal.edits,
        version=proposal.version,
    )
