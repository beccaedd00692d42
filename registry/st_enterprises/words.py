"""The words of the self-assessment: sizes, verdicts, conditions, figures, facts."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.st_enterprises.findings import Outcome
from registry.st_enterprises.profile import Effect, ResultKind, Sector
from registry.st_enterprises.size import Size

Words = str | Promise

SIZES: Final[dict[Size, Words]] = {
    Size.MICRO: _("siêu nhỏ"),
    Size.SMALL: _("nhỏ"),
    Size.MEDIUM: _("vừa"),
    Size.LARGE: _("lớn"),
}
SECTORS: Final[dict[Sector, Words]] = {
    Sector.AGRICULTURE: _("Nông, lâm nghiệp, thủy sản"),
    Sector.INDUSTRY: _("Công nghiệp, xây dựng"),
    Sector.SERVICES: _("Thương mại, dịch vụ"),
}
RESULTS: Final[dict[ResultKind, Words]] = {
    ResultKind.PATENT: _("Sáng chế được bảo hộ tại Việt Nam"),
    ResultKind.UTILITY_SOLUTION: _("Giải pháp hữu ích được bảo hộ tại Việt Nam"),
    ResultKind.DESIGN: _("Kiểu dáng công nghiệp được bảo hộ tại Việt Nam"),
    ResultKind.LAYOUT: _("Thiết kế bố trí mạch tích hợp bán dẫn được bảo hộ tại Việt Nam"),
    ResultKind.SOFTWARE: _("Chương trình máy tính có giấy chứng nhận đăng ký quyền tác giả"),
    ResultKind.VARIETY: _("Giống mới (vật nuôi, cây trồng, thủy sản, cây lâm nghiệp) được bảo hộ hoặc công nhận"),
    ResultKind.TECHNICAL_ADVANCE: _("Tiến bộ kỹ thuật được bảo hộ hoặc công nhận"),
    ResultKind.TASK_RESULT: _(
        "Kết quả nghiên cứu, phát triển, đổi mới sáng tạo đã nghiệm thu hoặc xác nhận, công nhận"
    ),
    ResultKind.TECHNOLOGY_TRANSFER: _("Công nghệ nhận chuyển giao theo hợp đồng đã đăng ký"),
}
EFFECTS: Final[dict[Effect, Words]] = {
    Effect.EXPORT: _("Được xuất khẩu"),
    Effect.ENCOURAGED_TECHNOLOGY: _("Tạo ra từ công nghệ thuộc Danh mục khuyến khích chuyển giao"),
    Effect.AWARD: _("Đạt giải thưởng quốc gia, quốc tế về chất lượng hoặc môi trường"),
}
OUTCOMES: Final[dict[Outcome, tuple[Words, str, str]]] = {
    Outcome.MET: (_("Đạt"), "is-ok", "circle-check"),
    Outcome.NOT_MET: (_("Chưa đạt"), "is-bad", "circle-x"),
    Outcome.UNKNOWN: (_("Cần biết thêm"), "is-info", "circle-help"),
    Outcome.DEPARTMENT: (_("Để Sở quyết định"), "is-warn", "scale"),
}
"""Word, tone and icon: a state is told three times."""

VERDICTS: Final[dict[Outcome, Words]] = {
    Outcome.MET: _("Theo số liệu bạn điền, mọi điều kiện của Điều 49 đều đạt."),
    Outcome.NOT_MET: _("Theo số liệu bạn điền, còn điều kiện chưa đạt. Phần còn thiếu ghi ở từng điều kiện."),
    Outcome.UNKNOWN: _("Chưa kết luận được. Những số liệu cần biết thêm ghi ở từng điều kiện."),
    Outcome.DEPARTMENT: _(
        "Các cách đọc của điều luật cho kết quả khác nhau. Sở quyết định trên hồ sơ; mọi số liệu ghi ở dưới."
    ),
}
CONDITIONS: Final[dict[str, Words]] = {
    "enterprise": _("Thành lập và hoạt động theo Luật Doanh nghiệp"),
    "sti_results": _("Có sản phẩm tạo ra từ kết quả khoa học và công nghệ còn hiệu lực"),
    "sti_spending": _("Chi cho nghiên cứu, phát triển công nghệ và đổi mới sáng tạo"),
    "people": _("Con người làm nghiên cứu và phát triển"),
    "sti_products": _("Sản phẩm khoa học, công nghệ và đổi mới sáng tạo"),
    "effect": _("Hiệu quả của sản phẩm"),
}
ASKED: Final[dict[str, Words]] = {
    "nd268:49.2.a": _("Doanh nghiệp lớn: từ 2 % doanh thu thuần bình quân ba năm, hoặc từ 200 tỷ đồng mỗi năm."),
    "nd268:49.3.a": _("Doanh nghiệp vừa: từ 2 % doanh thu thuần bình quân ba năm."),
    "nd268:49.4.a": _("Doanh nghiệp nhỏ, siêu nhỏ: từ 2 % doanh thu thuần bình quân ba năm."),
    "nd268:49.2.b": _("Doanh nghiệp lớn: bộ phận có từ 10 người trình độ đại học trở lên, ít nhất 5 người Việt Nam."),
    "nd268:49.3.b": _("Doanh nghiệp vừa: bộ phận có từ 5 người trình độ đại học trở lên, trong đó có người Việt Nam."),
    "nd268:49.4.b": _("Doanh nghiệp nhỏ, siêu nhỏ: từ 2 người, trong đó có người Việt Nam, hoặc thuê từ 2 chuyên gia."),
    "nd268:49.2.c": _("Doanh nghiệp lớn: từ 30 % tổng doanh thu trong ba năm, hoặc từ 90 tỷ đồng mỗi năm."),
    "nd268:49.3.c": _("Doanh nghiệp vừa: từ 20 % tổng doanh thu trong ba năm."),
    "nd268:49.4.c": _("Doanh nghiệp nhỏ, siêu nhỏ: ít nhất một sản phẩm đang được thương mại hóa."),
    "nd268:49.2.d": _("Doanh nghiệp lớn: được xuất khẩu, từ công nghệ khuyến khích chuyển giao, hoặc đạt giải thưởng."),
}
"""What each provision asks, in a sentence."""

MONEY: Final = frozenset(
    (
        "spending",
        "net_revenue",
        "total_revenue",
        "least_in_a_year",
        "product_revenue",
        "sti_spending",
        "sti_product_revenue",
        "capital",
    )
)
FIGURES: Final[dict[str, Words]] = {
    "full_years": _("Số năm tài chính đầy đủ"),
    "spending": _("Tổng chi các năm"),
    "net_revenue": _("Doanh thu thuần các năm"),
    "total_revenue": _("Tổng doanh thu các năm"),
    "product_revenue": _("Doanh thu sản phẩm các năm"),
    "of_sums": _("Cách đọc 1, tổng trên tổng"),
    "mean_of_years": _("Cách đọc 2, bình quân tỷ lệ từng năm"),
    "of_year": _("Cách đọc 2, tỷ lệ của từng năm"),
    "of_total_revenue": _("Tỷ lệ trên tổng doanh thu mà mẫu V.2 hỏi (không quyết định)"),
    "least_in_a_year": _("Năm thấp nhất"),
    "results_in_force": _("Kết quả còn hiệu lực"),
    "products": _("Sản phẩm"),
    "commercialised": _("Sản phẩm đang bán ra thị trường"),
    "effects": _("Hiệu quả"),
    "rd_unit_graduates": _("Người có trình độ từ đại học trở lên"),
    "rd_unit_vietnamese": _("Người Việt Nam trong bộ phận"),
    "sti_people": _("Người của doanh nghiệp"),
    "sti_people_vietnamese": _("Người Việt Nam của doanh nghiệp"),
    "hired_experts": _("Chuyên gia thuê"),
}
FACTS: Final[dict[str, Words]] = {
    "founded_on": _("Ngày thành lập"),
    "sector": _("Khu vực hoạt động"),
    "insured_workers": _("Số lao động tham gia bảo hiểm xã hội"),
    "capital": _("Tổng nguồn vốn"),
    "net_revenue": _("Doanh thu thuần"),
    "total_revenue": _("Tổng doanh thu"),
    "sti_spending": _("Chi cho nghiên cứu, phát triển và đổi mới sáng tạo"),
    "sti_product_revenue": _("Doanh thu từ sản phẩm khoa học, công nghệ và đổi mới sáng tạo"),
    "results": _("Kết quả còn hiệu lực"),
    "kind": _("Loại kết quả"),
    "in_force": _("Hiệu lực của kết quả"),
    "products": _("Sản phẩm"),
    "commercialised": _("Sản phẩm nào đang bán ra thị trường"),
    "effects": _("Hiệu quả của sản phẩm"),
    "rd_unit_graduates": _("Người có trình độ từ đại học trở lên ở bộ phận nghiên cứu và phát triển"),
    "rd_unit_vietnamese": _("Người Việt Nam ở bộ phận nghiên cứu và phát triển"),
    "sti_people": _("Người làm khoa học, công nghệ và đổi mới sáng tạo"),
    "sti_people_vietnamese": _("Người Việt Nam làm khoa học, công nghệ và đổi mới sáng tạo"),
    "hired_experts": _("Chuyên gia thuê"),
}
