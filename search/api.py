"""`GET /search`: the same search as the page, for other systems."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema

from search import empty_searches, parameters
from search.engine import Query as SearchQuery
from search.engine import get_engine
from search.kinds import kind_named

PAGE_SIZE = 20

DESCRIPTION = gettext_noop(
    "Tìm trong mọi nội dung công khai. Kết quả khớp đúng dấu đứng trước, rồi đến khớp không dấu; cùng bậc thì mới đứng trước."
)

router = Router(tags=["search"])


class KindCount(Schema):
    value: str
    label: str
    count: int
    selected: bool


class Facets(Schema):
    kind: list[KindCount]


class Found(Schema):
    kind: str
    title: str
    url: str
    lang: str
    snippet: str = Field(description=gettext_noop("HTML; từ tìm được nằm trong <mark>, chữ khác đã được thoát."))


class Answer(Schema):
    count: int = Field(description=gettext_noop("Số kết quả, chính xác."))
    next: str | None = Field(description=gettext_noop("Địa chỉ của trang kế tiếp; null ở trang cuối."))
    did_you_mean: str | None = Field(description=gettext_noop("Cách viết gần nhất có nhiều kết quả hơn, nếu có."))
    facets: Facets
    results: list[Found]


@router.get(
    "/search", response=Answer, summary=gettext_noop("Tìm kiếm"), description=DESCRIPTION, operation_id="search"
)
def search(
    request: HttpRequest,
    q: str = Query(
        "",
        description=gettext_noop("Từ cần tìm, có dấu hay không dấu; cụm từ để trong ngoặc kép."),
        examples=["sâm lai châu", "12/QĐ-UBND"],
    ),
    kind: list[str] = Query([], description=gettext_noop("Loại, ghi được nhiều lần."), examples=[["startup"]]),  # noqa: B008 (ninja's way)
    lang: str = Query("vi", description=gettext_noop("Ngôn ngữ của kết quả: vi hoặc en."), examples=["vi"]),
    cursor: str = Query("", description=gettext_noop("Nơi trang trước kết thúc, lấy từ `next`.")),
) -> dict[str, Any]:
    query = SearchQuery(
        text=parameters.check_text(q),
        kinds=parameters.check_kinds(kind),
        language=parameters.check_language(lang),
        cursor=cursor,
        size=PAGE_SIZE,
    )
    found = get_engine().search(query)
    empty_searches.note(query, found)
    return {
        "count": found.count,
        "next": _next(request, found.next_cursor),
        "did_you_mean": found.did_you_mean or None,
        "facets": {
            "kind": [
                {"value": v.value, "label": str(kind_named(v.value).label), "count": v.count, "selected": v.selected}
                for v in found.facets["kind"]
            ]
        },
        "results": [
            {
                "kind": hit.kind,
                "title": hit.title,
                "url": request.build_absolute_uri(hit.url),
                "lang": hit.language,
                "snippet": hit.snippet,
            }
            for hit in found.hits
        ],
    }


def _next(request: HttpRequest, cursor: str) -> str | None:
    if not cursor:
        return None
    values = request.GET.copy()
    values["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{values.urlencode()}")
