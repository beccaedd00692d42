"""Asking to change the content of a certificate or to have it issued again (Decree 268/2025, Art. 52), as data."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.certificates.changing import answers, deciding, forms
from registry.certificates.changing.paper import FORMS
from registry.certificates.changing.showing import asked_for, links, weighed
from registry.core.lifecycle import Action, Lifecycle, State
from registry.dossiers import lifecycle as shared
from registry.dossiers.procedure import Guide, Limited, Procedure, Step, register
from registry.st_enterprises.certification import filing
from registry.st_enterprises.certification.forms import DeclarationForm, EnterpriseForm, RepresentativeForm
from registry.st_enterprises.certification.lifecycle import FILED

CODE = "st_change"

VALID = State(
    "valid",
    _("Hồ sơ hợp lệ, Sở đang xem xét"),
    "Hợp lệ, đang xem xét",
    _("Bạn không phải làm gì lúc này. Cơ quan có thẩm quyền cấp hoặc từ chối; thời hạn này không dừng."),
    "info",
    "clock",
)
CHANGED = State(
    "changed",
    _("Đã cấp thay đổi nội dung"),
    "Đã cấp thay đổi",
    _("Giấy chứng nhận có bản mới, số giấy giữ nguyên."),
    "ok",
    "circle-check",
    True,
)
REISSUED = State(
    "reissued",
    _("Đã cấp lại Giấy chứng nhận"),
    "Đã cấp lại",
    _("Giấy được cấp lại, số và nội dung giữ nguyên."),
    "ok",
    "circle-check",
    True,
)
REFUSED = replace(
    shared.REFUSED,
    label=_("Không được cấp thay đổi, cấp lại"),
    next_step=_("Giấy giữ nguyên như cũ. Xem lý do; bạn có thể lập hồ sơ mới."),
)

COMMON = shared.common_actions(received=FILED, later=(VALID,))

LIFECYCLE = Lifecycle(
    CODE,
    {
        state.code: state
        for state in (shared.DRAFT, FILED, shared.SUPPLEMENT, VALID, CHANGED, REISSUED, REFUSED, shared.WITHDRAWN)
    },
    {
        **COMMON,
        "submit": replace(COMMON["submit"], label=_("Ghi nhận đã nộp"), done=_("Đã nộp hồ sơ")),
        "withdraw": replace(COMMON["withdraw"], change=deciding.withdraw),
        "request_supplement": replace(COMMON["request_supplement"], ground=deciding.ground, change=filing.ask),
        "declare_valid": Action(
            "declare_valid",
            frozenset({FILED.code}),
            VALID.code,
            shared.officer,
            "Hồ sơ hợp lệ",
            _("Hồ sơ đủ và hợp lệ"),
            ground=deciding.ground,
            change=deciding.declare_valid,
        ),
        "change": Action(
            "change",
            frozenset({VALID.code}),
            CHANGED.code,
            deciding.changer,
            "Cấp thay đổi nội dung",
            _("Cấp thay đổi nội dung Giấy chứng nhận"),
            ground=deciding.ground,
            guards=(deciding.change_stands,),
            change=deciding.change,
        ),
        "reissue": Action(
            "reissue",
            frozenset({VALID.code}),
            REISSUED.code,
            deciding.reissuer,
            "Cấp lại",
            _("Cấp lại Giấy chứng nhận"),
            ground=deciding.ground,
            guards=(deciding.change_stands,),
            change=deciding.reissue,
        ),
        "refuse_change": Action(
            "refuse_change",
            frozenset({VALID.code}),
            REFUSED.code,
            shared.officer,
            "Từ chối cấp thay đổi, cấp lại",
            _("Từ chối cấp thay đổi nội dung, cấp lại"),
            ground=deciding.ground,
            guards=(deciding.refusal_stands,),
            change=deciding.refuse,
            needs_note=True,
        ),
    },
)


def title(given: Mapping[str, Any]) -> str:
    return str(given.get("name_vi") or "")


PROCEDURE = register(
    Procedure(
        code=CODE,
        title=_("Cấp thay đổi nội dung, cấp lại Giấy chứng nhận doanh nghiệp khoa học và công nghệ"),
        scope="st_change_dossier",
        form_code="V.5",
        form_version="268/2025",
        steps=(
            Step("de-nghi", _("Đề nghị gì"), forms.CaseForm),
            Step(
                "doanh-nghiep",
                _("Doanh nghiệp"),
                EnterpriseForm,
                lead=_("Ghi như trên Giấy chứng nhận đăng ký doanh nghiệp hiện nay; điền sẵn từ giấy chứng nhận."),
            ),
            Step("dai-dien", _("Người đại diện theo pháp luật"), RepresentativeForm),
            Step("danh-muc", _("Danh mục trên giấy"), forms.ListForm),
            Step(
                "bo-sung",
                _("Bổ sung kết quả, sản phẩm"),
                forms.AdditionForm,
                lead=_(
                    "Chỉ điều kiện tại điểm b khoản 1 Điều 49 được xét lại. Sản phẩm bổ sung tính ưu đãi từ ngày được bổ sung "
                    "vào giấy (khoản 2 Điều 56). Không bổ sung gì thì để trống."
                ),
            ),
            Step(
                "tep",
                _("Tài liệu"),
                lead=_(
                    "Bổ sung kết quả, sản phẩm cần phương án sản xuất kinh doanh (điểm b khoản 2 Điều 52). Giấy tờ khác không "
                    "bắt buộc; văn bản công nhận kết quả giúp Sở xem xét nhanh hơn."
                ),
            ),
            Step("nop", _("Nộp hồ sơ"), filing.FilingForm, lead=forms.FILING_LEAD, prints=True),
            Step("kiem-tra", _("Kiểm tra và ghi nhận"), DeclarationForm),
        ),
        lifecycle=LIFECYCLE,
        file_purposes=forms.PURPOSES,
        file_limit=30,
        name=title,
        check=answers.check,
        decision_forms={
            "declare_valid": deciding.ValidForm,
            "change": deciding.ChangeForm,
            "reissue": deciding.ReissueForm,
            "refuse_change": deciding.RefuseForm,
        },
        limits={
            FILED.code: Limited("validity", _("Sở kiểm tra hồ sơ đủ và hợp lệ")),
            VALID.code: Limited("decision", _("Cơ quan có thẩm quyền xem xét hồ sơ hợp lệ")),
        },
        received=filing.received,
        answer=_("Cấp thay đổi nội dung hoặc cấp lại, hoặc từ chối kèm lý do"),
        granted=_("Giấy có bản mới, số giấy giữ nguyên; hoặc bạn nhận văn bản từ chối kèm lý do."),
        weighed=weighed,
        before_deciding=asked_for,
        links=links,
        printed_forms=FORMS,
        takes_help=False,  # it is filed elsewhere, by the enterprise itself
        guide=Guide(
            slug=_("thay-doi-cap-lai-giay-chung-nhan"),
            purpose=_(
                "Khi thông tin doanh nghiệp hay danh mục kết quả, sản phẩm trên giấy thay đổi, hoặc giấy bị mất, rách, nát. "
                "Soạn hồ sơ và in đơn mẫu V.5 tại đây; nộp qua hệ thống dịch vụ công."
            ),
            who=(
                _(
                    "Doanh nghiệp có Giấy chứng nhận doanh nghiệp khoa học và công nghệ còn hiệu lực, cấp theo quy định nào cũng được."
                ),
                _("Bổ sung kết quả, sản phẩm thì chỉ cần đáp ứng điểm b khoản 1 Điều 49."),
            ),
            result=_("Giấy chứng nhận với nội dung mới, hoặc giấy cấp lại; hoặc văn bản từ chối nêu rõ lý do."),
            icon="file-check-2",
            effort=_("Tám bước, khoảng nửa giờ"),
        ),
    )
)
