"""Asking to change the content of a certificate or to have it issued again (Decree 268/2025, Art. 52), as data."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from registry.certificates.changing import answers, deciding, forms
from registry.certificates.changing.paper import FORMS
from registry.certificates.changing.showing import asked_for, links, weighed
from registry.dossiers import lifecycle as shared
from registry.dossiers.procedure import Guide, Procedure, Step, register
from registry.st_enterprises.certification.forms import DeclarationForm, EnterpriseForm, RepresentativeForm
from registry.st_enterprises.procedures import filing
from registry.st_enterprises.procedures.deciding import valid_form
from registry.st_enterprises.procedures.lifecycle import decision, found_valid, granted, lifecycle, limits

CODE = "st_change"

VALID = found_valid(
    _("Bạn không phải làm gì lúc này. Cơ quan có thẩm quyền cấp hoặc từ chối; thời hạn này không dừng.")
)
CHANGED = granted(
    "changed", _("Đã cấp thay đổi nội dung"), "Đã cấp thay đổi", _("Giấy chứng nhận có bản mới, số giấy giữ nguyên.")
)
REISSUED = granted(
    "reissued", _("Đã cấp lại Giấy chứng nhận"), "Đã cấp lại", _("Giấy được cấp lại, số và nội dung giữ nguyên.")
)
REFUSED = replace(
    shared.REFUSED,
    label=_("Không được cấp thay đổi, cấp lại"),
    next_step=_("Nội dung giấy không thay đổi. Xem lý do; giấy còn hiệu lực thì bạn lập được hồ sơ mới."),
)

LIFECYCLE = lifecycle(
    CODE,
    VALID,
    (CHANGED, REISSUED, REFUSED),
    deciding.ground,
    decision(
        "change",
        CHANGED,
        "Cấp thay đổi nội dung",
        _("Cấp thay đổi nội dung Giấy chứng nhận"),
        deciding.ground,
        deciding.ChangeForm,
        deciding.change,
        who=deciding.changer,
    ),
    decision(
        "reissue",
        REISSUED,
        "Cấp lại",
        _("Cấp lại Giấy chứng nhận"),
        deciding.ground,
        deciding.ReissueForm,
        deciding.reissue,
        who=deciding.reissuer,
    ),
    decision(
        "refuse_change",
        REFUSED,
        "Từ chối cấp thay đổi, cấp lại",
        _("Từ chối cấp thay đổi nội dung, cấp lại"),
        deciding.ground,
        deciding.RefuseForm,
        deciding.refuse,
    ),
    take_back=deciding.close,
)


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
                    "Khi bổ sung, chỉ điều kiện tại điểm b khoản 1 Điều 49 được xét lại. Sản phẩm bổ sung tính ưu đãi từ ngày được "
                    "bổ sung vào giấy (khoản 2 Điều 56); giấy còn hưởng ưu đãi theo quy định cũ thì theo quy định ấy, cho thời "
                    "gian còn lại (khoản 1 Điều 68). Không bổ sung gì thì để trống."
                ),
            ),
            Step(
                "tep",
                _("Tài liệu"),
                lead=_(
                    "Bổ sung kết quả, sản phẩm cần phương án sản xuất kinh doanh (điểm b khoản 2 Điều 52). Giấy tờ khác không "
                    "bắt buộc; văn bản công nhận kết quả giúp Sở xem xét nhanh hơn, và đề nghị theo khoản 1 Điều 68 thì nên kèm "
                    "phương án mẫu V.2 cho thấy các điều kiện của Điều 49."
                ),
            ),
            Step("nop", _("Nộp hồ sơ"), filing.FilingForm, lead=forms.FILING_LEAD, prints=True),
            Step("kiem-tra", _("Kiểm tra và ghi nhận"), DeclarationForm),
        ),
        lifecycle=LIFECYCLE,
        file_purposes=forms.PURPOSES,
        file_limit=30,
        check=answers.check,
        decision_forms={
            "declare_valid": valid_form(CODE),
            "change": deciding.ChangeForm,
            "reissue": deciding.ReissueForm,
            "refuse_change": deciding.RefuseForm,
        },
        limits=limits(_("Cơ quan có thẩm quyền xem xét hồ sơ hợp lệ")),
        received=filing.received,
        answer=_("Cấp thay đổi nội dung hoặc cấp lại, hoặc từ chối kèm lý do"),
        granted=_("Giấy có bản mới, số giấy giữ nguyên; hoặc bạn nhận văn bản từ chối kèm lý do."),
        barred=deciding.barred,
        lacking=deciding.REFUSALS,
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
                _(
                    "Giấy cấp theo quy định trước Nghị định 268/2025/NĐ-CP: doanh nghiệp đáp ứng các điều kiện của Nghị định này thì "
                    "đề nghị thay đổi để hưởng ưu đãi theo Nghị định này cho thời gian còn lại; không đáp ứng đủ thì vẫn thay đổi, "
                    "cấp lại được và tiếp tục hưởng ưu đãi cũ cho thời gian còn lại (khoản 1 Điều 68)."
                ),
            ),
            result=_("Giấy chứng nhận với nội dung mới, hoặc giấy cấp lại; hoặc văn bản từ chối nêu rõ lý do."),
            icon="file-check-2",
            effort=_("Tám bước, khoảng nửa giờ"),
        ),
    )
)
