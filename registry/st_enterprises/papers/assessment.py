"""The lines of V.3, the sheet on which one assessor appraises an application (Art. 51(3)).

Item 3a asks for total revenue, the article decides on net revenue (Art. 49(2)-(4)(a)): both stand there.
"""

from typing import Final

from registry.core.papers.sheets import (
    Blank,
    Block,
    Column,
    Heading,
    Line,
    Sheet,
    Signature,
    asked,
    numbered,
    on,
    two,
    written,
)
from registry.st_enterprises.papers import figures
from registry.st_enterprises.papers.content import Assessment
from registry.st_enterprises.papers.terms import PRODUCTS, RESULTS

CERTIFICATE: Final = "Giấy chứng nhận Doanh nghiệp khoa học và công nghệ"
OPEN, TICKED = "[ ]", "[x]"


def assessment(paper: Assessment) -> Sheet:
    return Sheet(
        code="V.3",
        title=("PHIẾU ĐÁNH GIÁ HỒ SƠ", "ĐỀ NGHỊ CẤP GIẤY CHỨNG NHẬN DOANH NGHIỆP KHOA HỌC VÀ CÔNG NGHỆ"),
        author=paper.assessor,
        blocks=(*_general(paper), Heading("II. Nội dung đánh giá hồ sơ"), *_appraised(paper), *_conclusion(paper)),
        signature=Signature(None, "NGƯỜI ĐÁNH GIÁ", "(Ký, ghi rõ họ tên)", paper.assessor),
    )


def _general(paper: Assessment) -> tuple[Block, ...]:
    return (
        Heading("I. Thông tin chung"),
        asked("- Tên doanh nghiệp: ", paper.name),
        asked("- Mã số thuế: ", paper.tax_code),
        asked("- Trụ sở chính: ", paper.head_office),
        two(("- Điện thoại: ", paper.phone), ("Email: ", paper.email)),
        asked("- Người đại diện: ", paper.representative),
    )


def _appraised(paper: Assessment) -> tuple[Block, ...]:
    return (
        Heading("1. Thành lập và đang hoạt động theo Luật Doanh nghiệp:", 3),
        Line(
            (
                "- Giấy chứng nhận đăng ký doanh nghiệp số: ",
                Blank(paper.registration_number, 20),
                " đăng ký lần đầu ",
                *on(paper.registered_on),
                ", cập nhật lần ",
                Blank(paper.update_number, 6),
                " ",
                *on(paper.updated_on),
            )
        ),
        asked(
            "- Tình trạng sở hữu (Doanh nghiệp nhà nước/Doanh nghiệp tư nhân/Doanh nghiệp có vốn đầu tư nước ngoài/Khác): ",
            paper.ownership,
        ),
        Heading(f"2. Thông tin về {RESULTS}:", 3),
        numbered(
            (
                Column(f"Tên {RESULTS}", 7),
                Column(f"Văn bản công nhận {RESULTS}", 7),
                Column(f"Danh mục {PRODUCTS}", 6),
            ),
            [(row.result, row.recognition, "\n".join(row.products)) for row in paper.results],
        ),
        Heading("3. Năng lực hấp thụ, làm chủ công nghệ của doanh nghiệp:", 3),
        Heading(
            "a) Tổng chi cho hoạt động khoa học, công nghệ và đổi mới sáng tạo trên tổng doanh thu 3 năm liền kề:", 4
        ),
        asked("- Tổng chi: ", figures.dong(paper.spending)),
        asked("- Tổng doanh thu: ", figures.dong(paper.revenue_of_years)),
        asked("- Tỷ lệ: ", figures.percent(paper.spending, paper.revenue_of_years)),
        asked("- Doanh thu thuần: ", figures.dong(paper.net_revenue_of_years)),
        asked(
            "- Tỷ lệ trên doanh thu thuần (Điều 49 quyết định theo số này): ",
            figures.percent(paper.spending, paper.net_revenue_of_years),
        ),
        *written(paper.absorbing),
        Heading("b) Có bộ phận nghiên cứu và phát triển:", 4),
        *written(paper.rd_unit),
        Heading("4. Hiệu quả kinh tế, xã hội, môi trường:", 3),
        Heading(
            f"a) Tỷ lệ doanh thu của {PRODUCTS} trong tổng doanh thu (quy định tại điểm c khoản 2, điểm c khoản 3, điểm c"
            " khoản 4 Điều 49 Nghị định):",
            4,
        ),
        asked("- Tổng doanh thu: ", figures.dong(paper.total_revenue)),
        asked(f"- Doanh thu của {PRODUCTS}: ", figures.dong(paper.sti_product_revenue)),
        asked("- Tỷ lệ: ", figures.percent(paper.sti_product_revenue, paper.total_revenue)),
        Heading(
            f"b) {PRODUCTS.capitalize()} của doanh nghiệp lớn mang lại một trong các hiệu quả (quy định tại điểm d khoản 2 Điều"
            " 49 Nghị định):",
            4,
        ),
        *written(paper.effects),
    )


def _conclusion(paper: Assessment) -> tuple[Block, ...]:
    yes = TICKED if paper.meets is True else OPEN
    no = TICKED if paper.meets is False else OPEN
    return (
        Heading("5. Đánh giá", 3),
        Line((f"{yes} Đủ điều kiện cấp {CERTIFICATE}",)),
        Line((f"{no} Chưa đủ điều kiện cấp {CERTIFICATE}, cần bổ sung các nội dung sau:",)),
        *written(paper.to_supplement),
    )
