"""The lines of V.4, the certificate."""

from typing import Final

from registry.core.papers.sheets import Blank, Heading, Line, Sheet, Signature, asked, on, two
from registry.st_enterprises.papers import figures
from registry.st_enterprises.papers.content import Certificate, Printed, Renewal
from registry.st_enterprises.papers.terms import PRODUCTS, RESULTS, products_of, where

RENEWALS: Final = {
    Renewal.CHANGE: "Cấp thay đổi",
    Renewal.REISSUE: "Cấp lại",
    None: "Cấp thay đổi/cấp lại",
}


def certificate(paper: Certificate) -> Sheet:
    return Sheet(
        code="V.4",
        issued_as=f"Giấy chứng nhận số {paper.number}" if paper.number else "",
        title=("GIẤY CHỨNG NHẬN", "DOANH NGHIỆP KHOA HỌC VÀ CÔNG NGHỆ"),
        author=paper.authority,
        beside=(paper.authority.upper() or "CƠ QUAN CẤP GIẤY CHỨNG NHẬN DOANH NGHIỆP KHOA HỌC VÀ CÔNG NGHỆ",),
        below=(
            Line(("Số: ", *((Blank(paper.number),) if paper.number else (Blank("", 12), "/DNKHCN")))),
            Line(("Cấp lần đầu: ", *on(paper.first_issued_on))),
            *(
                Line(
                    (
                        f"{RENEWALS[printed.why]} lần thứ ",
                        Blank(figures.count(printed.number), 4),
                        ": ",
                        *on(printed.on),
                    )
                )
                for printed in paper.renewals or (Printed(),)
            ),
        ),
        blocks=(
            asked("Tên doanh nghiệp: ", paper.name_vi),
            asked("Tên doanh nghiệp bằng tiếng nước ngoài (nếu có): ", paper.name_foreign),
            asked("Tên doanh nghiệp viết tắt (nếu có): ", paper.name_short),
            Line(
                (
                    "Giấy chứng nhận đăng ký doanh nghiệp: số ",
                    Blank(paper.registration_number, 14),
                    " ",
                    *on(paper.registration_on),
                )
            ),
            asked("Địa chỉ trụ sở chính: ", paper.head_office),
            two(("Điện thoại: ", paper.phone), ("Fax: ", paper.fax)),
            Heading("Danh mục sản phẩm của doanh nghiệp khoa học và công nghệ:"),
            products_of(paper.items, f"Tên {RESULTS}", f"Tên {PRODUCTS}"),
        ),
        signature=Signature(
            where(paper.place, paper.signed_on),
            "THỦ TRƯỞNG CƠ QUAN CẤP\nGIẤY CHỨNG NHẬN DOANH NGHIỆP\nKHOA HỌC VÀ CÔNG NGHỆ",
            "(Ký, ghi rõ họ tên và đóng dấu)",
            paper.signatory,
        ),
    )
