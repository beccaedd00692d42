"""The lines of V.1 and V.5, what an enterprise applies with."""

from typing import Final

from registry.core.papers.sheets import (
    Blank,
    Block,
    Heading,
    Line,
    Part,
    Sheet,
    asked,
    listed,
    on,
    two,
    written,
)
from registry.st_enterprises.papers import figures
from registry.st_enterprises.papers.content import (
    Application,
    ChangeRequest,
    DeclaredResult,
    Enterprise,
    Origin,
    Representative,
)
from registry.st_enterprises.papers.terms import PRODUCTS, RESULTS, by_the_representative
from registry.st_enterprises.profile import Sector

SECTORS: Final = {
    Sector.AGRICULTURE: "Nông nghiệp, lâm nghiệp, thủy sản",
    Sector.INDUSTRY: "Công nghiệp và xây dựng",
    Sector.SERVICES: "Thương mại và dịch vụ",
}
"""As Art. 5 of Decree 80/2021 names them."""
"""As Art. 5 of Decree 80/2021 names them."""

ORIGINS: Final = {Origin.OWN: "tự nghiên cứu", Origin.TRANSFERRED: "nhận chuyển giao"}


def application(paper: Application) -> Sheet:
    return Sheet(
        code="V.1",
        title=("ĐƠN ĐỀ NGHỊ CẤP GIẤY CHỨNG NHẬN", "DOANH NGHIỆP KHOA HỌC VÀ CÔNG NGHỆ"),
        author=paper.enterprise.name_vi,
        to=Blank(paper.to),
        blocks=(
            *_enterprise(paper.enterprise, paper.representative, level=2),
            Heading("5. Quy mô doanh nghiệp (xác định theo quy định của pháp luật về doanh nghiệp nhỏ và vừa):"),
            asked("- Lĩnh vực: ", SECTORS[paper.sector] if paper.sector else ""),
            asked(
                "- Số lao động có tham gia bảo hiểm xã hội bình quân năm liền kề: ",
                figures.count(paper.insured_workers),
            ),
            asked("- Tổng doanh thu hoặc tổng nguồn vốn của năm liền kề: ", _revenue_or_capital(paper)),
            Heading(f"6. Thông tin về {RESULTS}:"),
            *_declared(paper.results, "- Văn bản công nhận (theo khoản 2 Điều 50 Nghị định này): "),
            Heading("7. Danh mục các sản phẩm khoa học, công nghệ và đổi mới sáng tạo:"),
            *listed(paper.products),
            Heading("8. Phần cam đoan:"),
            Line(
                (
                    "Cam đoan những lời khai trên là đúng và hoàn toàn chịu trách nhiệm trước các cơ quan quản lý về các nội"
                    " dung kê khai trong hồ sơ đề nghị cấp Giấy chứng nhận doanh nghiệp khoa học và công nghệ.",
                )
            ),
        ),
        signature=by_the_representative(paper.place, paper.signed_on, paper.representative.name),
    )


def _revenue_or_capital(paper: Application) -> str:
    known = (("Tổng doanh thu", paper.total_revenue), ("tổng nguồn vốn", paper.capital))
    return "; ".join(f"{label} {figures.dong(amount)}" for label, amount in known if amount is not None)


def change_request(paper: ChangeRequest) -> Sheet:
    certificate = "Giấy chứng nhận doanh nghiệp khoa học và công nghệ"
    return Sheet(
        code="V.5",
        title=(
            "ĐƠN ĐỀ NGHỊ CẤP THAY ĐỔI NỘI DUNG/CẤP LẠI",
            "GIẤY CHỨNG NHẬN DOANH NGHIỆP KHOA HỌC VÀ CÔNG NGHỆ",
        ),
        author=paper.enterprise.name_vi,
        to=Blank(paper.to),
        blocks=(
            Heading("I. THÔNG TIN DOANH NGHIỆP"),
            *_enterprise(paper.enterprise, paper.representative, level=3),
            Heading(f"5. {certificate} của doanh nghiệp:", 3),
            Line(("- Cấp lần đầu số: ", Blank(paper.certificate_number, 28), " ", *on(paper.first_issued_on))),
            Line(("- Cấp lại lần thứ ", Blank(figures.count(paper.reissue_number), 12), " ", *on(paper.reissued_on))),
            Heading(
                "II. DOANH NGHIỆP ĐỀ NGHỊ CẤP THAY ĐỔI NỘI DUNG GIẤY CHỨNG NHẬN DOANH NGHIỆP KHOA HỌC VÀ CÔNG NGHỆ"
            ),
            Heading(f"1. Lý do thay đổi nội dung {certificate}:", 3),
            *written(paper.change_reason),
            Heading(f"2. Doanh nghiệp đề nghị thay đổi các nội dung sau trên {certificate}:", 3),
            *written(paper.changes),
            Heading(
                "3. Trường hợp doanh nghiệp khoa học và công nghệ bổ sung Danh mục sản phẩm trên Giấy chứng nhận, doanh nghiệp kê khai các nội"
                " dung sau:",
                3,
            ),
            Heading(f"a) Thông tin về {RESULTS}:", 4),
            *_declared(paper.results, "- Văn bản công nhận: "),
            Heading(f"b) Danh mục các {PRODUCTS} bổ sung:", 4),
            *listed(paper.products),
            Heading("III. DOANH NGHIỆP ĐỀ NGHỊ CẤP LẠI GIẤY CHỨNG NHẬN DOANH NGHIỆP KHOA HỌC VÀ CÔNG NGHỆ"),
            Line((f"Lý do đề nghị cấp lại {certificate}:",)),
            *written(paper.reissue_reason),
            Line(
                (
                    "Doanh nghiệp chúng tôi xin cam đoan những lời khai trên là đúng và hoàn toàn chịu trách nhiệm về các nội"
                    f" dung kê khai trong hồ sơ đề nghị cấp thay đổi nội dung/cấp lại {certificate}.",
                )
            ),
        ),
        signature=by_the_representative(paper.place, paper.signed_on, paper.representative.name),
    )


def _enterprise(enterprise: Enterprise, who: Representative, level: int) -> tuple[Block, ...]:
    """Items 1 to 4 of V.1 and of part I of V.5."""
    registration = enterprise.registration
    identity: tuple[Part, ...] = (
        "- Căn cước công dân: số ",
        Blank(who.identity_number, 16),
        " do ",
        Blank(who.identity_by, 18),
        " cấp ",
        *on(who.identity_on),
    )
    return (
        Heading("1. Tên doanh nghiệp:", level),
        asked("- Tên doanh nghiệp viết bằng tiếng Việt: ", enterprise.name_vi),
        asked("- Tên doanh nghiệp viết bằng tiếng nước ngoài (nếu có): ", enterprise.name_foreign),
        asked("- Tên doanh nghiệp viết tắt (nếu có): ", enterprise.name_short),
        Heading("2. Trụ sở chính:", level),
        asked("- Địa chỉ: ", enterprise.head_office),
        two(("- Điện thoại: ", enterprise.phone), ("Fax: ", enterprise.fax)),
        asked("- Email: ", enterprise.email),
        asked("- Website: ", enterprise.website),
        Heading("3. Người đại diện theo pháp luật của doanh nghiệp:", level),
        two(("- Họ và tên: ", who.name), ("Chức vụ: ", who.position)),
        Line(identity),
        two(("- Điện thoại: ", who.phone), ("Email: ", who.email)),
        asked("- Hộ khẩu thường trú: ", who.permanent_address),
        asked("- Chỗ ở hiện nay: ", who.current_address),
        Heading("4. Giấy chứng nhận đăng ký doanh nghiệp:", level),
        Line(
            (
                "- Số ",
                Blank(registration.number, 16),
                " ",
                *on(registration.on),
                ", do ",
                Blank(registration.by, 24),
                " cấp.",
            )
        ),
        asked("- Loại hình doanh nghiệp: ", enterprise.kind),
    )


def _declared(results: tuple[DeclaredResult, ...], recognition: str) -> tuple[Block, ...]:
    """The lines of each result; those of one to be filled in where none is told."""
    lines: list[Block] = []
    for result in results or (DeclaredResult(),):
        lines += [
            asked("- Tên kết quả: ", result.name),
            asked("- Nguồn gốc tài chính: ", result.funding),
            asked(
                "- Nguồn gốc hình thành (tự nghiên cứu/nhận chuyển giao): ",
                ORIGINS[result.origin] if result.origin else "",
            ),
            asked(recognition, result.recognition),
        ]
    return tuple(lines)
