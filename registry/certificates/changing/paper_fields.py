"""What the department's papers can say of an application under Art. 52; lent to them in portal/wiring.py."""

from collections.abc import Mapping
from typing import Any, Final

from registry.certificates import selectors
from registry.certificates.changing.forms import CASES
from registry.certificates.changing.rules import Case, Line
from registry.certificates.changing.showing import Asked, asked
from registry.certificates.models import Regime
from registry.dossiers.models import Dossier
from registry.official_papers.fields import Field, Value
from registry.st_enterprises.certification.paper_fields import ENTERPRISE, of_enterprise

KEPT: Final = "Các nội dung khác của Giấy chứng nhận giữ nguyên."
ADDED: Final = (
    "Sản phẩm được bổ sung tiếp tục được hưởng ưu đãi, hỗ trợ như lần đầu cấp mới, tính từ ngày được bổ sung (khoản 2 Điều 56 "
    "Nghị định số 268/2025/NĐ-CP)."
)
OLD: Final = (
    "Doanh nghiệp …… (ghi: đáp ứng, hoặc không đáp ứng đầy đủ) các điều kiện quy định tại Nghị định số 268/2025/NĐ-CP, được hưởng "
    "ưu đãi, hỗ trợ cho thời gian còn lại theo khoản 1 Điều 68 Nghị định ấy."
)
WHOLE: Final = "Nội dung của Giấy chứng nhận giữ nguyên."

FIELDS: Final = (
    *ENTERPRISE,
    Field("so_giay_hien_nay", "Số giấy chứng nhận đang giữ", "03/DNKHCN"),
    Field("ngay_cap_lan_dau", "Ngày cấp giấy lần đầu", "12/03/2026"),
    Field("cac_truong_hop", "Các trường hợp của khoản 1 Điều 52", (str(CASES[Case.LIST]),)),
    Field("ly_do_de_nghi", "Lý do doanh nghiệp nêu", ("Có thêm sản phẩm từ kết quả đã được chứng nhận.",)),
    Field("noi_dung_thay_doi", "Điều thay đổi trên giấy, mỗi điều một dòng", ("Bổ sung: Phần mềm Mẫu: Trạm Mẫu",)),
    Field("uu_dai_va_phan_con_lai", "Ưu đãi của sản phẩm bổ sung, khi có, và phần giấy giữ nguyên", KEPT),
)
SAME: Final = ("Không thay đổi nội dung: cấp lại như giấy hiện nay.",)


def values(dossier: Dossier, answers: Mapping[str, Any]) -> dict[str, Value]:
    """By the last submission, and by the certificate that it began from."""
    version = selectors.version_asked_to_change(dossier)
    cases, reasons = answers.get("cases") or [], (answers.get("change_reason"), answers.get("reissue_reason"))
    found = asked(version, answers) if version else None
    return of_enterprise(answers) | {
        "so_giay_hien_nay": version.certificate.number if version else "",
        "ngay_cap_lan_dau": f"{version.certificate.first_issued_on:%d/%m/%Y}" if version else "",
        "cac_truong_hop": tuple(str(words) for case, words in CASES.items() if case in cases),
        "ly_do_de_nghi": tuple(" ".join(reason.split()) for reason in reasons if reason),
        "noi_dung_thay_doi": _differences(found) if found else (),
        "uu_dai_va_phan_con_lai": _consequence(found) if found else "",
    }


def _consequence(found: Asked) -> str:
    """What follows from the decision: what is added has incentives of its own, an old certificate those of Art. 68."""
    kept = WHOLE if found.is_nothing else KEPT
    if found.version.certificate.regime == Regime.ND13:
        return f"{OLD} {kept}"
    return f"{ADDED} {kept}" if found.table.added else kept


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
