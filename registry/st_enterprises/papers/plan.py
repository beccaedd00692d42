"""The lines of V.2. Item 3a asks for total revenue, the article decides on net revenue (Art. 49(2)-(4)(a)): both stand there."""

from typing import Final

from registry.core.papers.sheets import (
    ROWS_TO_WRITE_IN,
    Blank,
    Column,
    Heading,
    Line,
    Sheet,
    Table,
    asked,
    numbered,
    written,
)
from registry.st_enterprises.papers import figures
from registry.st_enterprises.papers.content import BusinessPlan
from registry.st_enterprises.papers.terms import PRODUCTS, RESULTS, by_the_representative, products_of
from registry.st_enterprises.profile import Effect, Year

EFFECTS: Final = {
    Effect.EXPORT: "Được xuất khẩu ra thị trường nước ngoài",
    Effect.ENCOURAGED_TECHNOLOGY: (
        "Được tạo ra từ công nghệ thuộc Danh mục công nghệ khuyến khích chuyển giao theo quy định pháp luật"
    ),
    Effect.AWARD: "Đạt giải thưởng quốc gia, quốc tế về chất lượng hoặc môi trường",
}


def plan(paper: BusinessPlan) -> Sheet:
    years = paper.years
    revenue = figures.total([year.total_revenue for year in years])
    net = figures.total([year.net_revenue for year in years])
    spending = figures.total([year.sti_spending for year in years])
    earned = figures.total([year.sti_product_revenue for year in years])
    return Sheet(
        code="V.2",
        title=("PHƯƠNG ÁN SẢN XUẤT, KINH DOANH", "CỦA DOANH NGHIỆP KHOA HỌC VÀ CÔNG NGHỆ"),
        author=paper.name,
        to=Blank(paper.to),
        blocks=(
            Heading("1. Thông tin chung:"),
            asked("- Tên doanh nghiệp: ", paper.name),
            asked("- Địa chỉ: ", paper.address),
            asked("- Điện thoại: ", paper.phone),
            asked("- Ngành nghề kinh doanh: ", paper.lines_of_business),
            Line(("- Cơ cấu tổ chức của doanh nghiệp:",)),
            *written(paper.organisation),
            Heading(f"2. Mô tả {RESULTS}:"),
            Line(("- Đặc điểm kỹ thuật:",)),
            *written(paper.features),
            Line(("- Quy trình công nghệ:",)),
            *written(paper.process),
            Heading("3. Năng lực hấp thụ và làm chủ công nghệ của doanh nghiệp:"),
            Heading(
                "a) Tổng chi cho hoạt động khoa học, công nghệ và đổi mới sáng tạo trên tổng doanh thu trong 03 năm tài"
                " chính liền kề (quy định tại điểm a khoản 2, điểm a khoản 3, điểm a khoản 4 Điều 49 Nghị định này):",
                3,
            ),
            asked("- Tổng doanh thu: ", figures.dong(revenue)),
            asked("- Doanh thu thuần: ", figures.dong(net)),
            asked("- Tổng chi cho hoạt động khoa học, công nghệ và đổi mới sáng tạo: ", figures.dong(spending)),
            asked("- Tỷ lệ: ", figures.percent(spending, revenue)),
            asked("- Tỷ lệ trên doanh thu thuần (Điều 49 quyết định theo số này): ", figures.percent(spending, net)),
            _spending_by_year(years),
            Heading(
                "b) Có bộ phận nghiên cứu và phát triển (quy định tại điểm b khoản 2, điểm b khoản 3, điểm b khoản 4"
                " Điều 49 Nghị định này):",
                3,
            ),
            asked("- Tổng số người lao động của doanh nghiệp: ", figures.count(paper.workers)),
            Line(("- Danh sách nhân lực tham gia bộ phận nghiên cứu và phát triển:",)),
            numbered(
                (Column("Họ và tên", 6), Column("Trình độ chuyên môn", 7), Column("Vị trí công tác", 7)),
                [(person.name, person.qualification, person.position) for person in paper.rd_people],
            ),
            asked(
                "- Hợp tác với chuyên gia, viện, trường, tổ chức khoa học và công nghệ (nếu có): ", paper.cooperation
            ),
            Heading("4. Hiệu quả kinh tế, xã hội, môi trường:"),
            Heading(
                "a) Tỷ lệ doanh thu của sản phẩm khoa học, công nghệ và đổi mới sáng tạo trong tổng doanh thu (quy định tại"
                " điểm c khoản 2, điểm c khoản 3, điểm c khoản 4 Điều 49 Nghị định):",
                3,
            ),
            asked("- Tổng doanh thu: ", figures.dong(revenue)),
            asked(f"- Doanh thu của {PRODUCTS}: ", figures.dong(earned)),
            asked("- Tỷ lệ: ", figures.percent(earned, revenue)),
            _products_by_year(years),
            Heading(
                "b) Sản phẩm khoa học, công nghệ và đổi mới sáng tạo của doanh nghiệp lớn mang lại một trong các hiệu quả"
                " (quy định tại điểm d khoản 2 Điều 49 Nghị định):",
                3,
            ),
            *(
                Line((f"- {words}: ", Blank(_yes_or_no(effect, paper.effects), 10), ";"))
                for effect, words in EFFECTS.items()
            ),
            Line(("(Kèm theo minh chứng).",)),
            Heading("5. Danh mục các sản phẩm khoa học, công nghệ và đổi mới sáng tạo:"),
            products_of(paper.items, f"Tên {RESULTS}", f"Danh mục các {PRODUCTS}"),
            Heading(f"6. Phương án phát triển {RESULTS} trong thời gian tới:"),
            *written(paper.development),
        ),
        signature=by_the_representative(paper.place, paper.signed_on, paper.signatory),
    )


def _spending_by_year(years: tuple[Year, ...]) -> Table:
    columns = (
        Column("Năm", 3),
        Column("Tổng doanh thu (đồng)", 6, True),
        Column("Doanh thu thuần (đồng)", 6, True),
        Column("Tổng chi (đồng)", 6, True),
        Column("Tỷ lệ trên doanh thu thuần", 4, True),
    )
    rows = [
        (
            str(year.year),
            figures.count(year.total_revenue),
            figures.count(year.net_revenue),
            figures.count(year.sti_spending),
            figures.percent(year.sti_spending, year.net_revenue),
        )
        for year in years
    ]
    return Table(columns, tuple(rows) or (("",) * len(columns),) * ROWS_TO_WRITE_IN)


def _products_by_year(years: tuple[Year, ...]) -> Table:
    columns = (
        Column("Năm", 3),
        Column("Tổng doanh thu (đồng)", 6, True),
        Column("Doanh thu của sản phẩm (đồng)", 6, True),
        Column("Tỷ lệ", 4, True),
    )
    rows = [
        (
            str(year.year),
            figures.count(year.total_revenue),
            figures.count(year.sti_product_revenue),
            figures.percent(year.sti_product_revenue, year.total_revenue),
        )
        for year in years
    ]
    return Table(columns, tuple(rows) or (("",) * len(columns),) * ROWS_TO_WRITE_IN)


def _yes_or_no(effect: Effect, told: frozenset[Effect] | None) -> str:
    if told is None:
        return ""
    return "có" if effect in told else "không"
