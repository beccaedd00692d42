"""`GET /search` and `GET /suggest`: the same search as the page, for other systems and for the search boxes."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict, create_model

from search import empty_searches, parameters
from search.engine import FacetValue, get_engine
from search.facets import FacetGroup, all_groups
from search.kinds import kind_named

PAGE_SIZE = 20
SUGGESTIONS, MOST_SUGGESTIONS = 8, 20
SHORTEST = 2  # letters; fewer say nothing yet

DESCRIPTION = gettext_noop(
    "Tìm trong mọi nội dung công khai. Kết quả khớp đúng dấu đứng trước, rồi đến khớp không dấu; cùng bậc thì mới đứng trước."
)
FILTERS = gettext_noop("Bộ lọc, ghi được nhiều lần: kết quả có một trong các mã này.")
SUGGESTING = gettext_noop(
    "Gợi ý khi đang gõ: số hiệu bắt đầu như vậy đứng trước, rồi tên bắt đầu như vậy, rồi tên có từ bắt đầu như vậy. "
    "Dưới hai chữ thì chưa gợi ý."
)


class FacetCount(Schema):
    value: str
    label: str
    count: int = Field(description=gettext_noop("Số kết quả có giá trị này, không kể lựa chọn khác cùng nhóm."))
    selected: bool


class Found(Schema):
    kind: str
    title: str
    url: str
    lang: str
    snippet: str = Field(description=gettext_noop("HTML; từ tìm được nằm trong <mark>, chữ khác đã được thoát."))
    place: str | None = Field(
        description=gettext_noop("Nơi đoạn trích đứng, ví dụ trang của tệp đính kèm; null khi ở ngay trong bài.")
    )
    place_url: str | None = Field(description=gettext_noop("Địa chỉ của nơi đó; null khi ở ngay trong bài."))


class Suggested(Schema):
    title: str
    title_marked: str = Field(description=gettext_noop("HTML; phần đã gõ nằm trong <mark>, chữ khác đã được thoát."))
    url: str
    kind: str
    lang: str
    number: str = Field(description=gettext_noop("Số hiệu bắt đầu bằng phần đã gõ, nếu có."))


class SuggestedKind(Schema):
    kind: str
    label: str
    icon: str = Field(description=gettext_noop("Tên biểu tượng của loại này trên cổng."))
    suggestions: list[Suggested]


class Suggestions(Schema):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "groups": [
                        {
                            "kind": "startup",
                            "label": "Khởi nghiệp",
                            "icon": "rocket",
                            "suggestions": [
                                {
                                    "title": "Sâm Núi Mây",
                                    "title_marked": "<mark>Sâm</mark> Núi Mây",
                                    "url": "https://portal.example/khoi-nghiep/sam-nui-may-7kq2m9xw/",
                                    "kind": "startup",
                                    "lang": "vi",
                                    "number": "",
                                }
                            ],
                        }
                    ]
                }
            ]
        }
    )

    groups: list[SuggestedKind]


ANSWER_EXAMPLE: Any = {
    "count": 1,
    "next": None,
    "did_you_mean": None,
    "facets": {
        "kind": [{"value": "startup", "label": "Khởi nghiệp", "count": 1, "selected": True}],
        "language": [{"value": "vi", "label": "Tiếng Việt", "count": 1, "selected": True}],
    },
    "results": [
        {
            "kind": "startup",
            "title": "Sâm Núi Mây",
            "url": "https://portal.example/khoi-nghiep/sam-nui-may-7kq2m9xw/",
            "lang": "vi",
            "snippet": "Nhân giống <mark>sâm</mark> bản địa.",
            "place": None,
            "place_url": None,
        }
    ],
}


def make_router() -> Router:
    """The router for the groups that the wiring has named: each is a parameter, and a list of counts in the answer."""
    router = Router(tags=["search"])
    groups = all_groups()
    given: dict[str, Any] = {group.code: (list[str], _filter(group)) for group in groups}
    counted: dict[str, Any] = {group.code: (list[FacetCount], Field([])) for group in groups}
    filters_schema = create_model("Filters", __base__=Schema, **given)
    facets_schema = create_model("Facets", __base__=Schema, **counted)

    class Answer(Schema):
        model_config = ConfigDict(json_schema_extra={"examples": [ANSWER_EXAMPLE]})

        count: int = Field(description=gettext_noop("Số kết quả, chính xác."))
        next: str | None = Field(description=gettext_noop("Địa chỉ của trang kế tiếp; null ở trang cuối."))
        did_you_mean: str | None = Field(description=gettext_noop("Cách viết gần nhất có nhiều kết quả hơn, nếu có."))
        facets: facets_schema  # type: ignore[valid-type]
        results: list[Found]

    @router.get(
        "/search", response=Answer, summary=gettext_noop("Tìm kiếm"), description=DESCRIPTION, operation_id="search"
    )
    def search(
        request: HttpRequest,
        filters: filters_schema = Query(...),  # type: ignore[valid-type]  # noqa: B008 (ninja's way)
        q: str = Query(
            "",
            description=gettext_noop("Từ cần tìm, có dấu hay không dấu; cụm từ để trong ngoặc kép."),
            examples=["sâm lai châu", "12/QĐ-UBND"],
        ),
        lang: str = Query(
            "vi",
            description=gettext_noop("Ngôn ngữ của câu trả lời, và của kết quả nếu không ghi language: vi hoặc en."),
            examples=["vi"],
        ),
        sort: str = Query(
            "relevance",
            description=gettext_noop("Thứ tự: relevance (sát nhất), newest (mới nhất) hoặc name (tên A–Z)."),
            examples=["relevance", "newest", "name"],
        ),
        cursor: str = Query(
            "",
            description=gettext_noop("Nơi trang trước kết thúc, lấy từ `next`."),
            examples=["WyI3ZjNhIiwzLDMxNzcyMCwyMF0:1wQ2aB:kq3X"],
        ),
    ) -> dict[str, Any]:
        asked: dict[str, list[str]] = dict(filters)
        query = parameters.query_of(
            parameters.check_text(q),
            {group.code: parameters.check_codes(group, asked[group.code]) for group in groups},
            language=parameters.check_language(lang),
            sort=parameters.check_sort(sort),
            cursor=cursor,
            size=PAGE_SIZE,
        )
        found = get_engine().search(query)
        empty_searches.note(query, found)
        return {
            "count": found.count,
            "next": _next(request, found.next_cursor),
            "did_you_mean": found.did_you_mean or None,
            "facets": {group.code: _counts(group, found.facets.get(group.code, ())) for group in groups},
            "results": [
                {
                    "kind": hit.kind,
                    "title": hit.title,
                    "url": request.build_absolute_uri(hit.url),
                    "lang": hit.language,
                    "snippet": hit.snippet,
                    "place": hit.place or None,
                    "place_url": request.build_absolute_uri(hit.place_url) if hit.place else None,
                }
                for hit in found.hits
            ],
        }

    router.add_api_operation(
        "/suggest",
        ["GET"],
        suggest,
        response=Suggestions,
        summary=gettext_noop("Gợi ý"),
        description=SUGGESTING,
        operation_id="suggest",
        url_name="suggest",
    )
    return router


def suggest(
    request: HttpRequest,
    q: str = Query("", description=gettext_noop("Phần đã gõ."), examples=["sâm nú", "62000"]),
    limit: int = Query(
        SUGGESTIONS, ge=1, le=MOST_SUGGESTIONS, description=gettext_noop("Nhiều nhất bao nhiêu gợi ý."), examples=[8]
    ),
    lang: str = Query("vi", description=gettext_noop("Ngôn ngữ của gợi ý: vi hoặc en."), examples=["vi"]),
) -> dict[str, Any]:
    text, language = parameters.check_text(q).strip(), parameters.check_language(lang)
    found = get_engine().suggest(text, language=language, limit=limit) if len(text) >= SHORTEST else []
    return {
        "groups": [
            {
                "kind": code,
                "label": str(kind_named(code).label),
                "icon": kind_named(code).icon,
                "suggestions": [
                    {
                        "title": one.title,
                        "title_marked": one.title_marked,
                        "url": request.build_absolute_uri(one.url),
                        "kind": one.kind,
                        "lang": one.language,
                        "number": one.number,
                    }
                    for one in found
                    if one.kind == code
                ],
            }
            for code in dict.fromkeys(one.kind for one in found)
        ]
    }


def _filter(group: FacetGroup) -> Any:
    return Field([], title=str(group.code), description=FILTERS, examples=[list(group.examples())[:1]])


def _counts(group: FacetGroup, values: tuple[FacetValue, ...]) -> list[dict[str, Any]]:
    """The most frequent value first."""
    labels = group.labelled([value.value for value in values])
    return [{"value": v.value, "label": labels[v.value], "count": v.count, "selected": v.selected} for v in values]


def _next(request: HttpRequest, cursor: str) -> str | None:
    if not cursor:
        return None
    values = request.GET.copy()
    values["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{values.urlencode()}")
