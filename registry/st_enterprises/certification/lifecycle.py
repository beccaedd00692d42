"""Applying for the certificate of an S&T enterprise (Decree 268/2025, Art. 50-51), as data."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.core.lifecycle import Action, Lifecycle, State
from registry.dossiers import lifecycle as shared
from registry.dossiers.procedure import Guide, Limited, Procedure, Step, register
from registry.st_enterprises.certification import answers, deciding, filing, forms
from registry.st_enterprises.certification.documents import PURPOSES
from registry.st_enterprises.certification.forms_on_paper import FORMS
from registry.st_enterprises.certification.weighing import judged, weighed

CODE = "st_certification"

FILED = State(
    "filed",
    _("Sở đang kiểm tra hồ sơ"),
    "Kiểm tra hợp lệ",
    _("Sở kiểm tra hồ sơ đã đủ và hợp lệ chưa."),
    "info",
    "clock",
)
VALID = State(
    "valid",
    _("Hồ sơ hợp lệ, Sở đang xem xét"),
    "Hợp lệ, đang xem xét",
    _("Bạn không phải làm gì lúc này. Sở thẩm định rồi cấp hoặc từ chối; thời hạn này không dừng."),
    "info",
    "clock",
)
GRANTED = State(
    "granted",
    _("Được cấp Giấy chứng nhận"),
    "Đã cấp",
    _("Giấy chứng nhận có hiệu lực trên toàn quốc."),
    "ok",
    "circle-check",
    True,
)
REFUSED = replace(shared.REFUSED, label=_("Không được cấp Giấy chứng nhận"))

COMMON = shared.common_actions(received=FILED, later=(VALID,))

LIFECYCLE = Lifecycle(
    CODE,
    {
        state.code: state
        for state in (shared.DRAFT, FILED, shared.SUPPLEMENT, VALID, GRANTED, REFUSED, shared.WITHDRAWN)
    },
    {
        **COMMON,
        "submit": replace(COMMON["submit"], label=_("Ghi nhận đã nộp"), done=_("Đã nộp hồ sơ")),
        "request_supplement": replace(COMMON["request_supplement"], ground=deciding.validity_ground, change=filing.ask),
        "declare_valid": Action(
            "declare_valid",
            frozenset({FILED.code}),
            VALID.code,
            shared.officer,
            "Hồ sơ hợp lệ",
            _("Hồ sơ đủ và hợp lệ"),
            ground=deciding.validity_ground,
            change=deciding.declare_valid,
        ),
        "appraise": Action(
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
        "grant": Action(
            "grant",
            frozenset({VALID.code}),
            GRANTED.code,
            shared.officer,
            "Cấp Giấy chứng nhận",
            _("Cấp Giấy chứng nhận"),
            ground=deciding.ground,
            guards=(deciding.grant_stands,),
            change=deciding.grant,
        ),
        "refuse": Action(
            "refuse",
            frozenset({VALID.code}),
            REFUSED.code,
            shared.officer,
            "Từ chối cấp",
            _("Từ chối cấp Giấy chứng nhận"),
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
        name=title,
        check=answers.check,
        decision_forms={
            "declare_valid": deciding.ValidForm,
            "appraise": deciding.AppraisalForm,
            "grant": deciding.GrantForm,
            "refuse": deciding.RefuseForm,
        },
        limits={
            FILED.code: Limited("validity", _("Sở kiểm tra hồ sơ đủ và hợp lệ")),
            VALID.code: Limited("decision", _("Sở thẩm định hồ sơ hợp lệ")),
        },
        received=filing.received,
        applicants=frozenset({"enterprise"}),
        prefill=answers.prefill,
        answer=_("Cấp Giấy chứng nhận, hoặc từ chối kèm lý do"),
        granted=_("Sở thẩm định trong thời hạn, rồi cấp Giấy chứng nhận hoặc từ chối kèm lý do."),
        weighed=weighed,
        before_deciding=judged,
        told=deciding.told,
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
