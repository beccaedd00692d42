"""What several of the forms have in common: the law's terms, the table of products, the place of the signature."""

from datetime import date
from typing import Final

from registry.core.papers.sheets import Blank, Column, Line, Signature, Table, numbered, on
from registry.st_enterprises.papers.content import ResultProducts

RESULTS: Final = "kết quả nghiên cứu khoa học, phát triển công nghệ và đổi mới sáng tạo"
PRODUCTS: Final = "sản phẩm khoa học, công nghệ và đổi mới sáng tạo"


def products_of(items: tuple[ResultProducts, ...], result: str, products: str) -> Table:
    return numbered((Column(result, 10), Column(products, 10)), [(i.result, "\n".join(i.products)) for i in items])


def where(place: str, day: date | None) -> Line:
    return Line((Blank(place, 16), ", ", *on(day)))


def by_the_representative(place: str, day: date | None, name: str) -> Signature:
    return Signature(
        where(place, day), "NGƯỜI ĐẠI DIỆN PHÁP LUẬT\nCỦA DOANH NGHIỆP", "(Ký, ghi rõ họ tên và đóng dấu)", name
    )
