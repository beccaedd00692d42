"""What visitors of the demo reported as wrong, and what the department answered."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from accounts.models import User
from cms.news.models import ArticlePage
from portal.demo.moments import afternoon, evening
from portal.demo.replay import Story
from portal.demo.stories import next_working_day
from registry.core import clock
from registry.core.lifecycle import perform
from registry.reports.models import Report
from registry.reports.services import report_error
from registry.reports.subjects import Subject
from registry.startups.selectors import in_force, url_of


@dataclass(frozen=True, slots=True)
class Said:
    """`about` is the slug of a startup, or how an article's title begins. `back` days ago; answered after `after` days."""

    kind: str
    about: str
    text: str
    back: int
    email: str = ""
    outcome: str = ""
    answer: str = ""
    after: int = 0


SAID: Final = (
    Said("startup", "tra-co-thu-minh-hoa", "Số điện thoại trên trang gọi không được, chủ dự án đã đổi số.", 64,
         "nguoi-mua@vidu.example", "mended", "Chủ dự án đã gửi số mới, Sở đã sửa trên trang.", 2),
    Said("startup", "tra-co-thu-minh-hoa", "Bản Mẫu 1 thuộc xã khác.", 41, "", "was_right",
         "Sở đã đối chiếu với danh mục xã, phường sau sắp xếp: địa chỉ trên trang là đúng.", 5),
    Said("startup", "lon-den-chuong-la", "Mua hàng ở đây lâu không thấy giao.", 30, "khach@vidu.example", "not_ours",
         "Sở không giải quyết việc mua bán; bạn liên hệ chủ dự án hoặc Hội bảo vệ người tiêu dùng.", 1),
    Said("startup", "lon-den-chuong-la", "cho vay nhanh lãi thấp", 12, "", "spam", "", 1),
    Said("startup", "lon-den-chuong-la", "Ảnh sản phẩm là của nhà tôi, không phải của dự án này.", 6, "chu-anh@vidu.example"),
    Said("startup", "tra-co-thu-minh-hoa", "Tên tiếng Anh viết thiếu một chữ.", 2),
    Said("article", "Mỗi gốc chè một mã", "Bài ghi 320 gốc chè, biển ở vườn ghi 302.", 20, "ban-doc@vidu.example", "mended",
         "Cảm ơn bạn, bài đã được sửa.", 1),
    Said("article", "Mỗi gốc chè một mã", "Tên xã trong đoạn hai là tên cũ.", 3),
)  # fmt: skip


def stories(officer: User, editor: User) -> list[Story]:
    """What is not here yet."""
    here = set(Report.objects.values_list("text", flat=True))
    return [told(said, officer if said.kind == "startup" else editor) for said in SAID if said.text not in here]


def subject_of(said: Said) -> Subject | None:
    if said.kind == "startup":
        profile = in_force().filter(slug=said.about).first()
        return Subject(profile.startup.record, profile.name_vi, url_of(profile, "vi")) if profile else None
    page = ArticlePage.objects.filter(title__startswith=said.about).first()
    return Subject(f"cms_news.articlepage:{page.pk}", page.title, page.get_url()) if page else None


def told(said: Said, actor: User) -> Story:
    """Somebody reads the page in the evening and writes; the department answers some working days later."""
    day = clock.today() - timedelta(days=said.back)
    yield evening(said.text, day)
    subject = subject_of(said)
    if subject is None:
        return
    report = report_error(said.kind, subject, text=said.text, email=said.email)
    if said.outcome:
        yield afternoon(said.text, next_working_day(day + timedelta(days=said.after - 1)))
        data = {"outcome": said.outcome, "answer": said.answer}
        perform(report, "answer", actor, data=data, expected_version=report.version)
