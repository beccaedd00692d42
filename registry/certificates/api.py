"""The register as open data: `GET /st-enterprises`, and `GET /certificates` for whoever holds a certificate."""

from datetime import date
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from registry.certificates import rules, selectors
from registry.certificates.filters import CertificateFilter
from registry.certificates.incentives import running
from registry.certificates.models import CertificateVersion
from registry.core import clock
from registry.startups.filters import not_to_come
from registry.startups.open_lists import CURSOR, FIELD, LANGUAGE, SECTOR, WORDS, Language, page_of
from search.engine import InvalidParameter

router = Router(tags=["st-enterprises"])
SALT = "st-enterprises-cursor"

STATUS = gettext_noop("Trạng thái: valid, withdrawn, cancelled; ghi được nhiều lần.")
REGIME = gettext_noop("Cấp theo: nd268 (Nghị định 268/2025/NĐ-CP), nd13 (Nghị định 13/2019/NĐ-CP); ghi được nhiều lần.")
SIZE_CLASS = gettext_noop(
    "Quy mô: micro, small, medium, large; chỉ những doanh nghiệp tự công khai quy mô; ghi được nhiều lần."
)
YEAR = gettext_noop("Năm cấp lần đầu; ghi được nhiều lần.")


GROUND = gettext_noop(
    "Căn cứ như ghi trong quyết định: mã điều khoản, ví dụ nd268:53.2.a là điểm a khoản 2 Điều 53 Nghị định "
    "268/2025/NĐ-CP. Riêng việc cấp theo Nghị định 13/2019/NĐ-CP (regime nd13) là một câu tiếng Việt, không có mã."
)


class HeadOfficeWard(Schema):
    code: str
    name: str


class CertifiedProductOut(Schema):
    result_kind: str
    result: str
    product: str
    incentive_from: date | None


class CertificateRow(Schema):
    id: str
    url: str
    number: str
    status: str
    regime: str
    incentives: Literal["nd268", "nd13"] | None
    first_issued_on: date
    name: dict[str, str | None]
    business_number: str
    ward: HeadOfficeWard
    address: str
    sector: str
    size: Literal["micro", "small", "medium", "large"] | None
    size_year: int | None
    fields: list[str]
    products: list[CertifiedProductOut]


ROW_EXAMPLE: Any = {
    "id": "7kq2m9xw",
    "url": "/doanh-nghiep-khcn/che-nui-may-7kq2m9xw/",
    "number": "03/DNKHCN",
    "status": "valid",
    "regime": "nd268",
    "incentives": "nd268",
    "first_issued_on": "2026-05-12",
    "name": {"vi": "Công ty TNHH Chè Núi Mây", "en": None},
    "business_number": "6200012345",
    "ward": {"code": "03478", "name": "Xã Sìn Hồ"},
    "address": "Bản Minh Họa",
    "sector": "agriculture",
    "size": None,
    "size_year": None,
    "fields": ["biotech"],
    "products": [
        {
            "result_kind": "utility_solution",
            "result": "Quy trình sao chè hai lửa",
            "product": "Chè xanh sao tay",
            "incentive_from": "2026-05-12",
        }
    ],
}


class CertificateRows(Schema):
    model_config = ConfigDict(json_schema_extra={"examples": [{"count": 1, "next": None, "results": [ROW_EXAMPLE]}]})

    count: int
    next: str | None
    results: list[CertificateRow]


def _row(version: CertificateVersion, language: str) -> dict[str, Any]:
    certificate, incentives = version.certificate, running(version)
    return {
        "id": certificate.public_id,
        "url": selectors.url_of(version, language),
        "number": certificate.number,
        "status": version.status,  # type: ignore[attr-defined]
        "regime": certificate.regime,
        "incentives": incentives.value if incentives else None,
        "first_issued_on": certificate.first_issued_on,
        "name": {"vi": version.name_vi, "en": version.name_en or None},
        "business_number": version.business_number,
        "ward": {"code": version.ward.code, "name": version.ward.name_in(language)},
        "address": version.address,
        "sector": version.sector,
        "size": certificate.shown_size or None,
        "size_year": certificate.size_year,
        "fields": [row.field for row in version.fields.all()],
        "products": [
            {name: getattr(line, name) for name in ("result_kind", "result", "product", "incentive_from")}
            for line in version.products.all()
        ],
    }


@router.get(
    "/st-enterprises",
    response=CertificateRows,
    summary=gettext_noop("Doanh nghiệp khoa học và công nghệ"),
    description=gettext_noop(
        "Sổ giấy chứng nhận, giấy cấp sau đứng trước; giấy đã thu hồi, hủy bỏ cũng có và nói rõ. `incentives`: ưu đãi theo "
        "nghị định nào (khoản 1 Điều 68 Nghị định 268/2025/NĐ-CP), không có khi giấy không còn hiệu lực. `incentive_from`: ngày "
        "tính ưu đãi của sản phẩm; không có với sản phẩm bổ sung khi giấy còn hưởng ưu đãi theo quy định cũ."
    ),
)
def st_enterprises(
    request: HttpRequest,
    q: str = WORDS,
    status: list[str] = Query([], description=STATUS, examples=[["valid"]]),
    field: list[str] = Query([], description=FIELD, examples=[["biotech"]]),
    sector: list[str] = Query([], description=SECTOR, examples=[["agriculture"]]),
    regime: list[str] = Query([], description=REGIME, examples=[["nd268"]]),
    size: list[str] = Query([], description=SIZE_CLASS, examples=[["small"]]),
    year: list[str] = Query([], description=YEAR, examples=[["2026"]]),
    as_of: str = Query(
        "", description=gettext_noop("Sổ hôm ấy ghi gì, theo dạng năm-tháng-ngày."), examples=["2026-06-30"]
    ),
    lang: Language = LANGUAGE,
    cursor: str = CURSOR,
) -> dict[str, Any]:
    """What the register lists, in the order of the page."""
    return page_of(request, CertificateFilter, selectors.Listing, _row, language=lang, cursor=cursor, salt=SALT)


class CertificateDecision(Schema):
    number: str
    date: date
    kind: str
    ground: str = Field(description=GROUND)
    published_from: date | None
    published_until: date | None


class CertificateAnswer(Schema):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "status": "withdrawn",
                    "on": "2026-11-20",
                    "regime": "nd268",
                    "first_issued_on": "2026-01-12",
                    "decisions": [
                        {
                            "number": "1207/QĐ-UBND",
                            "date": "2026-10-02",
                            "kind": "withdraw",
                            "ground": "nd268:53.2.a",
                            "published_from": "2026-10-02",
                            "published_until": "2026-11-01",
                        }
                    ],
                }
            ]
        }
    )

    status: Literal["valid", "withdrawn", "cancelled", "unknown"]
    on: date
    regime: str | None
    first_issued_on: date | None
    decisions: list[CertificateDecision]


@router.get(
    "/certificates",
    response=CertificateAnswer,
    summary=gettext_noop("Xác minh một giấy chứng nhận"),
    description=gettext_noop(
        "Giấy mang số này còn hiệu lực vào ngày hỏi không. Số không có trong sổ, hoặc ngày hỏi trước ngày cấp: unknown."
    ),
)
def certificates(
    request: HttpRequest,
    number: str = Query(..., max_length=60, description=gettext_noop("Số in trên giấy."), examples=["03/DNKHCN"]),
    on: str = Query(
        "",
        description=gettext_noop("Ngày hỏi, theo dạng năm-tháng-ngày; bỏ trống là hôm nay."),
        examples=["2026-11-20"],
    ),
    lang: Language = LANGUAGE,
) -> dict[str, Any]:
    """What is true of a certificate on a day. Of several that bear the number (two authorities), the one issued last."""
    day = _day(on)
    if not rules.number_key(number):
        raise InvalidParameter("number", _("Ghi số in trên giấy, ví dụ 03/DNKHCN."))
    found = selectors.verify(number, day)
    if not found:
        return {"status": "unknown", "on": day, "regime": None, "first_issued_on": None, "decisions": []}
    one = found[-1]
    return {
        "status": one.status,
        "on": day,
        "regime": one.certificate.regime,
        "first_issued_on": one.certificate.first_issued_on,
        "decisions": [
            {
                "number": decision.number,
                "date": decision.signed_on,
                "kind": decision.kind,
                "ground": decision.ground,
                "published_from": decision.public_from,
                "published_until": decision.public_until,
            }
            for decision in one.decisions
        ],
    }


def _day(given: str) -> date:
    if not given:
        return clock.today()
    try:
        day = date.fromisoformat(given) if len(given) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise InvalidParameter("on", _("Ghi ngày theo dạng năm-tháng-ngày, ví dụ 2026-10-05."))
    try:
        not_to_come(day)
    except ValidationError as wrong:
        raise InvalidParameter("on", wrong.messages[0]) from None
    return day
