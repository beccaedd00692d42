"""The directory as open data: `GET /startups`, `GET /startups/{id}`."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router, Schema
from pydantic import ConfigDict

from registry.core.bilingual import text_in
from registry.startups import selectors, structured
from registry.startups.filters import StartupFilter, day_asked
from registry.startups.models import Profile, Standing
from registry.startups.open_lists import CURSOR, FIELD, LANGUAGE, SECTOR, WORDS, Language, page_of
from search.engine import InvalidParameter

router = Router(tags=["startups"])
SALT = "startups-cursor"

WARD = gettext_noop("Mã xã, phường; ghi được nhiều lần.")
YEAR = gettext_noop("Năm vào danh bạ; ghi được nhiều lần.")
CONFIRMATION = gettext_noop("Xác nhận hằng năm: current (trong kỳ), overdue (quá hạn); ghi được nhiều lần.")
STAGE = gettext_noop("Giai đoạn: idea, trial, customers, growth; ghi được nhiều lần.")


class Ward(Schema):
    code: str
    name: str


class Row(Schema):
    id: str
    slug: str
    url: str
    name: dict[str, str | None]
    ward: Ward
    sector: str
    fields: list[str]
    stage: str
    status: str
    published_on: date
    confirmed_on: date | None


ROW_EXAMPLE: Any = {
    "id": "7kq2m9xw",
    "slug": "sam-nui-may",
    "url": "/khoi-nghiep/sam-nui-may-7kq2m9xw/",
    "name": {"vi": "Sâm Núi Mây", "en": "Cloud Mountain Ginseng"},
    "ward": {"code": "03478", "name": "Xã Sìn Hồ"},
    "sector": "agriculture",
    "fields": ["biotech"],
    "stage": "trial",
    "status": "listed",
    "published_on": "2026-10-05",
    "confirmed_on": "2026-10-05",
}
DETAIL_EXAMPLE: Any = {
    **ROW_EXAMPLE,
    "pitch": {"vi": "Nhân giống sâm bản địa.", "en": None},
    "problem": {"vi": "Cây giống hiếm và đắt.", "en": None},
    "solution": {"vi": "Nuôi cấy mô từ chồi ngủ.", "en": None},
    "products": [{"name": "Cây giống 18 tháng", "note": "Có mã truy xuất từng cây."}],
    "address": "Bản Minh Họa, xã Sìn Hồ",
    "website": "https://sam.example",
    "tax_code": "6200012345",
    "industries": [{"edition": "2025", "code": "0130", "name": "Nhân và chăm sóc cây giống"}],
}


class Rows(Schema):
    model_config = ConfigDict(json_schema_extra={"examples": [{"count": 1, "next": None, "results": [ROW_EXAMPLE]}]})

    count: int
    next: str | None
    results: list[Row]


class Detail(Row):
    model_config = ConfigDict(json_schema_extra={"examples": [DETAIL_EXAMPLE]})

    pitch: dict[str, str | None]
    problem: dict[str, str | None]
    solution: dict[str, str | None]
    products: list[dict[str, str]]
    address: str
    website: str
    tax_code: str
    industries: list[dict[str, str]]


def _row(profile: Profile, language: str) -> dict[str, Any]:
    return {
        "id": profile.startup.public_id,
        "slug": profile.slug,
        "url": selectors.url_of(profile, language),
        "name": {"vi": profile.name_vi, "en": profile.name_en or None},
        "ward": {"code": profile.ward.code, "name": profile.ward.name_in(language)},
        "sector": profile.sector,
        "fields": [row.field for row in profile.fields.all()],
        "stage": profile.stage,
        "status": Standing.LISTED.value,
        "published_on": profile.startup.listed_on,
        "confirmed_on": profile.confirmed_on,
    }


@router.get(
    "/startups",
    response=Rows,
    summary=gettext_noop("Danh bạ khởi nghiệp"),
    description=gettext_noop(
        "Những dự án trong danh bạ, mới vào đứng trước; có từ khóa thì khớp nhất đứng trước. Bộ lọc như trên trang."
    ),
)
def startups(
    request: HttpRequest,
    q: str = WORDS,
    field: list[str] = Query([], description=FIELD, examples=[["biotech"]]),
    sector: list[str] = Query([], description=SECTOR, examples=[["agriculture"]]),
    ward: list[str] = Query([], description=WARD, examples=[["03408"]]),
    stage: list[str] = Query([], description=STAGE, examples=[["trial"]]),
    confirmation: list[str] = Query([], description=CONFIRMATION, examples=[["current"]]),
    year: list[str] = Query([], description=YEAR, examples=[["2026"]]),
    as_of: str = Query(
        "", description=gettext_noop("Danh bạ hôm ấy ghi gì, theo dạng năm-tháng-ngày."), examples=["2026-06-30"]
    ),
    lang: Language = LANGUAGE,
    cursor: str = CURSOR,
) -> dict[str, Any]:
    """What the directory lists, in the order of the page."""
    return page_of(request, StartupFilter, selectors.Listing, _row, language=lang, cursor=cursor, salt=SALT)


@router.get(
    "/startups/{public_id}",
    response=Detail,
    summary=gettext_noop("Một dự án khởi nghiệp"),
    description=gettext_noop(
        "Những mục công khai của một dự án trong danh bạ, hôm nay hoặc tại một ngày; dự án đã gỡ được trả lời 404."
    ),
)
def startup(
    request: HttpRequest,
    public_id: str = Path(description=gettext_noop("Mã công khai, như trong địa chỉ trang."), examples=["bkykwqd6"]),
    as_of: str = Query(
        "",
        description=gettext_noop("Trang của dự án hôm ấy ghi gì, theo dạng năm-tháng-ngày."),
        examples=["2026-06-30"],
    ),
    lang: Language = LANGUAGE,
) -> dict[str, Any]:
    """One startup of the directory, public fields only. One that was taken down is not shown as of an earlier day, too."""
    try:
        day = day_asked(as_of)
    except ValidationError as wrong:
        raise InvalidParameter("as_of", wrong.messages[0]) from None
    record = selectors.by_public_id(public_id)
    now = selectors.profile_of(record) if record else None
    profile = selectors.profile_of(record, day) if record and now and day else now
    if profile is None:
        raise Http404
    both = {
        name: {
            language: text_in(profile, name, language).text
            if language == "vi"
            else getattr(profile, f"{name}_en") or None
            for language in ("vi", "en")
        }
        for name in ("pitch", "problem", "solution")
    }
    return {
        **_row(profile, lang),
        **both,
        "products": [{k: p[k] for k in ("name", "note")} for p in structured.products(profile, lang)],
        "address": profile.address,
        "website": profile.website,
        "tax_code": selectors.public_tax_code(profile, day),
        "industries": [{"edition": i.edition, "code": i.code, "name": i.name_vi} for i in profile.industries.all()],
    }
