"""What the department's papers can say of an application under Art. 52; lent to them in portal/wiring.py."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django import forms

from registry.certificates import incentives, selectors
from registry.certificates.changing.forms import CASES
from registry.certificates.changing.rules import Case, Line, is_change
from registry.certificates.changing.showing import Asked, asked
from registry.certificates.models import Regime
from registry.dossiers import snapshot
from registry.dossiers.models import Dossier
from registry.official_papers.fields import Field, Question, Value
from registry.st_enterprises.certification.paper_fields import ENTERPRISE, of_enterprise

KEPT: Final = "Các nội dung khác của Giấy chứng nhận giữ nguyên."
ADDED: Final = (
    "Sản phẩm được bổ sung tiếp tục được hưởng ưu đãi, hỗ trợ như lần đầu cấp mới, tính từ ngày được bổ sung (khoản 2 Điều 56 "
    "Nghị định số 268/2025/NĐ-CP)."
)
OPEN: Final = (
    "Doanh nghiệp …… (ghi: đáp ứng, hoặc không đáp ứng đầy đủ) các điều kiện quy định tại Nghị định số 268/2025/NĐ-CP, được hưởng "
    "ưu đãi, hỗ trợ cho thời gian còn lại theo khoản 1 Điều 68 Nghị định ấy."
)
BY_CASE: Final = {
    Regime.ND268: (
        "Doanh nghiệp đáp ứng các điều kiện chứng nhận doanh nghiệp khoa học và công nghệ quy định tại Nghị định số "
        "268/2025/NĐ-CP, được hưởng các ưu đãi, hỗ trợ theo quy định của Nghị định ấy cho thời gian còn lại (khoản 1 Điều 68)."
    ),
    Regime.ND13: (
        "Doanh nghiệp không đáp ứng đầy đủ các điều kiện quy định tại Nghị định số 268/2025/NĐ-CP, chỉ được cấp thay đổi nội dung, "
        "tiếp tục được hưởng các ưu đãi, hỗ trợ cho thời gian còn lại theo quy định của các văn bản trước thời điểm Nghị định ấy "
        "có hiệu lực (khoản 1 Điều 68)."
    ),
}
STAYS: Final = {
    Regime.ND268: (
        "Doanh nghiệp tiếp tục được hưởng các ưu đãi, hỗ trợ theo quy định của Nghị định số 268/2025/NĐ-CP cho thời gian còn lại "
        "(khoản 1 Điều 68)."
    ),
    Regime.ND13: (
        "Doanh nghiệp tiếp tục được hưởng các ưu đãi, hỗ trợ cho thời gian còn lại theo quy định của các văn bản trước thời điểm "
        "Nghị định số 268/2025/NĐ-CP có hiệu lực (khoản 1 Điều 68)."
    ),
}
"""Of an old certificate that is issued again, or has the new incentives already."""
WHOLE: Final = "Nội dung của Giấy chứng nhận giữ nguyên."

FIELDS: Final = (
    *ENTERPRISE,
    Field("cap_gi", "Cấp gì: thay đổi nội dung; lại; hoặc cả hai", "thay đổi nội dung"),
    Field("so_giay_hien_nay", "Số giấy chứng nhận đang giữ", "03/DNKHCN"),
    Field("ngay_cap_lan_dau", "Ngày cấp giấy lần đầu", "12/03/2026"),
    Field("cac_truong_hop", "Các trường hợp được đề nghị (khoản 1 Điều 52, khoản 1 Điều 68)", (str(CASES[Case.LIST]),)),
    Field("ly_do_de_nghi", "Lý do doanh nghiệp nêu", ("Có thêm sản phẩm từ kết quả đã được chứng nhận.",)),
    Field("noi_dung_thay_doi", "Điều thay đổi trên giấy, mỗi điều một dòng", ("Bổ sung: Phần mềm Mẫu: Trạm Mẫu",)),
    Field("uu_dai_va_phan_con_lai", "Ưu đãi của sản phẩm bổ sung, khi có, và phần giấy giữ nguyên", KEPT),
)
SAME: Final = ("Không thay đổi nội dung: cấp lại như giấy hiện nay.",)
UNPRINTED: Final = ("Không nội dung nào ghi trên giấy thay đổi.",)
"""Of a change for which only Art. 68(1) is the reason."""


def values(dossier: Dossier, answers: Mapping[str, Any]) -> dict[str, Value]:
    """By the last submission, and by the certificate that it began from."""
    version = selectors.version_asked_to_change(dossier)
    cases, reasons = answers.get("cases") or [], (answers.get("change_reason"), answers.get("reissue_reason"))
    found = asked(version, answers) if version else None
    what = (("thay đổi nội dung", is_change(cases)), ("lại", Case.LOST in cases))
    return of_enterprise(answers) | {
        "cap_gi": ", cấp ".join(words for words, is_asked in what if is_asked),
        "so_giay_hien_nay": version.certificate.number if version else "",
        "ngay_cap_lan_dau": f"{version.certificate.first_issued_on:%d/%m/%Y}" if version else "",
        "cac_truong_hop": tuple(str(words) for case, words in CASES.items() if case in cases),
        "ly_do_de_nghi": tuple(" ".join(reason.split()) for reason in reasons if reason),
        "noi_dung_thay_doi": _differences(found) if found else (),
        "uu_dai_va_phan_con_lai": _consequence(found) if found else "",
    }


def questions(dossier: Dossier) -> tuple[Question, ...]:
    """Which case of Art. 68(1) applies, as the decision will ask it; not known yet, the draft has a place for both."""
    version = selectors.version_asked_to_change(dossier)
    found = asked(version, snapshot.last(dossier)[1]) if version else None
    if found is None or not _is_open(found):
        return ()
    return (Question("uu_dai_va_phan_con_lai", _case, partial(_consequence, found)),)


def _case() -> forms.Field:
    choices = [*incentives.CASES.items(), ("", "Chưa rõ: trên văn bản để chỗ ghi một trong hai")]
    return forms.ChoiceField(
        label="Ưu đãi theo khoản 1 Điều 68", choices=choices, widget=forms.RadioSelect, required=False, initial=""
    )


def _is_open(found: Asked) -> bool:
    """Is a case of Art. 68(1) to be chosen? A re-issue alone always keeps what there is."""
    return found.is_change and found.version.incentives == Regime.ND13


def _consequence(found: Asked, chosen: str = "") -> str:
    """What follows from the decision: for an old certificate by the case of Art. 68(1), for what is added by Art. 56(2)."""
    after, said = found.version.incentives, []
    if _is_open(found):
        after = chosen
        said.append(BY_CASE[Regime(chosen)] if chosen else OPEN)
    elif found.version.certificate.regime == Regime.ND13:
        said.append(STAYS[Regime(after)])
    if found.table.added and after == Regime.ND268:
        said.append(ADDED)
    return " ".join((*said, WHOLE if found.is_nothing else KEPT))


def _differences(found: Asked) -> tuple[str, ...]:
    """A line each; what the enterprise says beside them in its own words."""
    if not found.is_change:
        return SAME
    return (
        *(f"{one.label}: {one.after or 'bỏ trống'} (trước: {one.before or 'không ghi'})" for one in found.fields),
        *(f"Bỏ: {_line(one)}" for one in found.table.removed),
        *(f"Viết lại: {_line(new)} (trước: {_line(old)})" for old, new in found.table.reworded),
        *(f"Bổ sung: {_line(one)}" for one in found.table.added),
        *((f"Theo đề nghị của doanh nghiệp: {' '.join(found.more.split())}",) if found.more else ()),
    ) or UNPRINTED


def _line(line: Line) -> str:
    return f"{line.result}: {line.product}"
