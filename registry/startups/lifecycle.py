"""Registering a startup: the procedure as data. No law sets a time for it; its limit is a service promise (`TimeLimit`)."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.core.lifecycle import Action, Lifecycle, State, Text
from registry.dossiers import lifecycle as shared
from registry.dossiers.procedure import Guide, Procedure, Step, register
from registry.startups import deciding, entering
from registry.startups.forms import ConsentForm, FieldsForm, HeadOfficeForm, NamesForm, ProjectForm, TeamForm
from registry.startups.selectors import in_force, url_of

CODE = "startup_registration"

PUBLISHED = State(
    "published", _("Đã đăng"), "Đã đăng", _("Trang của bạn đã ở trong danh bạ."), "ok", "circle-check", True
)
UNLISTED = State(
    "unlisted", _("Đã gỡ khỏi danh bạ"), "Đã gỡ", _("Xem lý do. Bạn có thể lập hồ sơ mới."), "bad", "x", True
)

LIFECYCLE = Lifecycle(
    CODE,
    {
        state.code: state
        for state in (
            shared.DRAFT, shared.SUBMITTED, shared.SUPPLEMENT, PUBLISHED, shared.REFUSED, shared.WITHDRAWN, UNLISTED,
        )
    },
    {
        **shared.common_actions(),
        "publish": Action(
            "publish",
            frozenset({shared.SUBMITTED.code}),
            PUBLISHED.code,
            shared.officer,
            "Đăng vào danh bạ",
            _("Đã đăng vào danh bạ"),
            ground=deciding.ground,
            guards=(deciding.stands,),
            change=deciding.publish,
        ),
        "refuse": Action(
            "refuse",
            frozenset({shared.SUBMITTED.code}),
            shared.REFUSED.code,
            shared.officer,
            "Từ chối",
            _("Không đăng vào danh bạ"),
            ground=deciding.ground,
            guards=(deciding.stands,),
            change=deciding.refuse,
            needs_note=True,
        ),
        "enter": Action(
            "enter",
            frozenset({shared.DRAFT.code}),
            PUBLISHED.code,
            shared.officer,
            "Nhập từ danh sách của Sở",
            _("Sở đưa vào danh bạ từ danh sách của Sở"),
            ground=deciding.ground,
            guards=(entering.from_a_list,),
            change_many=entering.enter,
        ),
        "renew": Action(
            "renew",
            frozenset({PUBLISHED.code}),
            None,
            shared.officer,
            "Cập nhật từ danh sách của Sở",
            _("Sở cập nhật từ danh sách của Sở"),
            ground=deciding.ground,
            guards=(entering.from_a_list,),
            change_many=entering.enter,
        ),
        "take_down": Action(
            "take_down",
            frozenset({PUBLISHED.code}),
            UNLISTED.code,
            shared.officer,
            "Gỡ khỏi danh bạ",
            _("Đã gỡ khỏi danh bạ"),
            ground=deciding.ground,
            guards=(deciding.stands,),
            change=deciding.take_down,
            needs_note=True,
        ),
    },
)  # fmt: skip


def public_url(dossier: Any, language: str) -> str:
    """Where the directory shows what came of the dossier, while a profile of it holds."""
    profile = in_force().filter(startup__dossier=dossier).first()
    return url_of(profile, language) if profile else ""


def afterwards(dossier: Any) -> list[tuple[str, Text, str]]:
    """While it is published, its people may propose changes of what is."""
    if dossier.state != PUBLISHED.code:
        return []
    address = reverse("proposals", kwargs={"reference": dossier.reference})
    return [(address, _("Đề xuất thay đổi"), "pencil-line")]


def check(dossier: Any, answers: Mapping[str, Any]) -> dict[str, str]:
    """Demands across steps: an enterprise's date of registration."""
    if dossier.party.kind == "enterprise" and "registered_on" in answers and not answers["registered_on"]:
        return {"registered_on": _now("Doanh nghiệp cần ngày đăng ký kinh doanh.")}
    return {}


PROCEDURE = register(
    Procedure(
        code=CODE,
        title=_("Đăng ký khởi nghiệp"),
        scope="startup_dossier",
        form_code="KN-01",
        form_version="1",
        steps=(
            Step("ten", _("Tên và một câu giới thiệu"), NamesForm, picture="logo"),
            Step("tru-so", _("Trụ sở và người đại diện"), HeadOfficeForm),
            Step("nganh", _("Ngành nghề, công nghệ"), FieldsForm),
            Step("du-an", _("Vấn đề và lời giải"), ProjectForm),
            Step("doi-ngu", _("Đội ngũ và vốn"), TeamForm),
            Step(
                "tep",
                _("Tài liệu"),
                lead=_("Giấy đăng ký, ảnh sản phẩm, kết quả kiểm nghiệm, giấy khen. Chưa có thì bỏ qua bước này."),
            ),
            Step("kiem-tra", _("Kiểm tra và gửi"), ConsentForm),
        ),
        lifecycle=LIFECYCLE,
        file_purposes={
            "logo": _("Biểu trưng"),
            "registration": _("Giấy đăng ký kinh doanh"),
            "product": _("Ảnh hoặc tài liệu sản phẩm"),
            "test_result": _("Kết quả kiểm nghiệm, thử nghiệm"),
            "ip_title": _("Văn bằng sở hữu trí tuệ"),
            "award": _("Giải thưởng, giấy khen"),
            "investment": _("Cam kết đầu tư, hợp đồng"),
            "other": _("Tài liệu khác"),
        },
        file_limit=10,
        single_purposes=frozenset({"logo"}),
        image_purposes=frozenset({"logo"}),
        public_url=public_url,
        guide=Guide(
            slug=_("dang-ky-khoi-nghiep"),
            purpose=_("Đưa dự án của bạn vào danh bạ khởi nghiệp của tỉnh, để người mua, nhà đầu tư và Sở tìm thấy."),
            who=(
                _("Doanh nghiệp, hợp tác xã, hộ kinh doanh, nhóm hoặc cá nhân có dự án khởi nghiệp tại Lai Châu."),
                _("Người gửi hồ sơ là chủ quản hoặc người soạn của tổ chức, nhóm đó. Chỉ doanh nghiệp cần mã số thuế."),
            ),
            result=_("Dự án có một trang công khai trong danh bạ, với những mục bạn đồng ý cho hiện."),
            icon="rocket",
            effort=_("Bảy bước, khoảng 20 phút"),
        ),
        afterwards=afterwards,
        check=check,
        decision_forms={
            "publish": deciding.PublishForm,
            "refuse": deciding.RefuseForm,
            "take_down": deciding.TakeDownForm,
        },
    )
)
