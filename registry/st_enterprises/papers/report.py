"""The lines of V.6, the yearly report."""

from typing import Final

from registry.core.papers.sheets import (
    Blank,
    Column,
    Heading,
    Line,
    Sheet,
    Signature,
    Table,
    asked,
    two,
    written,
)
from registry.st_enterprises.papers import figures
from registry.st_enterprises.papers.content import Condition, YearReport

CONDITIONS: Final = {
    Condition.ACTIVE: "đang hoạt động",
    Condition.STOPPED: "ngừng hoạt động",
    Condition.DISSOLVED: "giải thể",
    Condition.BANKRUPT: "phá sản",
}


def report(paper: YearReport) -> Sheet:
    who = paper.representative
    year = "" if paper.year is None else str(paper.year)
    return Sheet(
        code="V.6",
        title=("BÁO CÁO", "Tình hình hoạt động sản xuất, kinh doanh của doanh nghiệp khoa học và công nghệ"),
        author=paper.name,
        beside=(paper.name.upper() or "TÊN DOANH NGHIỆP KHOA HỌC VÀ CÔNG NGHỆ",),
        below=(
            Line(("Kỳ báo cáo: năm ", Blank(year, 8))),
            Line(
                (
                    "(Từ ngày 01 tháng 01 năm ",
                    Blank(year, 8),
                    " đến ngày 15 tháng 12 năm ",
                    Blank(year, 8),
                    ")",
                )
            ),
        ),
        to=Blank(paper.to),
        blocks=(
            Heading("I. Thông tin chung"),
            asked("- Tên doanh nghiệp: ", paper.name),
            asked("- Mã số doanh nghiệp: ", paper.code),
            asked("- Địa chỉ: ", paper.address),
            two(("- Số điện thoại: ", paper.phone), ("Fax: ", paper.fax)),
            asked(
                "- Người đại diện (họ và tên, số điện thoại, email): ",
                ", ".join(part for part in (who.name, who.phone, who.email) if part),
            ),
            Heading("II. Tình hình hoạt động sản xuất, kinh doanh của doanh nghiệp khoa học và công nghệ"),
            Line(("Đơn vị tính: Triệu đồng",)),
            Table((Column("Nội dung", 13), Column("Số liệu", 8, True)), rows_of(paper)),
            Heading("III. Kiến nghị, đề xuất"),
            *written(paper.proposals),
            Line(
                (
                    "Chúng tôi cam kết về tính chính xác, trung thực và hoàn toàn chịu trách nhiệm về những nội dung trong báo"
                    " cáo./.",
                )
            ),
        ),
        signature=Signature(None, "ĐẠI DIỆN DOANH NGHIỆP", "(Ký, họ tên, đóng dấu)", who.name),
    )


def rows_of(paper: YearReport) -> tuple[tuple[str, str], ...]:
    """The rows in the order of the form, amounts in million đồng."""
    money, costs = figures.millions, paper.costs
    return (
        (
            "Tình trạng (đang hoạt động/ngừng hoạt động/ giải thể/ phá sản)",
            CONDITIONS[paper.condition] if paper.condition else "",
        ),
        ("Tình trạng sở hữu", paper.ownership),
        ("Tổng kinh phí đầu tư cho KH&CN của năm", money(paper.sti_investment)),
        ("Danh mục sản phẩm khoa học, công nghệ và đổi mới sáng tạo", "\n".join(paper.products)),
        ("Tổng doanh thu", money(paper.total_revenue)),
        ("Doanh thu của sản phẩm khoa học, công nghệ và đổi mới sáng tạo", money(paper.sti_product_revenue)),
        ("Tổng lợi nhuận trước thuế", money(paper.profit)),
        (
            "Lợi nhuận trước thuế của sản phẩm khoa học, công nghệ và đổi mới sáng tạo",
            money(paper.sti_product_profit),
        ),
        ("Thuế thu nhập doanh nghiệp được miễn, giảm", money(paper.income_tax_relief)),
        ("Tiền thuê đất được miễn, giảm", money(paper.land_rent_relief)),
        ("Vay vốn tín dụng ưu đãi", money(paper.preferential_loans)),
        ("Trích lập quỹ phát triển KH&CN", money(paper.fund)),
        (
            "Thực hiện nhiệm vụ KH,CN&ĐMST sử dụng ngân sách nhà nước",
            _money_and_words(money(paper.state_budget_funding), paper.state_budget_tasks),
        ),
        (
            "Các ưu đãi, hỗ trợ khác (mà doanh nghiệp được hưởng)",
            _money_and_words(money(paper.other_support), paper.other_support_kinds),
        ),
        ("Tổng số lao động (người)", figures.count(paper.workers)),
        ("Thu nhập bình quân tháng của người lao động", money(paper.monthly_income)),
        ("Chi phí nhân sự R&D", money(costs.staff)),
        ("Chi phí vật tư, nguyên vật liệu phục vụ R&D", money(costs.materials)),
        ("Chi phí dịch vụ, chuyên gia, thuê ngoài phục vụ R&D", money(costs.services)),
        ("Chi phí sở hữu trí tuệ và pháp lý liên quan đến R&D", money(costs.intellectual_property)),
        ("Khấu hao, chi phí tài sản phục vụ R&D", money(costs.depreciation)),
        ("Chi phí quản lý, vận hành liên quan đến hoạt động R&D", money(costs.management)),
        ("Chi thực hiện nhiệm vụ KH&CN có sử dụng ngân sách", money(costs.state_budget_tasks)),
        ("Các khoản chi khác hợp lý, hợp lệ liên quan trực tiếp đến R&D", money(costs.other)),
    )


def _money_and_words(money: str, words: str) -> str:
    return "\n".join(part for part in (money, words) if part)
