"""Applying for the certificate of an S&T enterprise (Decree 268/2025, Art. 50-51), as data."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from registry.core.lifecycle import Action
from registry.dossiers import lifecycle as shared
from registry.dossiers.procedure import Guide, Procedure, Step, register
from registry.st_enterprises.certification import answers, deciding, forms
from registry.st_enterprises.certification.documents import PURPOSES
from registry.st_enterprises.certification.forms_on_paper import FORMS
from registry.st_enterprises.certification.weighing import judged, weighed
from registry.st_enterprises.procedures import filing
from registry.st_enterprises.procedures.deciding import valid_form
from registry.st_enterprises.procedures.lifecycle import decision, found_valid, granted, lifecycle, limits

CODE = answers.CODE

VALID = found_valid(_("Bạn không phải làm gì lúc này. Sở thẩm định rồi cấp hoặc từ chối; thời hạn này không dừng."))
GRANTED = granted("granted", _("Được cấp Giấy chứng nhận"), "Đã cấp", _("Giấy chứng nhận có hiệu lực trên toàn quốc."))
REFUSED = replace(shared.REFUSED, label=_("Không được cấp Giấy chứng nhận"))

LIFECYCLE = lifecycle(
    CODE,
    VALID,
    (GRANTED, REFUSED),
    deciding.validity_ground,
    Action(
        "appraise",
        frozenset({VALID.code}),
        None,
        shared.officer,
        "Ghi cách thẩm định",
        _("Sở chọn cách thẩm định"),
        ground=deciding.appraisal_ground,
        guards=(deciding.appraisal_stands,),
        change=deciding.appraise,
    ),
    decision(
        "grant",
        GRANTED,
        "Cấp Giấy chứng nhận",
        _("Cấp Giấy chứng nhận"),
        deciding.ground,
        deciding.GrantForm,
        deciding.grant,
    ),
    decision(
        "refuse",
        REFUSED,
        "Từ chối cấp",
        _("Từ chối cấp Giấy chứng nhận"),
        deciding.ground,
        deciding.RefuseForm,
        deciding.refuse,
    ),
)


PROCEDURE = register(
    Procedure(
        code=CODE,
        title=_("Cấp Giấy chứng nhận doanh nghiệp khoa học và công nghệ"),
        scope="st_certification_dossier",
        form_code="V.1, V.2",
        form_version="268/2025",
        steps=(
            Step("doanh-nghiep", _("Doanh nghiệp"), forms.EnterpriseForm),
            Step("dai-dien", _("Người đại diện theo pháp luật"), forms.RepresentativeForm),
            Step("linh-vuc", _("Lĩnh vực và tổ chức"), forms.BusinessForm),
            Step("ket-qua", _("Kết quả và sản phẩm"), forms.ResultsForm),
            Step(
                "so-lieu",
                _("Số liệu tài chính"),
                forms.YearsForm,
                lead=_(
                    "Mẫu V.2 hỏi tổng doanh thu, Điều 49 xét tỷ lệ chi trên doanh thu thuần: ghi cả hai. "
                    "Doanh nghiệp chưa đủ ba năm thì ghi các năm đã có."
                ),
            ),
            Step("con-nguoi", _("Con người"), forms.PeopleForm),
            Step("hieu-qua", _("Hiệu quả và phương án phát triển"), forms.EffectsForm),
            Step(
                "tep",
                _("Tài liệu"),
                lead=_("Mỗi kết quả ở bước Kết quả và sản phẩm cần bản sao văn bản công nhận, chọn đúng loại văn bản."),
            ),
            Step("nop", _("Nộp hồ sơ"), filing.FilingForm, lead=filing.LEAD, prints=True),
            Step("kiem-tra", _("Kiểm tra và ghi nhận"), forms.DeclarationForm),
        ),
        lifecycle=LIFECYCLE,
        file_purposes=PURPOSES,
        file_limit=30,
        check=answers.check,
        decision_forms={
            "declare_valid": valid_form(CODE),
            "appraise": deciding.AppraisalForm,
            "grant": deciding.GrantForm,
            "refuse": deciding.RefuseForm,
        },
        limits=limits(_("Sở thẩm định hồ sơ hợp lệ")),
        received=filing.received,
        applicants=frozenset({"enterprise"}),
        prefill=answers.prefill,
        answer=_("Cấp Giấy chứng nhận, hoặc từ chối kèm lý do"),
        granted=_("Sở thẩm định trong thời hạn, rồi cấp Giấy chứng nhận hoặc từ chối kèm lý do."),
        weighed=weighed,
        before_deciding=judged,
        told=deciding.told,
        lacking=deciding.UNMET,
        printed_forms=FORMS,
        takes_help=False,  # it is filed elsewhere, by the enterprise itself
        guide=Guide(
            slug=_("chung-nhan-doanh-nghiep-khoa-hoc-va-cong-nghe"),
            purpose=_(
                "Xin Giấy chứng nhận doanh nghiệp khoa học và công nghệ, căn cứ để hưởng ưu đãi của Nhà nước. "
                "Soạn hồ sơ và tự soát điều kiện tại đây; nộp qua hệ thống dịch vụ công."
            ),
            who=(
                _("Doanh nghiệp có trụ sở chính tại Lai Châu, thành lập và hoạt động theo Luật Doanh nghiệp."),
                _(
                    "Doanh nghiệp có sản phẩm tạo ra từ kết quả khoa học và công nghệ mà mình sở hữu hoặc được dùng hợp pháp."
                ),
                _("Doanh nghiệp đạt các điều kiện của Điều 49 theo quy mô của mình; trang tự đánh giá cho biết trước."),
            ),
            result=_("Giấy chứng nhận doanh nghiệp khoa học và công nghệ, hoặc văn bản từ chối nêu rõ lý do."),
            icon="file-check-2",
            effort=_("Mười bước, khoảng một giờ"),
        ),
    )
)
