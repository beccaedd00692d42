"""What the department's papers can say of an application for the certificate; lent to them in portal/wiring.py."""

from collections.abc import Mapping
from typing import Any, Final

from registry.core import clock
from registry.core.citations import UnknownCitation, cite
from registry.core.decisions import grounds_of
from registry.core.papers.sheets import Column
from registry.core.selectors import ward
from registry.dossiers.models import Dossier
from registry.dossiers.selectors import decisions_on
from registry.official_papers.fields import Field, Value, table_of
from registry.st_enterprises import words
from registry.st_enterprises.certification.answers import day_of, profile_of, whole
from registry.st_enterprises.certification.deciding import APPRAISALS, appraisal_of, asked_in_words
from registry.st_enterprises.conditions import assess
from registry.st_enterprises.findings import Finding
from registry.st_enterprises.papers import figures
from registry.st_enterprises.profile import Sector

Answers = Mapping[str, Any]

PRODUCT_COLUMNS: Final = (
    Column("Kết quả nghiên cứu khoa học, phát triển công nghệ và đổi mới sáng tạo", 10),
    Column("Sản phẩm khoa học, công nghệ và đổi mới sáng tạo", 10),
)
YEAR_COLUMNS: Final = (
    Column("Năm", 3),
    Column("Doanh thu thuần (triệu đồng)", 5, is_number=True),
    Column("Tổng doanh thu (triệu đồng)", 5, is_number=True),
    Column("Chi cho khoa học, công nghệ, đổi mới sáng tạo (triệu đồng)", 6, is_number=True),
    Column("Doanh thu sản phẩm (triệu đồng)", 5, is_number=True),
    Column("Lao động đóng bảo hiểm xã hội", 4, is_number=True),
)

ENTERPRISE: Final = (
    Field("ten_doanh_nghiep", "Tên doanh nghiệp", "Công ty TNHH Mẫu (giả định)"),
    Field("ma_so_doanh_nghiep", "Mã số doanh nghiệp", "0100000000"),
    Field("dia_chi_tru_so", "Địa chỉ trụ sở chính", "Bản Mẫu 1, Phường Mẫu, tỉnh Lai Châu"),
    Field("nguoi_dai_dien", "Người đại diện theo pháp luật", "Lò Thị Mẫu", is_restricted=True),
    Field("chuc_vu_dai_dien", "Chức vụ của người đại diện", "Giám đốc", is_restricted=True),
    Field("so_tiep_nhan", "Số tiếp nhận trên hệ thống dịch vụ công", "H35.01-261102-0001"),
)
"""What the papers of every procedure of an S&T enterprise say of it and of its filing (`of_enterprise`)."""

FIELDS: Final = (
    *ENTERPRISE,
    Field("ten_nuoc_ngoai", "Tên bằng tiếng nước ngoài", "Sample Co., Ltd."),
    Field("ngay_dang_ky", "Ngày đăng ký doanh nghiệp lần đầu", "12/05/2019"),
    Field("loai_hinh", "Loại hình doanh nghiệp", "Công ty trách nhiệm hữu hạn"),
    Field("dien_thoai", "Điện thoại", "0213 3876 543"),
    Field("khu_vuc", "Khu vực hoạt động chính", "Nông, lâm nghiệp, thủy sản"),
    Field("cac_ket_qua", "Các kết quả, mỗi kết quả một dòng", ("Quy trình sao chè giữ hương",)),
    Field("cac_san_pham", "Các sản phẩm, mỗi sản phẩm một dòng", ("Chè sao lạnh",)),
    Field(
        "bang_san_pham",
        "Kết quả và sản phẩm, thành bảng",
        table_of(PRODUCT_COLUMNS, (("Quy trình sao chè giữ hương", "Chè sao lạnh"),)),
    ),
    Field(
        "bang_so_lieu",
        "Số liệu các năm tài chính, thành bảng",
        table_of(YEAR_COLUMNS, (("2025", "10.000", "10.500", "210", "6.000", "12"),)),
        is_restricted=True,
    ),
    Field("xet_dieu_kien", "Các điều kiện của Điều 49 theo số liệu kê khai", ("Đầu tư (điểm a): Đạt",), is_restricted=True),
    Field("cach_tham_dinh", "Hình thức thẩm định", "Xin ý kiến chuyên gia độc lập"),
    Field("dieu_kien_chua_dat", "Các điều kiện chưa đáp ứng, khi đã từ chối", ("điểm a khoản 4 Điều 49",)),
)  # fmt: skip


def values(dossier: Dossier, answers: Answers) -> dict[str, Value]:
    """By the last submission; what an appraisal or a refusal adds, by what is recorded of it."""
    registered = day_of(answers.get("registered_on"))
    sector, results = answers.get("sector"), answers.get("results") or []
    return of_enterprise(answers) | {
        "ten_nuoc_ngoai": answers.get("name_foreign") or "",
        "ngay_dang_ky": f"{registered:%d/%m/%Y}" if registered else "",
        "loai_hinh": answers.get("enterprise_type") or "",
        "dien_thoai": answers.get("phone") or "",
        "khu_vuc": str(words.SECTORS[Sector(sector)]) if sector else "",
        "cac_ket_qua": tuple(row["name"] for row in results),
        "cac_san_pham": tuple(row["name"] for row in answers.get("products") or []),
        "bang_san_pham": table_of(PRODUCT_COLUMNS, products_by_result(answers)),
        "bang_so_lieu": table_of(YEAR_COLUMNS, tuple(map(_year, answers.get("years") or []))),
        "xet_dieu_kien": _weighed(dossier, answers),
        "cach_tham_dinh": APPRAISALS.get(appraisal_of(dossier), ""),
        "dieu_kien_chua_dat": _unmet(dossier),
    }


def of_enterprise(answers: Answers) -> dict[str, Value]:
    """The values of ENTERPRISE."""
    return {
        "ten_doanh_nghiep": answers.get("name_vi") or "",
        "ma_so_doanh_nghiep": answers.get("business_number") or "",
        "dia_chi_tru_so": head_office(answers),
        "nguoi_dai_dien": answers.get("representative") or "",
        "chuc_vu_dai_dien": answers.get("representative_title") or "",
        "so_tiep_nhan": answers.get("filed_number") or "",
    }


def head_office(answers: Answers) -> str:
    """The address with its ward and the province, "" where nothing was told."""
    place = ward(str(answers.get("ward") or ""))
    told = [str(answers.get("address") or ""), place.name_vi if place else ""]
    return ", ".join([*(part for part in told if part), "tỉnh Lai Châu"]) if any(told) else ""


def products_by_result(answers: Answers) -> tuple[tuple[str, str], ...]:
    """A row for each product, beside the result that it comes from; a result without one stands alone."""
    results, products = answers.get("results") or [], answers.get("products") or []
    rows = []
    for number, result in enumerate(results, 1):
        own = [row["name"] for row in products if row.get("result") == number]
        rows += [(str(result["name"]), str(name)) for name in own or [""]]
    return tuple(rows)


def _year(row: Mapping[str, Any]) -> tuple[str, ...]:
    money = ("net_revenue", "total_revenue", "sti_spending", "sti_product_revenue")
    amounts = (figures.millions(whole(row.get(name))) for name in money)
    return (str(row["year"]), *amounts, figures.count(whole(row.get("insured_workers"))))


def _weighed(dossier: Dossier, answers: Answers) -> tuple[str, ...]:
    """What Art. 49 says of the declared figures on the day of receipt, a line for each condition; never a verdict of the department."""
    if not answers.get("years"):
        return ()
    as_of = clock.local(dossier.received_at).date() if dossier.received_at else clock.today()
    return tuple(_finding(one) for one in assess(profile_of(answers, as_of)).findings)


def _finding(one: Finding) -> str:
    places = ", ".join(_place(code) for code in one.basis)
    word, _tone, _icon = words.OUTCOMES[one.outcome]
    return f"{words.CONDITIONS[one.condition]} ({places}): {word}"


def _place(code: str) -> str:
    try:
        return cite(*code.split(":"))
    except (UnknownCitation, TypeError):
        return code


def _unmet(dossier: Dossier) -> tuple[str, ...]:
    """The grounds of the refusal that is on record."""
    decision = decisions_on(dossier).filter(kind="refuse").last()
    if decision is None:
        return ()
    return tuple(str(asked_in_words(code)) for code in grounds_of(decision))
