"""What the department's papers can say of how an application was appraised; lent to them in portal/wiring.py."""

from typing import Final

from registry.appraisals import selectors
from registry.appraisals.lifecycle import CONCLUDED
from registry.appraisals.models import Council, Kind
from registry.appraisals.showing import answers_of, verdict_of
from registry.dossiers.models import Dossier
from registry.official_papers.fields import Field, Value

WHO: Final = {Kind.OWN: "người đánh giá", Kind.EXPERTS: "chuyên gia độc lập", Kind.COUNCIL: "người bỏ phiếu"}

FIELDS: Final = (
    Field(
        "ket_qua_tham_dinh",
        "Kết quả thẩm định, ghi ở trang thẩm định",
        (
            "Phiếu đánh giá của 2 trên 3 chuyên gia độc lập: 2 phiếu đủ điều kiện, 0 phiếu chưa đủ điều kiện.",
            "Biên bản số 02/BB-SKHCN ngày 13/11/2026.",
        ),
        is_restricted=True,
    ),
)


def values(dossier: Dossier) -> dict[str, Value]:
    """By the appraisal that holds; nothing while its result is not recorded, or is open again."""
    found = selectors.of_dossier(dossier)
    return {"ket_qua_tham_dinh": _result(selectors.standing(found)) if found and found.state == CONCLUDED.code else ()}


def _result(standing: selectors.Standing) -> tuple[str, ...]:
    """As the last minutes counted it: of how many the sheets were, what they say, and of a council what carried. Nobody's name."""
    appraisal, minutes, council = standing.appraisal, standing.minutes, standing.council
    assert minutes is not None
    yes, no = (word.lower() for word in answers_of(appraisal))
    asked = council.size if council else len(standing.sitting)
    counted = minutes.votes_for + minutes.votes_against
    sheets = (
        f"Phiếu đánh giá của {counted} trên {asked} {WHO[Kind(appraisal.kind)]}: "
        f"{minutes.votes_for} phiếu {yes}, {minutes.votes_against} phiếu {no}."
    )
    written = f"Biên bản{' số ' + minutes.number if minutes.number else ''} ngày {minutes.held_on:%d/%m/%Y}."
    if council is None:
        return sheets, written
    verdict = verdict_of(appraisal, minutes.verdict)[0].lower()
    return _set_up(council), sheets, f"Kết luận: {verdict}. {written}"


def _set_up(council: Council) -> str:
    by = council.decision
    return (
        f"Hội đồng thành lập theo Quyết định số {by.number} ngày {by.signed_on:%d/%m/%Y} của {by.authority.name_vi}: "
        f"{council.size} người bỏ phiếu, tối thiểu {council.quorum} phiếu."
    )
