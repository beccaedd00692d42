"""What the department's papers can say of an application under Art. 52; lent to them in portal/wiring.py."""

from collections.abc import Mapping
from typing import Any, Final

from registry.certificates import selectors
from registry.certificates.changing.forms import CASES
from registry.certificates.changing.rules import Case, Line
from registry.certificates.changing.showing import Asked, asked
from registry.dossiers.models import Dossier
from registry.official_papers.fields import Field, Value
from registry.st_enterprises.certification.paper_fields import head_office

FIELDS: Final = (
    Field("ten_doanh_nghiep", "Tên doanh nghiệp", "Công ty TNHH Mẫu (giả định)"),
    Field("ma_so_doanh_nghiep", "Mã số doanh nghiệp", "0100000000"),
    Field("dia_chi_tru_so", "Địa chỉ trụ sở chính", "Bản Mẫu 1, Phường Mẫu, tỉnh Lai Châu"),
    Field("nguoi_dai_dien", "Người đại diện theo pháp luật", "Lò Thị Mẫu", is_restricted=True),
    Field("chuc_vu_dai_dien", "Chức vụ của người đại diện", "Giám đốc", is_restricted=True),
    Field("so_tiep_nhan", "Số tiếp nhận trên hệ thống dịch vụ công", "H35.01-261102-0001"),
    Field("so_giay_hien_nay", "Số giấy chứng nhận đang giữ", "03/DNKHCN"),
    Field("ngay_cap_lan_dau", "Ngày cấp giấy lần đầu", "12/03/2026"),
    Field("cac_truong_hop", "Các trường hợp của khoản 1 Điều 52", (str(CASES[Case.LIST]),)),
    Field("ly_do_de_nghi", "Lý do doanh nghiệp nêu", ("Có thêm sản phẩm từ kết quả đã được chứng nhận.",)),
    Field("noi_dung_thay_doi", "Điều thay đổi trên giấy, mỗi điều một dòng", ("Bổ sung: Phần mềm Mẫu: Trạm Mẫu",)),
)
SAME: Final = ("Không thay đổi nội dung: cấp lại như giấy hiện nay.",)


def values(dossier: Dossier, answers: Mapping[str, Any]) -> dict[str, Value]:
    """By the last submission, and by the certificate that it began from."""
    version = selectors.version_asked_to_change(dossier)
    cases, reasons = answers.get("cases") or [], (answers.get("change_reason"), answers.get("reissue_reason"))
    found = asked(version, answers) if version else None
    return {
        "ten_doanh_nghiep": answers.get("name_vi") or "",
        "ma_so_doanh_nghiep": answers.get("business_number") or "",
        "dia_chi_tru_so": head_office(answers),
        "nguoi_dai_dien": answers.get("representative") or "",
        "chuc_vu_dai_dien": answers.get("representative_title") or "",
        "so_tiep_nhan": answers.get("filed_number") or "",
        "so_giay_hien_nay": version.certificate.number if version else "",
        "ngay_cap_lan_dau": f"{version.certificate.first_issued_on:%d/%m/%Y}" if version else "",
        "cac_truong_hop": tuple(str(words) for case, words in CASES.items() if case in cases),
        "ly_do_de_nghi": tuple(" ".join(reason.split()) for reason in reasons if reason),
        "noi_dung_thay_doi": _differences(found) if found else (),
    }


def _differences(found: Asked) -> tuple[str, ...]:
    if found.is_nothing:
        return SAME
    return (
        *(f"{one.label}: {one.after or 'bỏ trống'} (trước: {one.before or 'không ghi'})" for one in found.fields),
        *(f"Bỏ: {_line(one)}" for one in found.table.removed),
        *(f"Viết lại: {_line(new)} (trước: {_line(old)})" for old, new in found.table.reworded),
        *(f"Bổ sung: {_line(one)}" for one in found.table.added),
    )


def _line(line: Line) -> str:
    return f"{line.result}: {line.product}"
